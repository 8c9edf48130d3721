{% set version = "12" %}
FROM debian:{{ version }}
RUN true
