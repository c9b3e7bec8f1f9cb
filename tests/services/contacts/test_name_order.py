"""Lists of contacts, groups and seats in the order of the Welsh alphabet where the interface is Welsh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.party_lookup import find_parties_beginning, read_register
from tests.builders import make_party, query_rows

NAMES = ("Rumney Centre", "Rhondda Centre", "Cwm Centre", "Chwilog Centre", "Lydney Centre", "Llanelli Centre")
ENGLISH = ["Chwilog", "Cwm", "Llanelli", "Lydney", "Rhondda", "Rumney"]
WELSH = ["Cwm", "Chwilog", "Lydney", "Llanelli", "Rumney", "Rhondda"]


def list_contacts(workspace: Workspace) -> list[str]:
    return [row.name for row in contacts.list_contacts(workspace, "kind:organisation centre")]


def list_register(workspace: Workspace) -> list[str]:
    with workspace.database.read() as cursor:
        return [entry.name for entry in read_register(cursor, date(2014, 1, 28))]


def list_candidates(workspace: Workspace) -> list[str]:
    with workspace.database.read() as cursor:
        return [party.name for party in find_parties_beginning(cursor, "centre")]


@pytest.mark.parametrize("list_names", [list_contacts, list_register, list_candidates])
@pytest.mark.parametrize(("language", "order"), [(Language.EN, ENGLISH), (Language.CY, WELSH)])
def test_names_have_the_order_of_the_language(
    workspace: Workspace, list_names: Callable[[Workspace], list[str]], language: Language, order: list[str]
) -> None:
    for name in NAMES:
        make_party(workspace, name, name.lower().replace(" ", "-"))
    with use_language(language):
        names = [name.removesuffix(" Centre") for name in list_names(workspace) if name in NAMES]
    assert names == order


def test_the_english_order_of_a_query_is_that_of_the_text(workspace: Workspace) -> None:
    for name in NAMES:
        make_party(workspace, name, name.lower().replace(" ", "-"))
    query = "SELECT name FROM named_parties ORDER BY {}"
    assert query_rows(workspace, query.format("sort_key(name)")) == query_rows(workspace, query.format("name"))


def test_no_index_holds_names_whose_order_a_query_could_use(workspace: Workspace) -> None:
    steps = query_rows(workspace, "EXPLAIN QUERY PLAN SELECT name FROM named_parties ORDER BY name")
    assert any("TEMP B-TREE FOR ORDER BY" in str(step) for step in steps)
