# expect: line 4
FROM debian:12.11-slim
USER root
FROM debian:12.11-slim # the base
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
