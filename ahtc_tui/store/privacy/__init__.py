"""Data protection: erasure of persons, subject access and FOI requests, reviews."""
