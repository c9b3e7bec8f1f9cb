"""The database file: connection, encryption, creation, migration, copies, replacement, integrity check."""
