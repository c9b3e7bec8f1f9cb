"""Saved views: a filter under a name is the same list tomorrow, and undo knows it."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.filters import Sort, Which
from ahtc_tui.domain.actions.saved_views import COLUMNS, View, read_columns
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.services.actions.saved_views import find_view, list_views, remove_view, save_view, view_filter
from ahtc_tui.services.actions.service import find_filter, list_actions
from ahtc_tui.services.history import undo
from ahtc_tui.services.workspace import Workspace
from tests.builders import an_action, live_rows

GWENT = View("Gwent police", "@gwent", Which.ALL, Sort.URGENCY, ("ref", "title", "status"))


def test_a_view_finds_today_what_its_words_find_today(wales: Workspace) -> None:
    save_view(wales, View("Soon", "due<+2w"))
    an_action(wales, title="Soon", due="2014-01-06")
    found = list_actions(wales, view_filter(wales, find_view(wales, " soon ")))
    assert "Soon" in {row.title for row in found}
    assert find_filter(wales, base=view_filter(wales, find_view(wales, "SOON")), late=True).due_before


def test_a_view_of_the_same_name_is_written_over_and_undo_brings_the_first_back(wales: Workspace) -> None:
    save_view(wales, GWENT)
    first = live_rows(wales)
    save_view(wales, View("GWENT POLICE", "@gwent !late"))
    assert [(view.name, view.words) for view in list_views(wales)] == [("GWENT POLICE", "@gwent !late")]
    undo(wales)
    assert live_rows(wales) == first
    assert list_views(wales) == [GWENT]


def test_one_view_at_most_begins_the_list(wales: Workspace) -> None:
    for name in ("A", "B"):
        save_view(wales, View(name, context=True))
    assert [(view.name, view.context) for view in list_views(wales)] == [("A", False), ("B", True)]


def test_a_view_that_is_not_there_is_named_with_those_that_are(wales: Workspace) -> None:
    with pytest.raises(NotFound, match=r'no view "x"\. Saved: none yet'):
        remove_view(wales, "x")
    save_view(wales, GWENT)
    with pytest.raises(NotFound, match="Saved: Gwent police"):
        find_view(wales, "x")
    remove_view(wales, "gwent police")
    assert list_views(wales) == []


def test_a_view_needs_a_name_and_columns_that_there_are(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="needs a name"):
        save_view(wales, View("  "))
    for words, part in (("gwent !urgent", "!urgent"), ("due<soonish gwent", "due<soonish"), ("due> !late", "due>")):
        with pytest.raises(BadInput, match=f'"{part}.* asks for nothing'):
            save_view(wales, View("A", words))
    save_view(wales, View("Ŵyl", "gwent !late due<30 nov due>2013 training"))
    assert find_view(wales, "wyl") == find_view(wales, "Ŵyl")
    with pytest.raises(BadInput, match='no column "colour"'):
        read_columns("ref, colour")
    assert read_columns("  ") == COLUMNS
