"""The chair's edits of an issued draft come back: no word lost, nothing applied unasked, no deletion reversed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.imports.minutes import MinutesFileKind, MinutesFileReport
from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.domain.meetings.model import MeetingCard
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.minutes.service import MinutesRequest, import_minutes
from ahtc_tui.services.minutes.lifecycle import issue_minutes, set_state, write_issued_copy
from ahtc_tui.services.minutes.service import edit_paragraph
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.meetings.cards import read_card
from tests.builders import TODAY, make_line, make_minuted_meeting, query_rows, read_live_rows
from tests.services.imports.minutes.edited_drafts import (
    Edit,
    add_paragraph,
    comment_on,
    delete_paragraph,
    edit_word_file,
    format_bold,
    insert_words,
    join_paragraphs,
    move_paragraph,
    replace_words,
    split_paragraph,
)


@pytest.fixture
def ref(wales: Workspace) -> str:
    """A meeting with six lines, issued once."""
    ref = make_minuted_meeting(wales)
    make_line(wales, ref, "n: The costs were discussed at length. The group wants a full budget by the spring.", 1)
    make_line(wales, ref, "n: Members thanked the university for the room.", 1)
    make_line(
        wales, ref, "n: The data sets of three forces are complete, and the fourth one follows in the new year.", 2
    )
    make_line(wales, ref, "n: No figures are published before the next meeting.", 2)
    make_line(wales, ref, "a: Send the figures to the forces @bawso due 31 jan 2014", 2)
    issue_minutes(wales, ref)
    return ref


def read_issue(workspace: Workspace, ref: str, language: Language = Language.EN) -> bytes:
    target = workspace.root / "issue.docx"
    write_issued_copy(workspace, ref, 1, target, force=True, language=language)
    return target.read_bytes()


def bring_back(
    workspace: Workspace,
    data: bytes,
    *,
    take: TakeMode = TakeMode.CLEAN,
    apply: bool = True,
    answers: dict[str, str] | None = None,
) -> MinutesFileReport:
    request = MinutesRequest(Path("draft.docx"), data)
    (file,) = import_minutes(workspace, request, ImportOptions(take, answers or {}), apply=apply).files
    assert isinstance(file, MinutesFileReport)
    return file


def edit_issue(workspace: Workspace, ref: str, *edits: Edit, take: TakeMode = TakeMode.CLEAN) -> MinutesFileReport:
    return bring_back(workspace, edit_word_file(read_issue(workspace, ref), *edits), take=take)


def read_minutes(workspace: Workspace, ref: str) -> MeetingCard:
    with workspace.database.read() as cursor:
        key = cursor.execute("SELECT id FROM meetings WHERE ref = ?", (ref,)).fetchone()[0]
        return read_card(cursor, key, TODAY)


def list_texts(workspace: Workspace, ref: str) -> list[str]:
    return [line.text for line in read_minutes(workspace, ref).lines]


def test_an_unchanged_draft_changes_nothing(wales: Workspace, ref: str) -> None:
    report = bring_back(wales, read_issue(wales, ref))
    assert report.kind is MinutesFileKind.DRAFT
    assert (report.changes, report.questions, report.changed) == ((), (), ())
    assert report.meeting is not None
    assert (report.meeting.ref, report.meeting.version) == (ref, 1)


@pytest.mark.parametrize("tracked", [True, False])
def test_changed_words_are_taken_with_their_author(wales: Workspace, ref: str, tracked: bool) -> None:
    report = edit_issue(wales, ref, replace_words("full budget", "costed plan", tracked=tracked))
    assert "The group wants a costed plan by the spring." in list_texts(wales, ref)[3]
    (change,) = report.changes
    assert change.base is not None
    assert "full budget" in change.base
    assert (change.place, change.question) == ("1.4", None)
    assert (change.author, str(change.on)) == (("Chair", "2013-12-20") if tracked else (None, "None"))
    assert not report.questions


@pytest.mark.parametrize("tracked", [True, False])
def test_a_clause_that_is_cut_inside_a_line_is_taken(wales: Workspace, ref: str, tracked: bool) -> None:
    edit_issue(wales, ref, replace_words(", and the fourth one follows in the new year", "", tracked=tracked))
    assert "The data sets of three forces are complete." in list_texts(wales, ref)


@pytest.mark.parametrize("tracked", [True, False])
def test_a_removed_line_is_asked_and_stays_until_answered(wales: Workspace, ref: str, tracked: bool) -> None:
    before = list_texts(wales, ref)
    data = edit_word_file(read_issue(wales, ref), delete_paragraph("Members thanked", tracked=tracked))
    report = bring_back(wales, data)
    assert list_texts(wales, ref) == before
    (question,) = report.questions
    assert question.theirs is None
    bring_back(wales, data, answers={question.id: "theirs"})
    assert list_texts(wales, ref) == [text for text in before if not text.startswith("Members thanked")]
    assert not bring_back(wales, data).questions


@pytest.mark.parametrize("tracked", [True, False])
def test_a_moved_line_is_asked(wales: Workspace, ref: str, tracked: bool) -> None:
    before = list_texts(wales, ref)
    edit = move_paragraph("Members thanked", "No figures are published", tracked=tracked)
    data = edit_word_file(read_issue(wales, ref), edit)
    report = bring_back(wales, data)
    assert list_texts(wales, ref) == before
    (question,) = report.questions
    bring_back(wales, data, answers={question.id: "theirs"})
    after = list_texts(wales, ref)
    assert sorted(after) == sorted(before)
    assert (
        after.index("Members thanked the university for the room.")
        == after.index("No figures are published before the next meeting.") + 1
    )


def test_a_line_that_moved_over_one_that_is_split_is_the_one_that_moved(wales: Workspace, ref: str) -> None:
    lines = (
        "The university offered to host the spring meeting.",
        "Ports and airports were visited in October.",
        "The board heard a long report on training for staff in the north.",
        "Two posts in the south are vacant since the summer.",
    )
    for line in lines:
        make_line(wales, ref, f"n: {line}", 1)
    issue_minutes(wales, ref)
    write_issued_copy(wales, ref, 2, target := wales.root / "issue.docx", force=True)
    edits = (
        split_paragraph("for staff"),
        move_paragraph("The university", "Two posts", tracked=False),
        delete_paragraph("Ports and airports"),
    )
    bring_back(wales, edit_word_file(target.read_bytes(), *edits), take=TakeMode.ALL)
    assert list_texts(wales, ref)[6:10] == [
        "The board heard a long report on training",
        "for staff in the north.",
        lines[3],
        lines[0],
    ]


def test_a_line_that_is_split_is_asked(wales: Workspace, ref: str) -> None:
    before = list_texts(wales, ref)
    data = edit_word_file(read_issue(wales, ref), split_paragraph("The group wants"))
    report = bring_back(wales, data)
    assert list_texts(wales, ref) == before
    (question,) = report.questions
    bring_back(wales, data, answers={question.id: "theirs"})
    after = list_texts(wales, ref)
    assert after[3:5] == ["The costs were discussed at length.", "The group wants a full budget by the spring."]


def test_lines_that_are_joined_are_asked(wales: Workspace, ref: str) -> None:
    before = list_texts(wales, ref)
    data = edit_word_file(read_issue(wales, ref), join_paragraphs("The costs were", "Members thanked"))
    report = bring_back(wales, data)
    assert list_texts(wales, ref) == before
    (question,) = report.questions
    bring_back(wales, data, answers={question.id: "theirs"})
    assert len(list_texts(wales, ref)) == len(before) - 1
    assert list_texts(wales, ref)[3].endswith("Members thanked the university for the room.")


def test_a_line_that_was_joined_to_what_is_left_of_a_removed_one_is_asked(wales: Workspace, ref: str) -> None:
    before = list_texts(wales, ref)
    edits = (replace_words("the university", "Bangor University"), delete_paragraph("Members thanked"))
    make_line(wales, ref, "n: The spring meeting is in Bangor.", 1)
    issue_minutes(wales, ref)
    write_issued_copy(wales, ref, 2, target := wales.root / "issue.docx", force=True)
    report = bring_back(wales, edit_word_file(target.read_bytes(), *edits))
    assert len(report.questions) == 2
    assert list_texts(wales, ref) == [*before[:5], "The spring meeting is in Bangor.", *before[5:]]


def test_a_new_line_is_asked_and_comes_to_its_place(wales: Workspace, ref: str) -> None:
    before = list_texts(wales, ref)
    data = edit_word_file(
        read_issue(wales, ref),
        add_paragraph("Members thanked", "Action: Bawso to book the room by 28 February 2014"),
    )
    report = bring_back(wales, data)
    assert list_texts(wales, ref) == before
    (question,) = report.questions
    bring_back(wales, data, answers={question.id: "theirs"})
    assert list_texts(wales, ref)[5] == "Bawso to book the room by 28 February 2014"
    assert query_rows(wales, "SELECT due FROM actions WHERE title LIKE 'Bawso to book%'") == [("2014-02-28",)]


def test_two_new_lines_keep_their_order(wales: Workspace, ref: str) -> None:
    edits = (
        add_paragraph("Members thanked", "The second new line."),
        add_paragraph("Members thanked", "The first new line."),
    )
    edit_issue(wales, ref, *edits, take=TakeMode.ALL)
    texts = list_texts(wales, ref)
    assert texts.index("The second new line.") == texts.index("The first new line.") + 1


def test_a_comment_is_a_question_and_its_answer_a_new_wording(wales: Workspace, ref: str) -> None:
    data = edit_word_file(read_issue(wales, ref), comment_on("Members thanked", "Which university?"))
    report = bring_back(wales, data)
    (comment,) = report.comments
    assert (comment.text, comment.author, comment.place) == ("Which university?", "Chair", "1.5")
    (question,) = report.questions
    bring_back(wales, data, answers={question.id: "Members thanked Glyndŵr University for the room."})
    assert "Members thanked Glyndŵr University for the room." in list_texts(wales, ref)


def test_formatting_is_no_change(wales: Workspace, ref: str) -> None:
    assert not edit_issue(wales, ref, format_bold("Members thanked")).changes


def test_a_line_that_both_changed_is_asked_with_both_edits_merged(wales: Workspace, ref: str) -> None:
    data = edit_word_file(read_issue(wales, ref), replace_words("full budget", "costed plan"))
    edit_paragraph(
        wales, ref, "1.4", "The costs were discussed in detail. The group wants a full budget by the spring."
    )
    report = bring_back(wales, data)
    (question,) = report.questions
    assert question.proposed == "The costs were discussed in detail. The group wants a costed plan by the spring."
    assert "costed plan" not in " ".join(list_texts(wales, ref))
    bring_back(wales, data, answers={question.id: "theirs"})
    assert question.proposed in list_texts(wales, ref)


def test_the_base_is_the_issue_that_the_file_came_from_when_a_later_one_exists(wales: Workspace, ref: str) -> None:
    data = edit_word_file(read_issue(wales, ref), replace_words("full budget", "costed plan"))
    edit_paragraph(wales, ref, "2.2", "No figures at all are published before the next meeting.")
    issue_minutes(wales, ref)
    report = bring_back(wales, data)
    assert report.meeting is not None
    assert report.meeting.version == 1
    texts = list_texts(wales, ref)
    assert "No figures at all are published before the next meeting." in texts
    assert "costed plan" in texts[3]
    assert not report.questions


def test_a_changed_due_date_is_a_change_of_the_action(wales: Workspace, ref: str) -> None:
    report = edit_issue(wales, ref, replace_words("31 January 2014", "28 February 2014", nth=1))
    assert query_rows(wales, "SELECT due FROM actions WHERE title LIKE 'Send the figures%'") == [("2014-02-28",)]
    assert [change.theirs for change in report.changes] == ["by 28 February 2014"]


def test_a_changed_lead_in_the_table_is_a_change_of_the_action(wales: Workspace, ref: str) -> None:
    edit_issue(wales, ref, replace_words("Bawso", "UCLan", nth=1))
    query = "SELECT p.ref FROM actions a JOIN named_parties p ON p.id = a.lead WHERE a.title LIKE 'Send the figures%'"
    assert query_rows(wales, query) == [("uclan",)]


def test_a_changed_word_of_an_action_changes_line_and_record_and_keeps_the_reference(
    wales: Workspace, ref: str
) -> None:
    before = query_rows(wales, "SELECT ref FROM actions WHERE title LIKE 'Send the figures%'")
    edit_issue(wales, ref, replace_words("Send the figures", "Send all figures"))
    assert query_rows(wales, "SELECT ref FROM actions WHERE title LIKE 'Send all figures%'") == before
    assert "Send all figures to the forces" in list_texts(wales, ref)


def test_the_welsh_half_changes_the_welsh_text(wales: Workspace, ref: str) -> None:
    edit_paragraph(
        wales, ref, "1.5", "Members thanked the university for the room.", "Diolchodd yr aelodau am yr ystafell."
    )
    issue_minutes(wales, ref, Cut.CIRCULATED, Language.BOTH)
    data = edit_word_file(read_issue(wales, ref, Language.BOTH), replace_words("am yr ystafell", "am ei hystafell"))
    report = bring_back(wales, data)
    line = read_minutes(wales, ref).lines[4]
    assert line.text_cy == "Diolchodd yr aelodau am ei hystafell."
    assert line.text == "Members thanked the university for the room."
    assert not report.questions


def test_two_editors_in_turn_are_both_taken(wales: Workspace, ref: str) -> None:
    first = edit_word_file(read_issue(wales, ref), replace_words("full budget", "costed plan"))
    second = edit_word_file(first, replace_words("for the room", "for the hall", author="Deputy"))
    report = bring_back(wales, second)
    assert {change.author for change in report.changes} == {"Chair", "Deputy"}
    assert "Members thanked the university for the hall." in list_texts(wales, ref)


def test_a_second_import_of_the_same_draft_adds_nothing(wales: Workspace, ref: str) -> None:
    data = edit_word_file(read_issue(wales, ref), replace_words("full budget", "costed plan"))
    bring_back(wales, data)
    before = read_live_rows(wales)
    report = bring_back(wales, data)
    assert not report.changes
    assert read_live_rows(wales) == before


def test_one_undo_takes_the_edits_back(wales: Workspace, ref: str) -> None:
    data = read_issue(wales, ref)
    before = read_live_rows(wales)
    bring_back(
        wales,
        edit_word_file(data, replace_words("full budget", "costed plan"), delete_paragraph("Members")),
        take=TakeMode.ALL,
    )
    assert read_live_rows(wales) != before
    undo_step(wales)
    assert read_live_rows(wales) == before


def test_a_dry_run_writes_nothing(wales: Workspace, ref: str) -> None:
    data = edit_word_file(read_issue(wales, ref), replace_words("full budget", "costed plan"))
    before = read_live_rows(wales)
    assert bring_back(wales, data, apply=False).changes
    assert read_live_rows(wales) == before


def test_agreed_minutes_take_no_edits(wales: Workspace, ref: str) -> None:
    data = edit_word_file(read_issue(wales, ref), replace_words("full budget", "costed plan"))
    set_state(wales, ref, MinutesState.AGREED)
    with pytest.raises(Refused, match="agreed"):
        bring_back(wales, data)


def test_changed_attendance_is_asked_and_not_applied(wales: Workspace, ref: str) -> None:
    report = edit_issue(wales, ref, insert_words("Minutes", " of the group"))
    assert all(change.question for change in report.changes)


def test_a_draft_that_was_never_issued_adds_nothing_to_the_minutes_unasked(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    head = "# Wales Anti Human Trafficking Leadership Group: minutes\n\nDate: 10 December 2013"
    text = f"{head}\n\n## 1. Training\n\nNew words in {ref}.\n"
    before = read_live_rows(wales)
    report = import_minutes(wales, MinutesRequest(Path("draft.md"), text.encode())).files[0]
    assert [question.field for question in report.questions] == ["minute_lines"]
    assert read_live_rows(wales) == before


@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_a_plain_copy_of_an_issue_is_compared_as_well(wales: Workspace, ref: str, ending: str) -> None:
    target = wales.root / f"issue{ending}"
    write_issued_copy(wales, ref, 1, target, force=True)
    request = MinutesRequest(Path(f"draft{ending}"), target.read_bytes().replace(b"full budget", b"costed plan"))
    (file,) = import_minutes(wales, request).files
    assert isinstance(file, MinutesFileReport)
    assert [change.place for change in file.changes] == ["1.4"]
    assert "costed plan" in list_texts(wales, ref)[3]
