"""The areas of every office: which there are, their names over time, and additions, renames and ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from ahtc_tui.domain.areas.model import AreaKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.areas import AreaDraft, build_area_draft
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.services.areas import service as areas
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.groups.membership import build_forum_map
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.invitations import list_invitable_areas
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.fields import store_setting
from tests.builders import TODAY


def draft(**fields: str) -> AreaDraft:
    return build_area_draft(fields, TODAY)


@pytest.mark.parametrize("name", ["empty", "wales"])
def test_every_office_has_the_areas_of_wales(name: str, open_world: Callable[[str], Workspace]) -> None:
    rows = areas.list_areas(open_world(name))
    counts = Counter(row.kind for row in rows)
    assert counts[AreaKind.LOCAL_AUTHORITY] == 22
    assert counts[AreaKind.HEALTH_BOARD] == 7
    assert counts[AreaKind.FORCE] == 4
    assert counts[AreaKind.REGION] == 6
    assert all(row.name_cy for row in rows)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 3, 31), "Abertawe Bro Morgannwg University Health Board"),
        (date(2019, 4, 1), "Swansea Bay University Health Board"),
    ],
)
def test_a_health_board_has_the_name_of_the_day(workspace: Workspace, day: date, name: str) -> None:
    with closing(open_workspace(workspace.root, day)) as workspace:
        assert name in {row.name for row in areas.list_areas(workspace)}


def test_an_area_renamed_from_a_day_keeps_its_old_name_before(workspace: Workspace) -> None:
    first = DateAsKnown(date(2014, 4, 1))
    areas.edit_area(workspace, "gwent", draft(name="Greater Gwent", name_cy="Gwent Fwyaf"), first)
    (row,) = [row for row in areas.list_areas(workspace) if row.ref == "gwent"]
    assert (row.name, [name.name for name in row.names]) == ("Gwent", ["Gwent", "Greater Gwent"])
    with pytest.raises(Refused):
        areas.edit_area(workspace, "gwent", draft(name="Another"), first)


def test_an_ended_area_is_left_out_of_lists_and_found_with_all(workspace: Workspace) -> None:
    areas.end_area(workspace, "Gwent", DateAsKnown(date(2013, 6, 30)))
    assert "gwent" not in {row.ref for row in areas.list_areas(workspace)}
    assert "gwent" in {row.ref for row in areas.list_areas(workspace, ended=True)}
    assert "Gwent" not in {area.area for area in build_forum_map(workspace).areas}
    undo_step(workspace)
    assert "gwent" in {row.ref for row in areas.list_areas(workspace)}


def test_an_added_area_is_used_by_filters_and_invitations(workspace: Workspace) -> None:
    row = areas.add_area(workspace, draft(name="Cwm Taf", kind="region", part_of="Wales"))
    assert (row.ref, row.part_of) == ("cwm-taf", "wales")
    values = {"name": "Forum secretary", "kind": "post", "area": "Cwm Taf"}
    contacts.add_contact(workspace, build_contact_draft(values, TODAY))
    assert ("Cwm Taf", 1) in list_invitable_areas(workspace)
    assert [row.name for row in contacts.list_contacts(workspace, 'area:"Cwm Taf"')] == ["Forum secretary"]
    with pytest.raises(Refused):
        areas.add_area(workspace, draft(name="cwm taf", kind="region"))


def test_a_former_or_later_name_finds_the_area_in_a_filter(workspace: Workspace) -> None:
    values = {"name": "Forum secretary", "kind": "post", "area": "Western Bay"}
    contacts.add_contact(workspace, build_contact_draft(values, TODAY))
    for name in ("Western Bay", "West Glamorgan"):
        assert [row.name for row in contacts.list_contacts(workspace, f'area:"{name}"')] == ["Forum secretary"]


def test_an_office_from_before_gets_missing_areas_once_and_keeps_its_own(workspace: Workspace) -> None:
    root = workspace.root
    with workspace.database.write("as before") as ledger:
        key = ledger.cursor.execute("SELECT id FROM areas WHERE ref = 'newport'").fetchone()[0]
        ledger.cursor.execute("DELETE FROM areas WHERE id = ?", (key,))
        gwent = ledger.cursor.execute("SELECT id FROM areas WHERE ref = 'gwent'").fetchone()[0]
        ledger.update("areas", gwent, {"name": "Our Gwent"})
        store_setting(ledger.cursor, "areas", "due")
    workspace.close()
    for _start in range(2):
        with closing(open_workspace(root, TODAY)) as opened:
            names = [row.name for row in areas.list_areas(opened)]
            assert names.count("Newport") == 1
            assert "Our Gwent" in names
            assert "Gwent" not in names


@pytest.mark.parametrize("fields", [{}, {"kind": "region"}])
def test_a_second_area_of_the_same_name_is_refused(workspace: Workspace, fields: dict[str, str]) -> None:
    with pytest.raises(Refused, match="gwent has this name already"):
        areas.add_area(workspace, draft(name="gwent", **fields))


def test_an_area_of_another_kind_can_have_the_same_name(workspace: Workspace) -> None:
    assert areas.add_area(workspace, draft(name="Gwent", kind="other")).kind is AreaKind.OTHER
