FROM debian:12.11-slim
RUN /usr/bin/top
