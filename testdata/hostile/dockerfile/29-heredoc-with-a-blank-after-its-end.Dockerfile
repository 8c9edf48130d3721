# expect: line 3
FROM debian:12.11-slim
RUN <<EOF
echo one
EOF 
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
