# expect: line 3
FROM debian:12.11-slim
ENV A=1 B C=2
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
