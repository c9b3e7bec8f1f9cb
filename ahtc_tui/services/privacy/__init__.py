"""Use cases of data protection: reviews, erasure, subject access, FOI requests and the limit of a marking."""

__all__ = [
    "data_protection",
    "erased_names",
    "erasure",
    "erasure_files",
    "marking_limit",
    "subject_access",
]
