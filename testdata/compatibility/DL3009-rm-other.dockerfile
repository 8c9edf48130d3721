FROM debian:12.11-slim
RUN apt-get update && rm -rf /tmp/x
