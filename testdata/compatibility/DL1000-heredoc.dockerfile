FROM debian:12.11-slim
RUN <<EOF
true
EOF
CMD ["bash"]
