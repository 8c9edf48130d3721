FROM debian:12.11-slim AS base
FROM debian:12.11-slim AS BASE
