# expect: line 2
FROM debian:12.11-slim AS 1st
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
