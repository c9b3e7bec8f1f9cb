"""What every command shares: flags, parser, argument types, output, passphrases, errors as exit codes."""
