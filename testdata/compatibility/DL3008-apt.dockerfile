FROM debian:12.11-slim
RUN apt install -y curl
