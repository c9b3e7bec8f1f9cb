"""Backups and full exports as data: names, retention, what an archive says of itself."""
