FROM debian:12.11-slim
ENV A=1
FROM debian:12.11-slim
ENV A=2 B=$A
