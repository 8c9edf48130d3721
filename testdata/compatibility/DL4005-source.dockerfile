FROM debian:12.11-slim
RUN ln -s /bin/sh /bin/shell
