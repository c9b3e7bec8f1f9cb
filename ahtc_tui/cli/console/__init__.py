"""Shared by all commands: verbs, argument types, output, passphrases, errors as exit codes."""

__all__ = [
    "answers_file",
    "argument_help",
    "argument_types",
    "conflict_report",
    "context",
    "environment",
    "error_handling",
    "examples",
    "import_report",
    "lists",
    "output",
    "parser",
    "passphrase_input",
    "progress_line",
    "record_verbs",
    "spoken_lines",
    "terminal_signs",
    "verbs",
    "write_messages",
]
