"""Rules for new passphrases. Messages never contain the passphrase."""

from __future__ import annotations

import re

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import escape_controls

SHORTEST_PASSPHRASE = 8
"""Smallest number of characters. Three unrelated words are better."""
STRENGTH_REQUIRED = 4
"""Strength by zxcvbn: more than 10^10 guesses, so that a stolen file resists a search of weeks."""
LONGEST_ESTIMATED = 72
"""Characters that are estimated; zxcvbn takes no more, and a longer passphrase is stronger."""
OFFICE_WORDS = (
    "ahtc", "cymru", "wales", "caerdydd", "abertawe", "casnewydd", "wrecsam", "bangor", "llanelli", "heddlu",
    "masnachu", "cydlynydd", "cyfrinair", "croeso", "cariad", "draig", "bore da",
)  # fmt: skip
"""Words of the office that are tried first by a person who knows it, and are not in the lists of zxcvbn."""


def check_passphrase(passphrase: str) -> str:
    """Return a new passphrase. Raises BadInput if it is empty, short, easy to guess or cannot be typed."""
    if not passphrase.strip():
        raise BadInput(_("The passphrase is empty. Three unrelated words are a good choice."))
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput(
            _("The passphrase is too short. Use at least {n} characters, such as three unrelated words.").format(
                n=SHORTEST_PASSPHRASE
            )
        )
    if escape_controls(passphrase) != passphrase or "\n" in passphrase or "\t" in passphrase:
        raise BadInput(
            _("The passphrase contains a character you cannot type. Use letters, numbers, spaces and full stops.")
        )
    if re.fullmatch(r"[xX]'.*'", passphrase):
        raise BadInput(
            _("A passphrase may not begin with x' and end with ', because programs mark a raw key in this way.")
        )
    if estimate_strength(passphrase) < STRENGTH_REQUIRED:
        raise BadInput(_("The passphrase is easy to guess. Choose three unrelated words."))
    return passphrase


def estimate_strength(passphrase: str) -> int:
    """Return the strength of a passphrase from 0 (guessed at once) to 4 (more than 10^10 guesses)."""
    from zxcvbn import zxcvbn

    score: int = zxcvbn(passphrase[:LONGEST_ESTIMATED], user_inputs=list(OFFICE_WORDS))["score"]
    return score


def confirm_passphrase(first: str, second: str) -> str:
    """Return a passphrase typed twice. Raises BadInput if the two differ or it is not acceptable."""
    if first != second:
        raise BadInput(_("The two passphrases are not the same. Nothing was changed. Type it again."))
    return check_passphrase(first)
