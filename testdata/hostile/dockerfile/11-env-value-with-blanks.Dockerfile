# expect: line 4
FROM debian:12.11-slim
ENV A=1 \
    GREETING=hello world
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
