"""Attendance sheets and name plates: who is on them, and whether long names fit."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from ahtc_tui.domain.drafts.groups import build_group_draft, build_seat_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.formats.docx.name_plates import LARGEST_NAME, SMALLEST, fit_size
from ahtc_tui.services.documents.desk_papers import export_attendance_sheet, export_name_plates
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.groups.service import add_group
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.invitations import invite_guests
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_party

APOLOGIES = build_attendance_draft({"state": "apologies"})


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A meeting to come of the Leadership Group, to which UCLan is invited."""
    ref = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-01-21 10:00"}, wales.today())).ref
    invite_guests(wales, ref, names=("UCLan",))
    return ref


def read_rows(path: Path) -> list[list[str]]:
    """Return the cells of all tables of a Word file, without their headings."""
    tables = docx.Document(str(path)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]


def read_plates(path: Path) -> list[list[str]]:
    """Return the lines of each name plate, the left side of the fold."""
    tables = docx.Document(str(path)).tables
    return [[paragraph.text for paragraph in table.rows[0].cells[0].paragraphs] for table in tables]


def test_an_attendance_sheet_lists_seats_then_others_then_blank_rows(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    report = export_attendance_sheet(wales, meeting, tmp_path / "sheet.docx")
    rows = read_rows(report.file)
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    named = [row for row in rows if any(row[1:])]
    assert len(named) == report.people
    assert ["Jeff Farrar", "Chief Constable, Gwent Police", "Member", ""] in [row[1:] for row in named]
    assert named[-1][2:4] == ["University of Central Lancashire", "Invited"]
    assert "Police" in [row[2] for row in named]
    assert "University of Central Lancashire" in report.unnamed


def test_a_deputy_follows_the_seat_and_signs_for_a_member_who_sends_apologies(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    make_party(wales, "Deputy Example", "deputy-example", kind="person")
    set_attendance(wales, meeting, "Gwent Police", APOLOGIES)
    draft = build_attendance_draft({"state": "deputy", "deputy_for": "Jeff Farrar"})
    set_attendance(wales, meeting, "Deputy Example", draft)
    rows = read_rows(export_attendance_sheet(wales, meeting, tmp_path / "sheet.docx").file)
    by_name = {row[1]: row[2:] for row in rows if row[1]}
    assert by_name["Deputy Example"][1] == "Deputy for Jeff Farrar"
    assert by_name["Jeff Farrar"][2] == "Deputy: Deputy Example"
    plates = [lines[0] for lines in read_plates(export_name_plates(wales, meeting, tmp_path / "plates.docx").file)]
    assert "Deputy Example" in plates
    assert "Jeff Farrar" not in plates


@pytest.mark.sample(2)
@pytest.mark.parametrize("represented", ["Gwent Police", "Jeff Farrar"])
def test_an_invited_body_is_left_out_where_its_deputy_has_a_row(
    wales: Workspace, meeting: str, tmp_path: Path, represented: str
) -> None:
    invite_guests(wales, meeting, names=("Gwent Police", "South Wales Police"))
    before = read_rows(export_attendance_sheet(wales, meeting, tmp_path / "before.docx").file)
    assert ["Gwent Police", "Invited"] in [row[2:4] for row in before]
    draft = build_attendance_draft({"state": "deputy", "deputy_for": represented})
    set_attendance(wales, meeting, "spoc-gwent", draft)
    rows = [row[2:4] for row in read_rows(export_attendance_sheet(wales, meeting, tmp_path / "after.docx").file)]
    assert ["Single Point of Contact, Gwent Police", f"Deputy for {represented}"] in rows
    assert ["South Wales Police", "Invited"] in rows
    assert ["Gwent Police", "Invited"] not in rows


def test_a_standing_deputy_is_on_the_sheet_but_has_no_plate(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    make_party(wales, "Deputy Example", "deputy-example", kind="person")
    give_seat(wales, "LG", "Bawso", build_seat_draft({"role": "member", "deputy": "Deputy Example"}, wales.today()))
    rows = read_rows(export_attendance_sheet(wales, meeting, tmp_path / "sheet.docx").file)
    bawso = next(n for n, row in enumerate(rows) if row[2] == "Bawso")
    assert rows[bawso + 1][1:4:2] == ["Deputy Example", "Deputy for Bawso"]
    plates = read_plates(export_name_plates(wales, meeting, tmp_path / "plates.docx").file)
    assert ["Bawso"] in plates
    assert "Deputy Example" not in [line for lines in plates for line in lines]


def test_a_plate_has_name_post_and_organisation_on_both_sides_turned_to_the_fold(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    path = export_name_plates(wales, meeting, tmp_path / "plates.docx").file
    table = next(table for table in docx.Document(str(path)).tables if "Jeff Farrar" in table.rows[0].cells[0].text)
    left, right = table.rows[0].cells
    assert left.text == right.text == "Jeff Farrar\nChief Constable\nGwent Police"
    directions = [cell._tc.xpath("w:tcPr/w:textDirection/@w:val")[0] for cell in (left, right)]
    assert directions == ["tbRl", "btLr"]


def test_a_post_without_a_person_is_named_on_its_plate_and_as_a_deputy(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    draft = build_attendance_draft({"state": "deputy", "deputy_for": "Jeff Farrar"})
    set_attendance(wales, meeting, "spoc-gwent", draft)
    plates = read_plates(export_name_plates(wales, meeting, tmp_path / "plates.docx").file)
    assert ["Single Point of Contact", "Gwent Police"] in plates
    rows = read_rows(export_attendance_sheet(wales, meeting, tmp_path / "sheet.docx").file)
    assert "Deputy: Single Point of Contact, Gwent Police" in [row[4] for row in rows]


def test_plates_in_both_languages_have_both_names_of_a_body(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    with use_language(Language.BOTH):
        path = export_name_plates(wales, meeting, tmp_path / "plates.docx").file
    assert ["Jeff Farrar", "Prif Gwnstabl", "Chief Constable", "Heddlu Gwent", "Gwent Police"] in read_plates(path)


def test_a_class_of_organisations_has_no_plate(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    plates = read_plates(export_name_plates(wales, meeting, tmp_path / "plates.docx").file)
    assert ["health boards"] not in plates


@pytest.mark.long
def test_a_sheet_in_both_languages_is_a_sheet_in_welsh_and_then_one_in_english(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    with use_language(Language.BOTH):
        path = export_attendance_sheet(wales, meeting, tmp_path / "sheet.docx").file
    texts = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs if paragraph.text]
    titles = [text for text in texts if "Grŵp Arwain" in text or "Leadership Group" in text]
    assert titles == [
        "Taflen bresenoldeb: Grŵp Arwain Atal Masnachu mewn Pobl",
        "Attendance sheet: Wales Anti Human Trafficking Leadership Group",
    ]
    assert not [text for text in texts if " / " in text]
    bodies = [row[2] for row in read_rows(path)]
    assert "Byrddau iechyd" in bodies
    assert "Health boards" in bodies
    rows = [row for row in read_rows(path) if row[1] == "Jeff Farrar"]
    assert [row[2] for row in rows] == ["Prif Gwnstabl, Heddlu Gwent", "Chief Constable, Gwent Police"]
    numbers = [row[0] for row in read_rows(path)]
    assert numbers.count("1") == numbers.count("12") == 2


def test_a_meeting_without_people_gives_a_blank_sheet_and_a_page_without_plates(
    office: Workspace, tmp_path: Path
) -> None:
    add_group(office, build_group_draft({"name": "New Forum", "kind": "forum"}, office.today()))
    draft = build_meeting_draft({"group": "New Forum", "starts": "2014-01-21 10:00"}, office.today())
    ref = add_meeting(office, draft).ref
    rows = read_rows(export_attendance_sheet(office, ref, tmp_path / "sheet.docx").file)
    assert len(rows) >= 15
    assert not any(cell for row in rows for cell in row[1:])
    report = export_name_plates(office, ref, tmp_path / "plates.docx")
    assert report.people == 0
    assert "No one is expected at the meeting yet." in [p.text for p in docx.Document(str(report.file)).paragraphs]


def test_papers_of_a_cancelled_meeting_and_other_formats_are_refused(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="docx"):
        export_name_plates(wales, meeting, tmp_path / "plates.txt")
    cancel_meeting(wales, meeting)
    for export in (export_attendance_sheet, export_name_plates):
        with pytest.raises(Refused, match="cancelled"):
            export(wales, meeting, tmp_path / "paper.docx")
    assert not list(tmp_path.glob("*.*"))


@pytest.mark.parametrize(
    ("name", "smallest"), [("Ann Example", 60), ("Ŵ" * 40, SMALLEST), ("Long name " * 30, SMALLEST)]
)
def test_a_long_name_is_set_smaller(name: str, smallest: int) -> None:
    size = fit_size([name], LARGEST_NAME, 170)
    assert smallest <= size <= LARGEST_NAME
    assert fit_size([name * 2], LARGEST_NAME, 170) <= size
