# [31m
FROM debian:latest
