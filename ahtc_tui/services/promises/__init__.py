"""The register of promises."""

__all__ = ["service"]
