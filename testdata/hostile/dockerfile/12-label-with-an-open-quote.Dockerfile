# expect: line 3
FROM debian:12.11-slim
LABEL title="never closed
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
