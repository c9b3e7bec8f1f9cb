"""Row classes of backups and full exports, names of backup files, and the retention rule."""

__all__ = ["full_export", "model"]
