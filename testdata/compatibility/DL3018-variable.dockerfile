FROM alpine:3.22
RUN deps="gcc make" && apk add --no-cache $deps
