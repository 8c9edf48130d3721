FROM debian:12.11-slim
ADD app.tar.zst /opt/
