"""Data protection: reviews, erasure in the database and in files, answers to requests."""
