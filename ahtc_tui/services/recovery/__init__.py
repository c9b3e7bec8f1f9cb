"""Recovery of a workspace: restore, full export and import, passphrases."""

__all__ = ["full_export", "full_import", "passphrase", "restore"]
