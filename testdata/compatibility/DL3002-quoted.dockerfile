FROM debian:12.11-slim
USER "root"
