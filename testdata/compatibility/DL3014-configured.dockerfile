FROM debian:12.11-slim
RUN echo 'APT::Get::Assume-Yes "true";' > /etc/apt/apt.conf.d/yes
RUN apt-get install curl
