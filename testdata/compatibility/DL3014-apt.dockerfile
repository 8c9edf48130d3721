FROM debian:12.11-slim
RUN apt install curl
RUN apt-get upgrade
