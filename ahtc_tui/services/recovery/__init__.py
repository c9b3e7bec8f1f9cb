"""Recovery of a workspace: restore, full export and import, passphrases."""

__all__ = ["full_export", "full_import", "keyring_store", "passphrase", "restore", "state_on_day"]
