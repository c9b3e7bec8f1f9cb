"""What a passphrase must be. Never keeps one, and never says one back."""

from __future__ import annotations

import re

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.terminal import escape_controls

SHORTEST_PASSPHRASE = 8
"""Letters, blanks included. Three words that nobody would put together are better."""


def check_passphrase(passphrase: str) -> str:
    """A new passphrase as it was given. Raises BadInput where it is empty, short, or cannot be typed again."""
    if not passphrase.strip():
        raise BadInput(
            _("An empty passphrase protects nothing: three words that do not belong together are a good one.")
        )
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput(
            _("The passphrase is too short: {n} letters at least, and three words are better.").format(
                n=SHORTEST_PASSPHRASE
            )
        )
    if escape_controls(passphrase) != passphrase or "\n" in passphrase or "\t" in passphrase:
        raise BadInput(_("The passphrase holds a sign that cannot be typed: take letters, figures, blanks and points."))
    if re.fullmatch(r"[xX]'.*'", passphrase):
        raise BadInput(_("A passphrase may not begin with x' and end with ': that is how programs write a raw key."))
    return passphrase


def confirm_passphrase(first: str, second: str) -> str:
    """A new passphrase that was typed twice. Raises BadInput where it was not the same."""
    if first != second:
        raise BadInput(_("The two passphrases are not the same: nothing was changed. Type it again."))
    return check_passphrase(first)
