FROM debian:12.11-slim
RUN useradd --uid 1000660000 app
