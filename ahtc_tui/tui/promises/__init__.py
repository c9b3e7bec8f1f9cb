"""The register of promises on the screen."""

__all__ = ["screen"]
