FROM python:3.14
ARG VENV=/venv
RUN "$VENV/bin/pip" install --no-cache-dir flask
