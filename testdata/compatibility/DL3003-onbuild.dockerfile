FROM debian:12.11-slim
ONBUILD RUN cd /src
