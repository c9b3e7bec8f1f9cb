"""Use cases of data protection: reviews, erasure, subject access and FOI requests."""

__all__ = ["data_protection", "erasure", "erasure_files", "foi_requests", "subject_access"]
