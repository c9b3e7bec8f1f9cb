"""Export of meeting packs."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.exports import meeting_pack
from ahtc_tui.services.meetings import papers
from ahtc_tui.services.meetings.agenda_template import apply_template
from ahtc_tui.services.meetings.calendar_files import InviteReport
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting, edit_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_line

GROUP = "Wales Anti Human Trafficking Leadership Group"


def add_draft_meeting(office: Workspace, starts: str = "2014-02-11 10:00", group: str = "LG") -> str:
    draft = {"group": group, "starts": starts, "minutes": "45", "venue": "Room [red] *one*"}
    return add_meeting(office, build_meeting_draft(draft, TODAY)).ref


def read_sheet(path: Path) -> list[list[Any]]:
    from python_calamine import load_workbook

    return load_workbook(path).get_sheet_by_index(0).to_python()[3:]


def test_a_pack_holds_agenda_actions_minutes_invitation_and_note(wales: Workspace, tmp_path: Path) -> None:
    first = add_draft_meeting(wales, "2013-11-12 10:00")
    make_line(wales, first, "a: Agree dates for Gwent @ahtc")
    ref = add_draft_meeting(wales)
    papers.add_paper(wales, ref, build_paper_draft({"title": "Costs", "author": "AHTC"}, TODAY))
    assert apply_template(wales, ref) == 7
    report = meeting_pack.write_meeting_pack(wales, ref, tmp_path / "out")
    assert [path.name for path in report.files] == [
        f"2014-02-11 Agenda, {GROUP}.docx",
        f"2014-02-11 Open actions, {GROUP}.xlsx",
        f"2013-11-12 Minutes, {GROUP}.docx",
        f"2014-02-11 Attendance sheet, {GROUP}.docx",
        f"2014-02-11 Name plates, {GROUP}.docx",
        f"2014-02-11 Calendar entry, {GROUP}.ics",
        f"2014-02-11 Covering note, {GROUP}.md",
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in report.files)
    note = report.files[-1].read_text(encoding="utf-8")
    for line in (
        "Papers go out: Monday 3 February 2014",
        "29 open actions",
        f"Matters arising: {first}/01",
        f"Minutes of {first}",
        "The agenda is 5 minutes longer than the meeting.",
        f"{ref}/P1 Costs, Anti Human Trafficking Co-ordinator, due 3 February 2014, Not published",
        "## Invited, but no address: 3 of 3",
        "## Contacts without an address: 24 of 32",
        "- and 19 more",
        "- health boards",
        r"Room \[red\] \*one\*",
    ):
        assert line in note
    with zipfile.ZipFile(report.files[0]) as document:
        assert "Agree dates for Gwent" in document.read("word/document.xml").decode()


def test_a_welsh_note_marks_papers_reasons_and_classes_that_are_english(wales: Workspace, tmp_path: Path) -> None:
    ref = add_draft_meeting(wales)
    papers.add_paper(wales, ref, build_paper_draft({"title": "Costs", "due": "end feb 2014"}, TODAY))
    papers.withhold_paper(wales, ref, "1", "commercial", "Counsel advised")
    with use_language(Language.CY):
        report = meeting_pack.write_meeting_pack(wales, ref, tmp_path / "out", force=True)
    note = report.files[-1].read_text(encoding="utf-8")
    for line in (
        f"- {ref}/P1 \\[Saesneg\\] Costs, erbyn 28 Chwefror 2014, Cadwyd yn ôl: buddiannau masnachol",
        "- \\[Saesneg\\] health boards",
    ):
        assert line in note
    assert "Counsel" not in note


def test_open_actions_are_sorted_by_objective_and_lead(wales: Workspace, tmp_path: Path) -> None:
    report = meeting_pack.write_meeting_pack(wales, add_draft_meeting(wales), tmp_path / "out")
    rows = [row for row in read_sheet(report.files[1]) if row[0]]
    assert (report.actions, len(rows)) == (28, 28)
    order = [(str(row[2]), str(row[4])) for row in rows]
    objectives = [int(objective.split(".")[0]) if objective else 99 for objective, _lead in order]
    assert objectives == sorted(objectives)
    for objective in {objective for objective, _lead in order}:
        leads = [lead for other_objective, lead in order if other_objective == objective]
        assert leads == sorted(leads, key=lambda lead: (not lead, lead.casefold()))


@pytest.mark.long
def test_a_forum_gets_its_own_actions(wales: Workspace, tmp_path: Path) -> None:
    make_action(wales, "Write to the forum", group="forum-gwent")
    report = meeting_pack.write_meeting_pack(wales, add_draft_meeting(wales, group="forum-gwent"), tmp_path / "out")
    assert [row[3] for row in read_sheet(report.files[1]) if row[0]] == ["Write to the forum"]


@pytest.mark.long
def test_an_existing_file_stops_the_whole_pack(wales: Workspace, tmp_path: Path) -> None:
    ref, out = add_draft_meeting(wales), tmp_path / "out"
    out.mkdir()
    (out / f"2014-02-11 Invitation, {GROUP}.ics").write_text("mine")
    with pytest.raises(Refused, match="exists"):
        meeting_pack.write_meeting_pack(wales, ref, out)
    assert [path.name for path in out.iterdir()] == [f"2014-02-11 Invitation, {GROUP}.ics"]
    assert meeting_pack.write_meeting_pack(wales, ref, out, force=True).actions == 28
    assert meeting_pack.write_pack_to_folder(wales, ref).folder.name == f"2014-02-11 Meeting pack, {GROUP}"
    assert meeting_pack.write_pack_to_folder(wales, ref).folder.name == f"2014-02-11 Meeting pack, {GROUP}-2"


def test_a_past_meeting_has_no_pack(wales: Workspace, tmp_path: Path) -> None:
    ref = add_draft_meeting(wales)
    cancel_meeting(wales, ref)
    with pytest.raises(Refused, match="is cancelled"):
        meeting_pack.write_meeting_pack(wales, ref, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_pack_of_an_undated_meeting_has_no_dates(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = add_draft_meeting(wales, "2014-02-11 10:00")
    edit_meeting(wales, ref, build_meeting_draft({"starts": ""}, TODAY))
    assert show_meeting(wales, ref).papers_on is None

    def raise_refused(*_given: object, **_named: object) -> InviteReport:
        raise Refused("It has no day.")

    monkeypatch.setattr(meeting_pack, "write_invitation_files", raise_refused)
    report = meeting_pack.write_meeting_pack(wales, ref, tmp_path / "out")
    assert report.left == ("It has no day.",)
    note = report.files[-1].read_text(encoding="utf-8")
    assert "It has no day." in note
    assert "Papers go out" not in note
