FROM debian:12.11-slim
RUN apt-get update && rm -rf /var/lib/apt/lists/* && apt-get update && apt-get install -y curl
