"""Publication: the release list of a page, decisions about its texts, releases, and the check of a published file."""

__all__ = ["service"]
