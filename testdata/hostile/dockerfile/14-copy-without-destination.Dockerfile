# expect: line 3
FROM debian:12.11-slim
COPY only
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
