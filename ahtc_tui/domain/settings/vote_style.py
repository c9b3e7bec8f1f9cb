"""The setting `votes`: what the minutes print of a vote."""

from __future__ import annotations

from enum import StrEnum


class VoteStyle(StrEnum):
    """What the minutes print of a vote, by the rules of the office."""

    NUMBERS = "numbers"
    OUTCOME = "outcome"
