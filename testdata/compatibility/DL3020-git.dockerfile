FROM debian:12.11-slim
ADD git@github.com:org/repo.git /src
