"""A source as a document prints it."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.text.sources import format_source

PAPER = "CELG(4)-31-13 Paper 1, Human Trafficking (2013)"


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        (f"Paragraph 2.10, {PAPER}", f"Paragraff 2.10, {PAPER}"),
        (f"Paragraphs 2.12 and 3.5, {PAPER}", f"Paragraffau 2.12 a 3.5, {PAPER}"),
        (f"Paragraphs 2.3, 2.4 and 3.5, {PAPER}", f"Paragraffau 2.3, 2.4 a 3.5, {PAPER}"),
        ("Home Office, 2014", "Home Office, 2014"),
        (None, None),
    ],
)
def test_a_welsh_document_names_the_paragraphs_in_welsh(english: str | None, welsh: str | None) -> None:
    assert format_source(english) == english
    with use_language(Language.CY):
        assert format_source(english) == welsh
