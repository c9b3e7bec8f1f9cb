"""Data protection and freedom of information: reviews, subject access, erasure, FOI requests."""
