# expect: line 3
FROM debian:12.11-slim
HEALTHCHECK --interval=30s CMD
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
