# expect: line 7
FROM debian:12.11-slim
LABEL a=1 \
  # a comment

  b=2 \
  c \
  d=4
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
