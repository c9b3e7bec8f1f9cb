"""The step "publish" on the screen."""

__all__ = ["screen"]
