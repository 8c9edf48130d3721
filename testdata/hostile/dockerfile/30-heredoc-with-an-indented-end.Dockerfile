# expect: line 3
FROM debian:12.11-slim
COPY <<-file.txt /etc/file
	text
    file.txt
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
