"""Tests of saved views: a named filter that can be undone."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.list_columns import DEFAULT_COLUMNS
from ahtc_tui.domain.actions.saved_views import SavedView, read_columns
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.services.actions.saved_views import find_view, list_views, remove_view, save_view
from ahtc_tui.services.actions.service import list_actions, resolve_filter
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, read_live_rows

GWENT = SavedView("Gwent police", "@gwent", ActionScope.ALL, Sort.URGENCY, ("ref", "title", "status"))


def test_a_saved_view_is_evaluated_on_the_current_day(wales: Workspace) -> None:
    save_view(wales, SavedView("Soon", "due<+2w"))
    make_action(wales, title="Soon", due="2014-01-06")
    words = find_view(wales, " soon ").words
    assert "Soon" in {row.title for row in list_actions(wales, resolve_filter(wales, texts=(words,)))}
    assert list_actions(wales, resolve_filter(wales, texts=(words, "no such words"))) == []


def test_saving_under_an_existing_name_replaces_the_view(wales: Workspace) -> None:
    save_view(wales, GWENT)
    first = read_live_rows(wales)
    save_view(wales, SavedView("GWENT POLICE", "@gwent !late"))
    assert [(view.name, view.words) for view in list_views(wales)] == [("GWENT POLICE", "@gwent !late")]
    undo_step(wales)
    assert read_live_rows(wales) == first
    assert list_views(wales) == [GWENT]


def test_only_one_view_is_the_context(wales: Workspace) -> None:
    for name in ("A", "B"):
        save_view(wales, SavedView(name, context=True))
    assert [(view.name, view.context) for view in list_views(wales)] == [("A", False), ("B", True)]


def test_an_unknown_view_is_refused_with_the_saved_names(wales: Workspace) -> None:
    with pytest.raises(NotFound, match=r'^There is no view "x"\.$'):
        remove_view(wales, "x")
    save_view(wales, GWENT)
    with pytest.raises(NotFound, match="Choose from Gwent police"):
        find_view(wales, "x")
    remove_view(wales, "gwent police")
    assert list_views(wales) == []


def test_a_view_needs_a_name_and_known_columns(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="needs a name"):
        save_view(wales, SavedView("  "))
    for words, part in (
        ("gwent !urgent", "!urgent"),
        ("due<soonish gwent", "due<soonish"),
        ("due> !late", "due>"),
        ("nonsense:thing", "nonsense:"),
        ("@nobody-of-this-name", "nobody-of-this-name"),
        ("#nowhere", "nowhere"),
    ):
        with pytest.raises(BadInput, match=f'"{part}'):
            save_view(wales, SavedView("A", words))
    save_view(wales, SavedView("Ŵyl", "gwent !late due<30 nov due>2013 training"))
    assert find_view(wales, "wyl") == find_view(wales, "Ŵyl")
    with pytest.raises(BadInput, match='no column "colour"'):
        read_columns("ref, colour")
    assert read_columns("  ") == DEFAULT_COLUMNS
    assert read_columns("Cyf, teitl, erbyn, lead") == ("ref", "title", "due", "lead")
