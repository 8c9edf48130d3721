# onestill the comment
FROM debian:latest
