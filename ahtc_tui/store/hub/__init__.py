"""The office hub, a PostgreSQL database: connection, rights of logins, download and upload."""

__all__ = ["access", "administration", "connection", "download", "encryption", "upload"]
