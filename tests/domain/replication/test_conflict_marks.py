"""Marks of records in conflict in texts, JSON and papers."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperPart
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks

MARKS = ConflictMarks({"DP-1": ("title", "due_text"), "LG-2013-01": ("agenda_item_title",)})


def test_the_disputed_fields_of_the_records_of_a_file_are_one_sentence() -> None:
    assert (
        MARKS.describe_all(["DP-2", "DP-1", "DP-1"])
        == "Conflicting edits not yet resolved: DP-1 title, due date in words."
    )
    assert MARKS.describe_all(["DP-2"]) == MARKS.describe("DP-2") == ""


def test_every_record_with_a_reference_says_whether_it_is_in_conflict() -> None:
    data = [{"ref": "DP-1", "parts": [{"ref": "DP-2"}, {"number": 1}]}, {"ref": None}]
    assert MARKS.mark_data(data) == [
        {"ref": "DP-1", "parts": [{"ref": "DP-2", "conflict": False}, {"number": 1}], "conflict": True},
        {"ref": None},
    ]


def test_a_paper_names_the_disputed_fields_of_the_records_that_it_names() -> None:
    paper = OfficePaper("Brief", "", date(2014, 1, 28), (), (PaperPart("Actions", rows=(("DP-1", "Courses"),)),))
    assert paper.with_conflicts(MARKS).facts == (
        ("To decide", "Conflicting edits not yet resolved: DP-1 title, due date in words."),
    )
    other = OfficePaper("Brief", "", date(2014, 1, 28), (), (PaperPart("Actions", lines=("DP-10 goes on.",)),))
    assert other.with_conflicts(MARKS) == other
