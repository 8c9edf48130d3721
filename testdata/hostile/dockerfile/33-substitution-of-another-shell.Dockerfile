# expect: line 4
FROM debian:12.11-slim
ARG V=1
LABEL version=${V^^}
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
