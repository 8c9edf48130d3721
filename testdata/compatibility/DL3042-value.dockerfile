FROM python:3.14
RUN pip install --no-cache-dir=1 flask==3.1
