//! RUN text to commands with spans.
