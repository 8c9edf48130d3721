FROM debian:12.11-slim
WORKDIR x
