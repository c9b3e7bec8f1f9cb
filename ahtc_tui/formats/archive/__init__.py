"""ZIP archives: full exports of a workspace, written and read, and answers to requests for information."""

__all__ = ["full_export", "subject_access"]
