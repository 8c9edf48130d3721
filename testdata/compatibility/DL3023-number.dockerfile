FROM debian:12.11-slim
COPY --from=0 /a /b
