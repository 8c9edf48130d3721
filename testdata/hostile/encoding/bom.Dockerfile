FROM debian:latest
USER 1000
