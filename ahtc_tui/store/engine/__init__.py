"""The database file: connection, encryption, creation, migration, copies, replacement and integrity check."""

__all__ = [
    "copies",
    "creation",
    "database",
    "driver",
    "encryption",
    "foreign_file",
    "integrity_check",
    "limited_database",
    "migrate",
    "party_names",
]
