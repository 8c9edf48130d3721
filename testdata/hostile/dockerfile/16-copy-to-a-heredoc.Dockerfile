# expect: line 3
FROM debian:12.11-slim
COPY a <<EOF
text
EOF
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
