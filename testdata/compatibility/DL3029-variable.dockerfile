ARG P
FROM --platform=$P debian:12.11-slim
