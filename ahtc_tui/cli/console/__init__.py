"""Shared by all commands: verbs, argument types, output, passphrases, errors as exit codes."""
