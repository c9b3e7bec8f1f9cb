"""The note of a meeting: attendance, apologies, declarations of interest and decisions, within seven working days."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.dates.working_days import compute_note_day
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.meetings.standard_titles import is_item_for_declarations
from ahtc_tui.domain.publication.answers import KEEP, WITHHOLD
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.services.documents.meeting_note import NoteReport, export_note
from ahtc_tui.services.documents.meeting_pages import find_page
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line, set_clock

NOTE = PublishedDocument.NOTE


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A meeting of 23 December 2013 with a declaration, a decision, a member present and one with apologies."""
    desk = set_clock(wales, "2013-12-31")
    draft = {"group": "LG", "starts": "2013-12-23 10:00", "venue": "Tŷ Hywel"}
    ref = add_meeting(desk, build_meeting_draft(draft, desk.today())).ref
    for title in ("Welcome", "Declarations of interest", "Training"):
        add_item(desk, ref, build_agenda_draft({"title": title}))
    make_line(desk, ref, "The Chair declared an interest in item 3", 2)
    make_line(desk, ref, "Trainers were thanked", 3)
    make_line(desk, ref, "d: Adopt the course", 3)
    set_attendance(desk, ref, "AHTC", build_attendance_draft({"state": "present"}))
    set_attendance(desk, ref, "Bawso", build_attendance_draft({"state": "apologies", "reason": "Illness"}))
    return ref


def write_note(desk: Workspace, ref: str, target: Path, force: bool = False) -> tuple[NoteReport, str]:
    report = export_note(set_clock(desk, "2013-12-31"), ref, target, force=force, language=Language.EN)
    return report, target.read_text(encoding="utf-8")


def test_a_note_has_attendance_apologies_declarations_and_decisions(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    report, text = write_note(wales, meeting, tmp_path / "note.md")
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["Present", "Apologies", "Declarations of interest", "Decisions", "About this note"]
    for words in ("- Bawso", "- The Chair declared an interest in item 3", "- Adopt the course", "Tŷ Hywel"):
        assert words in text
    assert "Illness" not in text
    assert "Trainers were thanked" not in text
    assert report.decisions == 1


def test_only_the_lines_of_the_item_for_declarations_are_declarations(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    make_line(wales, meeting, "Members discussed who had declared an interest in training", 1)
    make_line(wales, meeting, "Jeff Farrar left the room for item 3", 2)
    _report, text = write_note(wales, meeting, tmp_path / "note.md")
    assert "- Jeff Farrar left the room for item 3" in text.partition("## Declarations of interest")[2]
    assert "Members discussed" not in text


def test_a_note_is_due_after_seven_working_days_without_bank_holidays(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    report, text = write_note(wales, meeting, tmp_path / "note.md")
    assert report.due == date(2014, 1, 6)  # 25, 26 December and 1 January are bank holidays
    assert not report.overdue
    assert "**To be published by:** 6 January 2014" in text


def test_the_note_of_a_meeting_on_the_last_day_of_the_calendar_has_no_date() -> None:
    assert compute_note_day(date(9999, 12, 30)) is None


def test_a_meeting_without_records_gives_a_note_that_says_so(wales: Workspace, tmp_path: Path) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2013-11-05 10:00"}, wales.today())
    ref = add_meeting(wales, draft).ref
    report, text = write_note(wales, ref, tmp_path / "note.md")
    assert report.overdue
    for words in (
        "Attendance was not recorded.",
        "No apologies were recorded.",
        "No decisions were recorded.",
    ):
        assert words in text


def test_a_note_says_that_nothing_was_declared_only_where_the_agenda_asked(wales: Workspace, tmp_path: Path) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2013-11-05 10:00"}, wales.today())
    ref = add_meeting(wales, draft).ref
    add_item(wales, ref, build_agenda_draft({"title": "Contracts"}))
    make_line(wales, ref, "Bawso tendered for the contract and left the room", 1)
    sentence = "No declarations were recorded."
    assert sentence not in write_note(wales, ref, tmp_path / "note.md")[1]
    add_item(wales, ref, build_agenda_draft({"title": "Declarations of interest"}))
    assert sentence in write_note(wales, ref, tmp_path / "second.md")[1]


def test_a_note_is_refused_before_the_meeting_and_for_a_cancelled_one(wales: Workspace, tmp_path: Path) -> None:
    ref = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-03-11 10:00"}, wales.today())).ref
    with pytest.raises(Refused, match="in the future"):
        export_note(wales, ref, tmp_path / "note.md")
    past = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2013-11-05 10:00"}, wales.today())).ref
    cancel_meeting(wales, past)
    with pytest.raises(Refused, match="cancelled"):
        export_note(wales, past, tmp_path / "note.md")
    assert not list(tmp_path.glob("*.*"))


def test_a_published_note_has_only_texts_that_were_released(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    desk = set_clock(wales, "2013-12-31")
    make_line(desk, meeting, "d: Call 029 2012 3456", 3)

    def publish_note() -> str:
        export_note(desk, meeting, tmp_path / "note.md", force=True, language=Language.EN, is_published=True)
        return (tmp_path / "note.md").read_text(encoding="utf-8")

    with pytest.raises(Refused, match="nothing has been released yet"):
        publish_note()
    texts = {text.text: text.id for text in publication.show_release_list(desk, find_page(NOTE, meeting)).texts}
    answers = {texts["Call 029 2012 3456"]: WITHHOLD, "*": KEEP}
    publication.publish(desk, find_page(NOTE, meeting), answers)
    text = publish_note()
    assert "029 2012 3456" not in text
    assert "- \\[withheld\\]" in text
    assert "Not for publication" not in text
    assert "Release 1, published 31 December 2013" in text
    assert "**Published on:** 31 December 2013" in text
    assert "To be published by" not in text


def test_the_copy_of_the_office_says_whether_a_late_note_was_published(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    later = set_clock(wales, "2014-01-20")

    def write_copy() -> tuple[NoteReport, str]:
        report = export_note(later, meeting, tmp_path / "copy.md", force=True, language=Language.EN)
        return report, (tmp_path / "copy.md").read_text(encoding="utf-8")

    report, text = write_copy()
    assert report.overdue
    assert "**Was to be published by:** 6 January 2014" in text
    publication.publish(set_clock(wales, "2014-01-06"), find_page(NOTE, meeting), {"*": KEEP})
    report, text = write_copy()
    assert not report.overdue
    assert "**Last published on:** 6 January 2014" in text
    assert "published by" not in text


def test_the_release_list_of_a_note_has_only_what_the_note_prints(wales: Workspace, meeting: str) -> None:
    desk = set_clock(wales, "2013-12-31")
    places = {row.text: row.place for row in publication.show_release_list(desk, find_page(NOTE, meeting)).texts}
    assert {"The Chair declared an interest in item 3", "Bawso"} <= places.keys()
    assert places["Adopt the course"] == "Decisions"
    assert "Trainers were thanked" not in places


def test_the_copy_of_the_office_says_that_it_is_not_for_publication(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    assert "**This copy:** Not for publication" in write_note(wales, meeting, tmp_path / "note.md")[1]


def test_the_note_is_in_both_languages_unless_one_is_named(
    wales: Workspace, meeting: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = ["--workspace", str(wales.root), "--as-at", "2013-12-31"]
    assert run([*desk, "export", "note", meeting, str(tmp_path / "both.md"), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["due"], report["decisions"], report["marking"]) == ("2014-01-06", 1, "official")
    assert [text for text in report["missing_welsh"] if "Adopt" in text] == ["Adopt the course"]
    text = (tmp_path / "both.md").read_text(encoding="utf-8")
    assert text.index("## Penderfyniadau") < text.index("## Decisions")
    assert run([*desk, "--lang", "en", "export", "note", meeting, str(tmp_path / "en.md")]) == 0
    assert "Penderfyniadau" not in (tmp_path / "en.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("title", ["Declarations of interest", "Conflicts of Interest", "Datgan buddiannau"])
def test_the_item_for_declarations_has_a_standard_title_in_either_language(title: str) -> None:
    assert is_item_for_declarations(title)


@pytest.mark.parametrize("title", ["Declaration of Geneva", "Expressions of interest", "Datganiad i'r wasg"])
def test_another_item_is_not_taken_for_declarations(title: str) -> None:
    assert not is_item_for_declarations(title)
