"""The database file: connection, encryption, creation, migration, copies, replacement and integrity check."""
