# expect: line 2
FROM
WORKDIR relative/planted
USER root
CMD ["sleep", "1"]
