FROM debian:12.11-slim
RUN set -o pipefail && curl https://example.com/a | sh
