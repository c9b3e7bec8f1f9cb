"""Slides: an office paper on one slide, by template; the builder of the template."""

__all__ = ["office_paper"]
