"""What the law asks: reviews, subject access, erasure, requests for information."""
