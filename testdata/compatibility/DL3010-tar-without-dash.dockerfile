FROM debian:12.11-slim
COPY app.tgz /tmp/
RUN tar xf /tmp/app.tgz
