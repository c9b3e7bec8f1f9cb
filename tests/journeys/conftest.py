"""Fixtures of the screen tests, for the journeys as well, and the language of a journey."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ahtc_tui.domain.i18n import Language, use_language
from tests.tui.conftest import either, narrow, sql_while_drawing, still_screen, wide

__all__ = ["either", "narrow", "sql_while_drawing", "still_screen", "wide", "wording"]

Wording = Callable[[str, str], str]
"""Takes a text in English and in Welsh, and returns the one in the language of the journey."""


@pytest.fixture(params=[Language.EN, pytest.param(Language.CY, marks=pytest.mark.long)], ids=str)
def wording(request: pytest.FixtureRequest) -> Iterator[Wording]:
    """Run the journey in English and in Welsh; returns what to type, or what to expect, in the language of the run."""
    language: Language = request.param
    with use_language(language):
        yield lambda english, welsh: welsh if language is Language.CY else english
