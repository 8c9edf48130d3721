# expect: line 3
FROM debian:12.11-slim
HEALTHCHECK curl -f http://localhost/
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
