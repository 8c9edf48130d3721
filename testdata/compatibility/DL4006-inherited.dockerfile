FROM debian:12.11-slim AS base
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
FROM base
RUN curl https://example.com/a | sh
