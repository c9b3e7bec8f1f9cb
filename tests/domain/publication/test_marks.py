"""Marks of the texts of a page before it is published."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.publication.marks import MarkContext
from ahtc_tui.domain.publication.model import FreeText, Mark
from ahtc_tui.domain.publication.personal_details import WithheldNames

CONTEXT = MarkContext(
    WithheldNames(
        present=frozenset({"Gwen Private"}),
        others=frozenset(),
        public_people=frozenset({"Jeff Farrar"}),
        public_terms=frozenset({"Gwent Police"}),
    )
)


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("Gwent Police and Jeff Farrar will write", ()),
        ("They will ask Megan Howells", (Mark.NAME,)),
        ("the Gwent Forum and Megan Howells", (Mark.NAME,)),
        ("Gwen Private will write", (Mark.PERSON, Mark.NAME)),
        ("they will write", ()),
    ],
)
def test_a_name_that_the_register_does_not_have_is_marked(words: str, marks: tuple[Mark, ...]) -> None:
    text = FreeText("1.1", "note", words, None, words, None)
    assert CONTEXT.mark_texts([text]) == {text.id: marks}
