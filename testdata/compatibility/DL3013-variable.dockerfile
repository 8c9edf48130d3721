FROM python:3.14
ARG SUFFIX
RUN pip install --no-cache-dir "tensorflow${SUFFIX}"
