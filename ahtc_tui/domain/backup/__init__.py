"""Row classes of backups and full exports, names of backup files, and the retention settings."""

__all__ = ["full_export", "model", "retention"]
