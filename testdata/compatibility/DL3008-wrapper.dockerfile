FROM debian:12.11-slim
RUN sudo apt-get install -y curl
RUN echo git | xargs apt-get install -y curl
