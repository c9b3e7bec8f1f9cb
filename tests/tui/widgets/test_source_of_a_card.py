"""The source at the end of a card."""

from __future__ import annotations

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.tui.widgets.detail_pane import Fact, build_source_sections


def test_a_welsh_card_names_the_paragraphs_of_its_source_in_welsh() -> None:
    with use_language(Language.CY):
        (fact,) = build_source_sections("Paragraphs 2.12 and 3.5, CELG(4)-31-13 Paper 1", ())
    assert isinstance(fact, Fact)
    assert fact.value == "Paragraffau 2.12 a 3.5, CELG(4)-31-13 Paper 1"
