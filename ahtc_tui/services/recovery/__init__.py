"""Start and recovery of a workspace: the first start, restore, full export and import, passphrases."""

__all__ = ["first_start", "full_export", "passphrase", "restore", "state_on_day"]
