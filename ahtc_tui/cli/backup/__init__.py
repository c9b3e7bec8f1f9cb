"""`ahtc backup`, `restore` and `passphrase`, and the full export and import."""

__all__ = ["commands"]
