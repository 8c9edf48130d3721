# expect: line 4
FROM debian:12.11-slim
USER root
=======
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
