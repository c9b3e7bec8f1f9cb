"""Row classes of backups and full exports, names of backup files, and the retention rule."""
