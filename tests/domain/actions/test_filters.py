"""Scopes of typed action filters, and choices."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, read_action_filter, read_choice
from ahtc_tui.domain.actions.model import Brag, Marking, Status
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.model import Term, TermKind

TODAY = date(2013, 12, 31)
OPEN = Term(TermKind.STATE, "open")


def read_typed_filter(*texts: str, default: ActionScope = ActionScope.OPEN) -> ActionFilter:
    return read_action_filter(*texts, today=TODAY, default=default)


@pytest.mark.parametrize("text", ["", "training", "@ahtc -police", "is:late", "brag:R", "-status:on_hold", "obj:-"])
def test_a_filter_without_a_status_keeps_the_scope_of_the_list(text: str) -> None:
    for scope in ActionScope:
        assert read_typed_filter(text, default=scope).which is scope


@pytest.mark.parametrize("text", ["status:done", "is:closed", "is:open", "-is:open", "!all", "!done", "brag:B"])
def test_a_filter_that_names_a_status_replaces_the_scope(text: str) -> None:
    assert read_typed_filter(text).which is ActionScope.ALL


def test_an_alternative_without_a_status_keeps_the_scope() -> None:
    action_filter = read_typed_filter("status:done OR training")
    assert action_filter.which is ActionScope.ALL
    assert [terms[-1] for terms in action_filter.typed.alternatives] == [Term(TermKind.STATUS, "done"), OPEN]


def test_a_scope_that_is_given_restricts_every_alternative() -> None:
    action_filter = read_action_filter("status:done", today=TODAY, scope=ActionScope.OPEN)
    assert action_filter.which is ActionScope.OPEN


def test_several_lines_must_all_hold() -> None:
    both = read_typed_filter("training OR police", "@ahtc OR @-")
    assert [[term.value for term in terms] for terms in both.typed.alternatives] == [
        ["training", "ahtc"],
        ["training", "-"],
        ["police", "ahtc"],
        ["police", "-"],
    ]


@pytest.mark.parametrize(("word", "status"), [("in progress", Status.IN_PROGRESS), ("On-Hold", Status.ON_HOLD)])
def test_a_status_is_read_with_a_space_or_a_dash(word: str, status: Status) -> None:
    assert read_choice(word, Status, "status") is status


def test_a_rating_is_a_letter_or_a_word() -> None:
    assert read_choice("g", Brag, "BRAG rating") is read_choice("Green", Brag, "BRAG rating") is Brag.GREEN
    assert read_choice("OFFICIAL-SENSITIVE", Marking, "marking") is Marking.OFFICIAL_SENSITIVE
    with pytest.raises(BadInput, match=r'"pink" is not a BRAG rating\. Choose one of B \(blue\), R \(red\)'):
        read_choice("pink", Brag, "BRAG rating")
