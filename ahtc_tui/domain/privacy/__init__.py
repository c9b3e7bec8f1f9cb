"""Data protection: reviews, erasure, mentions of a person, requests for information, passphrases."""
