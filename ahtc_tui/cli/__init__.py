"""The command line: every read and every write, in plain text and as JSON."""
