FROM debian:12.11-slim
RUN deps="gcc make" && apt-get install -y $deps
