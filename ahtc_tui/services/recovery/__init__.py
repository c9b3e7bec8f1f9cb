"""Recovery of a workspace: restore, full export and import, passphrases."""
