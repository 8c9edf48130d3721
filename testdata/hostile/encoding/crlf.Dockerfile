# a comment
FROM debian:latest
USER 1000
