# expect: line 4
FROM debian:12.11-slim
RUN apt-get update &&
    apt-get install -y curl
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
