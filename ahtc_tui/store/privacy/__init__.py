"""Data protection: erasure of persons, subject access and FOI requests, reviews."""

__all__ = [
    "data_protection",
    "destruction",
    "erasure",
    "erasure_register",
    "erasure_scope",
    "foi_requests",
    "redaction",
    "retention",
    "subject_access",
]
