FROM debian:12.11-slim
USER app
USER 1000
