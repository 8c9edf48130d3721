# café ÿþ
LABEL a=Ã(
FROM debian:latest
