FROM debian:12.11-slim
ENV DIR=app
WORKDIR $DIR
