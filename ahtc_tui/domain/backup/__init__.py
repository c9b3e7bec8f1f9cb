"""Row classes of backups and full exports, names of backup files."""

__all__ = ["full_export", "model"]
