"""A dated name applies from its day on, in lists, cards and exports; the former name is then the other one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.services.contacts.rename import rename_party
from ahtc_tui.services.contacts.service import list_contacts, show_contact
from ahtc_tui.services.exports.contacts import export_contacts
from ahtc_tui.services.groups.service import show_group
from ahtc_tui.services.workspace import Workspace
from tests.builders import set_clock


@pytest.mark.parametrize(
    ("day", "name", "renames"),
    [
        ("2014-05-31", "Bawso", ("Bawso Cymru (from 1 June 2014)",)),
        ("2014-06-01", "Bawso Cymru", ("Bawso (until 31 May 2014)",)),
    ],
)
def test_a_name_from_a_future_day_is_shown_from_that_day_on(
    wales: Workspace, tmp_path: Path, day: str, name: str, renames: tuple[str, ...]
) -> None:
    rename_party(wales, "bawso", "Bawso Cymru", DateAsKnown(date(2014, 6, 1)))
    at_day = set_clock(wales, day)
    card = show_contact(at_day, "bawso")
    assert (card.row.name, card.renames) == (name, renames)
    assert [row.name for row in list_contacts(at_day, kind=PartyKind.ORGANISATION) if row.ref == "bawso"] == [name]
    export_contacts(at_day, tmp_path / "contacts.csv")
    assert f"bawso,organisation,{name}," in (tmp_path / "contacts.csv").read_text(encoding="utf-8-sig")


def test_also_called_gives_the_former_name_of_a_group(wales: Workspace) -> None:
    rename_party(wales, "forum-gwent", "Gwent Forum", DateAsKnown(date(2014, 6, 1)))
    card = show_group(set_clock(wales, "2014-07-01"), "forum-gwent")
    assert card.row.name == "Gwent Forum"
    assert card.renames == ("Gwent Consultation Group on Human Trafficking (until 31 May 2014)",)
