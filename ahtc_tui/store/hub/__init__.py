"""The office hub, a PostgreSQL database or a folder: connection, rights of logins, download, upload and files."""

__all__ = ["access", "administration", "connection", "download", "encryption", "folder", "laptop_file", "upload"]
