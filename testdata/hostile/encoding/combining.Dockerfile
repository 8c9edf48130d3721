FROM debian:12 AS a
# é 👩‍🚀
FROM debian:latest
