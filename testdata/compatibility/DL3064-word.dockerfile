FROM debian:12.11-slim
ENV TOKENIZER=fast PASSWORD_FILE=/run/secrets/p
