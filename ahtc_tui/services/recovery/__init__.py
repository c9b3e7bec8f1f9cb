"""A whole office, out and back: restored backups, full export and import, a new passphrase."""
