"""Typed answers to questions of an import."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.services.imports.actions.current_records import load_current_records
from ahtc_tui.services.imports.actions.plan import format_value, parse_answer
from ahtc_tui.services.workspace import Workspace

QUESTION = Question("q7", "DP-01", "lead", None, None, "tbc", "nobody answers to it", "Open!C2")


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("due", "31/1/14", "2014-01-31"),
        ("due", "ASAP", "9999-12-31 words ASAP"),
        ("closed_on", "24 Nov 2013", "2013-11-24"),
        ("status", "on hold", "on_hold"),
        ("brag", "amber", "A"),
        ("lead", "Bawso", "bawso"),
        ("support", "Bawso; New Pathways", "Bawso; New Pathways"),
        ("objective", "2", "2"),
        ("title", "Train the trainers", "Train the trainers"),
    ],
)
def test_an_answer_is_parsed_by_the_rules_of_its_field(wales: Workspace, name: str, text: str, kept: str) -> None:
    with wales.database.read() as cursor:
        assert parse_answer(load_current_records(cursor, wales.today()), name, text, QUESTION) == kept


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("due", "31/2/14", "February 2014 does not exist"),
        ("due", "31 Jan 1914", "more than 20 years ago. Check the year"),
        ("closed_on", "1 Jan 2015", "1 January 2015 is in the future"),
        ("status", "sleeping", "sleeping"),
        ("brag", "mauve", "mauve"),
        ("lead", "Bawsso", "may be Bawso"),
        ("support", "Bawso; Nobody at all; No such body", "Nobody at all.*No such body"),
        ("objective", "99.9", 'no objective "99.9"'),
    ],
)
def test_an_invalid_answer_is_refused_with_its_question(wales: Workspace, name: str, text: str, sentence: str) -> None:
    with wales.database.read() as cursor, pytest.raises(BadInput, match=f"Question q7: .*{sentence}"):
        parse_answer(load_current_records(cursor, wales.today()), name, text, QUESTION)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("lead", None, None),
        ("lead", "bawso", "Bawso"),
        ("lead", "nobody", "nobody"),
        ("due", "2014-01-31", "2014-01-31"),
        ("due", "9999-12-31 words ASAP", "ASAP"),
        ("status", "on_hold", "on_hold"),
    ],
)
def test_values_are_formatted_for_people(wales: Workspace, name: str, value: str | None, words: str | None) -> None:
    with wales.database.read() as cursor:
        assert format_value(load_current_records(cursor, wales.today()), name, value) == words
