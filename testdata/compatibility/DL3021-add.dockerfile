FROM debian:12.11-slim
ADD a b /app
