FROM debian:12.11-slim
ARG USER_ID
RUN useradd -u ${USER_ID} app
