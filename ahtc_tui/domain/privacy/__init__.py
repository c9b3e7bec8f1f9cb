"""Data protection: reviews, erasure, mentions of a person, requests for information, passphrases."""

__all__ = [
    "archive_headings",
    "data_protection",
    "foi_requests",
    "passphrases",
    "person_mentions",
    "retention",
]
