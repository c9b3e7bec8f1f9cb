"""Data protection: erasure of persons, subject access and FOI requests, reviews."""

__all__ = [
    "data_protection",
    "erasure",
    "erasure_register",
    "erasure_scope",
    "redaction",
    "retention",
    "subject_access",
]
