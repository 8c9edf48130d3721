# escape=/
# expect: line 1, the directive
FROM debian:12.11-slim
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
