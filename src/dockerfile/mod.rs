//! Dockerfile text to instructions with spans.
