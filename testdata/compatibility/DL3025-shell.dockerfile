FROM debian:12.11-slim
SHELL ["/bin/bash", "-c"]
CMD sleep 1000
