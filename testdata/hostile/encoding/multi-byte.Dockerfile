# größe 🚢 文字
FROM debian:12 AS erste
LABEL t="größe 🚢"
FROM --platform=$größe🚢 debian:latest
