"""What data protection asks: retention, erasure, mentions of a person, requests for information, passphrases."""
