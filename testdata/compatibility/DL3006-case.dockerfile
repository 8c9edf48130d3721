FROM debian:12.11-slim AS Base
FROM base
