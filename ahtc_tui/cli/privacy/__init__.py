"""Data protection and freedom of information: reviews, subject access, erasure, FOI requests."""

__all__ = [
    "data_protection",
]
