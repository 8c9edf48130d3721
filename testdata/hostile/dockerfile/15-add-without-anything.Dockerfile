# expect: line 3
FROM debian:12.11-slim
ADD
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
