FROM debian:12.11-slim
RUN echo "$SUM a.tgz" | sha256sum -c -
