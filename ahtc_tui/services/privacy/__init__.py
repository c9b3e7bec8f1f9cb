"""Use cases of data protection: reviews, erasure, subject access and FOI requests."""
