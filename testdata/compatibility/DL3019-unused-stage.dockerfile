FROM alpine:3.22 AS tools
RUN apk add curl
FROM alpine:3.22
COPY --from=tools /usr/bin/curl /usr/bin/
