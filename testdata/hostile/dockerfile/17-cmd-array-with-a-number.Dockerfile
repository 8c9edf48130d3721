# expect: line 3
FROM debian:12.11-slim
CMD ["sleep", 10]
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
