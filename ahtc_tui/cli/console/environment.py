"""The variables of the environment and the exit codes, for the help and the man page."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _, gettext_noop

VARIABLES = {
    "AHTC_WORKSPACE": gettext_noop("the workspace folder; --workspace comes first"),
    "AHTC_LANG": gettext_noop("the language, en or cy; --lang comes first"),
    "AHTC_PASSPHRASE_FILE": gettext_noop("a file with the passphrase of the database"),
    "AHTC_USER": gettext_noop("the name in the history, instead of the account name"),
    "NO_COLOR": gettext_noop("no colour and no pager, as --no-color"),
    "PAGER": gettext_noop("the program for long lists on a terminal; cat for none"),
    "ACCESSIBLE": gettext_noop("1 to work with numbered lines instead of the screen, and to show lists in full"),
    "TERM": gettext_noop("the kind of terminal; it may have no colour"),
    "LC_ALL, LC_MESSAGES, LANG": gettext_noop("the language where neither --lang nor AHTC_LANG sets it"),
    "PGPASSWORD, PGSERVICE, PGHOST": gettext_noop("the connection to the office hub, as PostgreSQL programs read it"),
}
EXIT_CODES = {
    0: gettext_noop("the work was done"),
    1: gettext_noop("the work was done, but something is left for a person to decide"),
    2: gettext_noop("wrong usage, or no terminal"),
    3: gettext_noop("not found"),
    4: gettext_noop("the input file cannot be used"),
    5: gettext_noop("the database or a file cannot be opened or saved"),
    6: gettext_noop("refused by a rule"),
}


def list_exit_codes() -> list[tuple[str, str]]:
    """Return the exit codes with their meaning in the current language."""
    return [(str(code), _(meaning)) for code, meaning in EXIT_CODES.items()]


def list_variables() -> list[tuple[str, str]]:
    """Return the variables with their meaning in the current language."""
    return [(name, _(meaning)) for name, meaning in VARIABLES.items()]
