"""The register of promises, with their outcomes."""

__all__ = ["model"]
