FROM debian:12.11-slim
RUN curl -O https://example.com/a
RUN wget -q https://example.com/b
RUN curl -O https://example.com/c
