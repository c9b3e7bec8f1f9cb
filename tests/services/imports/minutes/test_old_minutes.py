"""Old minutes come in as one plan: nothing is invented, nothing of the text is lost, and one undo takes all back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile, Refused
from ahtc_tui.domain.imports.minutes import MinutesFileReport, PlannedLine
from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.minutes.service import MinutesRequest, import_minutes
from ahtc_tui.services.minutes.lifecycle import set_state
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_minuted_meeting, query_rows, read_live_rows
from tests.services.imports.minutes.shapes import BOARD, CODES, MARGIN, SHAPES, WEB_PAGE, WELSH_MARGIN, Shape

GROUP = "leadership-group"
LABELS = """action cam camau gweithredu gweithred decision penderfyniad penderfynwyd agreed arweinydd owner due erbyn no
 rhif september medi"""
"""Words that become a kind of line, a lead or a date."""


def plan(workspace: Workspace, shape: Shape, **answers: str) -> MinutesFileReport:
    request = MinutesRequest(Path(f"minutes{shape.ending}"), shape.text.encode(), group=GROUP)
    options = ImportOptions(answers=answers)
    (file,) = import_minutes(workspace, request, options, apply=False).files
    assert isinstance(file, MinutesFileReport)
    return file


def write(workspace: Workspace, shape: Shape, take: TakeMode = TakeMode.CLEAN) -> MinutesFileReport:
    request = MinutesRequest(Path(f"minutes{shape.ending}"), shape.text.encode(), group=GROUP)
    (file,) = import_minutes(workspace, request, ImportOptions(take)).files
    assert isinstance(file, MinutesFileReport)
    return file


def list_lines(report: MinutesFileReport, kind: LineKind) -> list[PlannedLine]:
    return [line for item in report.items for line in item.lines if line.kind is kind]


def find_lead(workspace: Workspace, line: PlannedLine) -> str | None:
    rows = query_rows(workspace, "SELECT ref FROM named_parties WHERE name = ?", line.owner)
    return str(rows[0][0]) if rows else None


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_no_line_decision_lead_or_date_is_wrong_or_invented(wales: Workspace, shape: Shape) -> None:
    report = plan(wales, shape)
    assert report.meeting is not None
    assert str(report.meeting.date and report.meeting.date.stored_text) == shape.day
    titles = [item.title for item in report.items if item.title]
    assert titles == list(shape.items) or not shape.items
    decisions = [line.text for line in list_lines(report, LineKind.DECISION)]
    assert len(decisions) == len(shape.decisions)
    assert all(text.startswith(start) for text, start in zip(decisions, shape.decisions, strict=True))
    for line in list_lines(report, LineKind.ACTION):
        expected = [action for action in shape.actions if action[0].lower() in line.text.lower()]
        assert expected, line.text
        _words, lead, due = expected[0]
        assert find_lead(wales, line) in (lead, None)
        assert (line.due.iso if line.due else None) in (due, None)


def test_most_actions_are_found_or_asked(wales: Workspace) -> None:
    expected, seen = 0, 0
    for shape in SHAPES:
        report = plan(wales, shape)
        texts = [line.text for line in list_lines(report, LineKind.ACTION)]
        texts += [question.party or "" for question in report.questions if question.field == "kind"]
        found = [any(words.lower() in text.lower() for text in texts) for words, _lead, _due in shape.actions]
        expected, seen = expected + len(found), seen + sum(found)
    assert seen / expected >= 0.85, (seen, expected)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_word_of_the_file_is_in_the_record(wales: Workspace, shape: Shape) -> None:
    report = write(wales, shape)
    assert report.meeting is not None
    rows = read_live_rows(wales)
    tables = ("meetings", "agenda_items", "minute_lines", "attendances", "actions", "decisions", "named_parties")
    stored = " ".join(str(value) for table in tables for row in rows.get(table, ()) for value in row)
    names = " ".join(str(row) for row in query_rows(wales, "SELECT name, name_cy, short FROM named_parties"))
    known = set(normalize_text(f"{stored} {names}").split())
    labels = set(LABELS.split())
    numbers = re.compile(r"\d+|[a-z]|\d+\w{1,2}")
    missing = [
        word
        for word in normalize_text(re.sub(r"<[^>]+>", " ", shape.text)).split()
        if word not in known | labels and not numbers.fullmatch(word)
    ]
    assert not missing


def test_a_second_import_adds_nothing(wales: Workspace) -> None:
    write(wales, BOARD)
    before = read_live_rows(wales)
    again = write(wales, BOARD)
    assert read_live_rows(wales) == before
    assert not again.added
    assert again.unchanged > 5


def test_an_answer_makes_an_action_of_a_note_that_was_imported_before(wales: Workspace) -> None:
    shape = Shape("", BOARD.text + "\nThe Chief Constable to write to the health boards.\n", "", (), (), ())
    first = write(wales, shape)
    (question,) = [question for question in first.questions if question.field == "kind"]
    assert list_lines(first, LineKind.ACTION)[-1].text != "The Chief Constable to write to the health boards."
    request = MinutesRequest(Path("minutes.txt"), shape.text.encode(), group=GROUP)
    import_minutes(wales, request, ImportOptions(answers={question.id: "theirs"}))
    titles = [row[0] for row in query_rows(wales, "SELECT title FROM actions WHERE NOT deleted")]
    assert titles.count("The Chief Constable to write to the health boards.") == 1
    assert len(query_rows(wales, "SELECT 1 FROM minute_lines WHERE text LIKE 'The Chief Constable%'")) == 1


def test_taking_all_leaves_what_only_reads_like_an_action_to_a_person(wales: Workspace) -> None:
    prose = "\nThe Chief Constable to write to the health boards.\n"
    report = write(wales, Shape("", BOARD.text + prose, "", (), (), ()), TakeMode.ALL)
    (question,) = [question for question in report.questions if question.field == "kind"]
    assert (question.is_guess, question.choices) == (True, ("theirs", "ours"))
    titles = [row[0] for row in query_rows(wales, "SELECT title FROM actions WHERE NOT deleted")]
    assert not [title for title in titles if title.startswith("The Chief Constable to write")]
    assert [title for title in titles if title in {line.text for line in list_lines(report, LineKind.ACTION)}]


def test_one_undo_takes_the_whole_import_back(wales: Workspace) -> None:
    before = read_live_rows(wales)
    write(wales, BOARD)
    assert read_live_rows(wales) != before
    undo_step(wales)
    assert read_live_rows(wales) == before


def test_nothing_is_written_while_group_or_date_are_not_known(wales: Workspace) -> None:
    before = read_live_rows(wales)
    request = MinutesRequest(Path("notes.txt"), b"Notes\n\n1. Training\nAction: Bawso to write.\n")
    report = import_minutes(wales, request)
    assert not report.applied
    assert {question.field for question in report.files[0].questions} >= {"group", "day"}
    assert read_live_rows(wales) == before


def test_agreed_minutes_take_no_file(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    set_state(wales, ref, MinutesState.AGREED)
    request = MinutesRequest(Path("minutes.txt"), BOARD.text.encode(), meeting=ref)
    with pytest.raises(Refused, match="agreed"):
        import_minutes(wales, request)


def test_a_file_without_text_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadFile, match="no text"):
        import_minutes(wales, MinutesRequest(Path("minutes.txt"), b"\xef\xbb\xbf \r\n"))


def read(workspace: Workspace, text: str) -> MinutesFileReport:
    return plan(workspace, Shape("", text, "", (), (), ()))


def test_actions_with_labels_of_their_own_leave_the_rest_of_their_list_as_notes(wales: Workspace) -> None:
    text = f"{BOARD.text}\nAction points:\n5.1 Action: SG to write.\n5.2 Bawso confirmed that the room was free.\n"
    actions = [line.text for line in list_lines(read(wales, text), LineKind.ACTION)]
    assert "SG to write." in actions
    assert not any("confirmed" in action for action in actions)


def test_a_label_with_names_and_no_colon_asks_about_the_line_before(wales: Workspace) -> None:
    report = read(wales, f"{BOARD.text}\nThe posts will be advertised.\nAction SG\n")
    assert "The posts will be advertised." in [question.party for question in report.questions]


def test_a_list_of_actions_without_a_lead_a_date_or_a_task_is_asked(wales: Workspace) -> None:
    report = read(wales, "Minutes of 14 May 2013\n\nAction items:\n\n- Policy review completed\n- Backup successful\n")
    assert not list_lines(report, LineKind.ACTION)
    assert [question.party for question in report.questions] == ["Policy review completed", "Backup successful"]
    report = read(wales, "Minutes of 14 May 2013\n\nAction items:\n\n- Policy review (Bawso)\n- New web page\n")
    assert [line.text for line in list_lines(report, LineKind.ACTION)] == ["Policy review (Bawso)", "New web page"]


def test_a_line_of_a_list_is_no_item(wales: Workspace) -> None:
    body = "Matters arising\n\nNone.\n\nApproved:\n\nNew web page\n\nIt opens in May.\n\nSecretary\n"
    text = f"Minutes of 14 May 2013\n\n{body}"
    assert [item.title for item in read(wales, text).items] == ["Matters arising"]


def test_a_number_in_a_paragraph_of_its_own_belongs_to_the_title_below_it(wales: Workspace) -> None:
    items = "\n\n".join(("1.", "Fees", "Minutes:", "The fees were noted.", "2.", "Training", "Minutes:", "None."))
    text = f"Minutes of 14 May 2013\n\n{items}\n"
    assert [item.title for item in read(wales, text).items] == ["Fees", "Training"]


def test_what_follows_the_apologies_is_no_attendee(wales: Workspace) -> None:
    head = "Minutes of 14 May 2013\nPresent: AHTC\nApologies: Bawso\n"
    report = read(wales, f"{head}Minutes of Previous Meeting\nAgreed.\nEquipment and Rooms\n")
    assert {attendee.ref for attendee in report.attendance} == {"ahtc", "bawso"}


def list_attendees(report: MinutesFileReport) -> list[str]:
    return [attendee.name for attendee in report.attendance]


def test_names_after_councillors_are_people_also_where_a_list_goes_on_in_the_next_line(wales: Workspace) -> None:
    assert list_attendees(plan(wales, MARGIN))[:4] == ["Ann Alder", "Ben Birch (Chair)", "Carys Cedar", "Dafydd Damson"]
    assert list_attendees(plan(wales, WELSH_MARGIN))[-1] == "Cynghorydd Sir Carys Cedar"
    assert list_attendees(plan(wales, CODES)) == ["A Alder (Chair)", "B Birch", "C Cedar", "D Damson", "Clerk E Elm"]


def test_a_list_of_people_may_have_an_office_in_small_letters_and_a_last_name_after_a_sign(wales: Workspace) -> None:
    head = "Minutes of 14 May 2013\n\nPresent: Cllr A Alder, vice chair Cllr B Birch, Cllr C Cedar\n"
    names = [question.party for question in read(wales, head).questions if question.field == "attendance"]
    assert "vice chair Cllr B Birch" in names
    report = read(wales, "Minutes of 14 May 2013\n\nPresent: Councillors A Alder, B Birch, & C Cedar\n")
    assert list_attendees(report) == ["A Alder", "B Birch", "C Cedar"]


def test_a_place_that_goes_on_in_the_next_line_is_whole(wales: Workspace) -> None:
    report = plan(wales, MARGIN)
    assert report.meeting is not None
    assert report.meeting.venue == "the Reading Room, Lower Valley"


def test_the_date_of_a_web_page_is_asked_where_the_minutes_give_none(wales: Workspace) -> None:
    report = plan(wales, Shape("", WEB_PAGE.text.replace(" on Wednesday 5th June 2013", ""), "", (), (), (), ".md"))
    (question,) = [question for question in report.questions if question.field == "day"]
    assert question.theirs == "2013-08-01"
    assert report.meeting is not None
    assert report.meeting.date is None


@pytest.mark.parametrize(
    "title", ["16/05/2013", "Minutes of 16 May 2013", "Forum\n\nDate: 16 May 2013\n\nVenue: Cardiff"]
)
def test_minutes_without_attendance_and_items_keep_their_words(wales: Workspace, title: str) -> None:
    report = read(wales, f"{title}\n\nFirst meeting\n\nTasks\n\nEverybody to read the plan\n")
    lines = [line.text for item in report.items for line in item.lines]
    assert lines == ["First meeting", "Tasks", "Everybody to read the plan"]
