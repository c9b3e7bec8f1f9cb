"""`ahtc export` and `ahtc templates`: files for other people and other programs."""

__all__ = ["marking_limit"]
