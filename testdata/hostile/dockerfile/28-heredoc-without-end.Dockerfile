# expect: line 3
FROM debian:12.11-slim
RUN <<EOF
echo one
echo two

WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
