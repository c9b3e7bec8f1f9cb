"""A folder of calendar files: what is written, and what comes back from other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadFile, BadInput, Refused
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.services.exports.exchange_folders import export_calendars
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.series import cancel_day
from ahtc_tui.services.meetings.service import cancel_meeting, edit_meeting, show_meeting
from ahtc_tui.services.privacy.marking_limit import limit_marking
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.meetings import series
from tests.builders import TODAY, read_live_rows, remove_record
from tests.services.exchange.folders import (
    add_board,
    find_file,
    import_calendars,
    list_files,
    read_line,
    replace_text,
)


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path) -> Path:
    """A folder with one meeting: LG-1 on 14 January 2014, 10:00 to 12:00."""
    add_board(workspace)
    export_calendars(workspace, tmp_path / "calendars")
    return tmp_path / "calendars"


def edit(office: Workspace, **fields: str) -> None:
    (ref,) = list_refs(office)
    edit_meeting(office, ref, build_meeting_draft(fields, TODAY))


def list_refs(office: Workspace) -> list[str]:
    return [str(row[0]) for row in _rows(office)]


def _rows(office: Workspace) -> list[tuple[object, ...]]:
    with office.database.read() as cursor:
        return cursor.execute("SELECT ref FROM meetings WHERE NOT deleted ORDER BY n").fetchall()


def read(office: Workspace) -> tuple[str, str, str | None]:
    row = show_meeting(office, list_refs(office)[0]).row
    return row.title, f"{row.starts:%d %H:%M}", row.location


def read_sent_sequences(office: Workspace) -> dict[RowKey, int]:
    """Return the highest number that was sent of each meeting."""
    with office.database.read() as cursor:
        return series.read_sent_sequences(cursor)


def test_a_file_holds_one_meeting_without_method_guests_and_organiser(workspace: Workspace, folder: Path) -> None:
    ((name, data),) = list_files(folder).items()
    text = data.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert not any(word in text for word in ("METHOD", "ATTENDEE", "ORGANIZER"))
    assert name.removesuffix(".ics").replace("-", "").isalnum()


def test_a_series_and_its_changed_days_are_one_file(workspace: Workspace, tmp_path: Path) -> None:
    row = add_board(workspace, repeat="FREQ=WEEKLY;COUNT=6")
    cancel_day(workspace, row.ref, row.starts.date())  # type: ignore[union-attr]
    report = export_calendars(workspace, tmp_path / "out")
    assert report.written == 1
    ((_name, data),) = list_files(tmp_path / "out").items()
    assert data.count(b"\r\nUID:") == 2
    assert len({line for line in data.splitlines() if line.startswith(b"UID:")}) == 1


def test_only_changed_files_are_written_again(workspace: Workspace, folder: Path) -> None:
    add_board(workspace, "Forum")
    before = list_files(folder)
    report = export_calendars(workspace, folder)
    assert (report.written, report.unchanged) == (1, 1)
    assert before.items() < list_files(folder).items()


def test_a_refused_folder_records_no_sequence(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    edit(workspace, starts="2014-01-15 10:00")
    (tmp_path / "file").write_text("Not a folder")
    before = read_sent_sequences(workspace)
    for target in (tmp_path / "file", workspace.root):
        with pytest.raises(Refused):
            export_calendars(workspace, target)
    assert read_sent_sequences(workspace) == before
    export_calendars(workspace, folder)
    assert read_sent_sequences(workspace) != before


def test_files_of_others_are_left_alone(workspace: Workspace, folder: Path) -> None:
    (folder / "other.ics").write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:theirs\nEND:VEVENT\nEND:VCALENDAR\n")
    (folder / "notes.txt").write_text("Not ours")
    edit(workspace, title="Board of the year")
    export_calendars(workspace, folder)
    assert (folder / "notes.txt").read_text() == "Not ours"
    assert "UID:theirs" in (folder / "other.ics").read_text()


def test_a_change_there_is_taken_and_one_undo_reverts_it(workspace: Workspace, folder: Path) -> None:
    before = read(workspace)
    replace_text(find_file(folder, "Board"), ("T100000", "T140000"), ("T120000", "T160000"), ("Cathays", "Bute"))
    report = import_calendars(workspace, folder)
    assert {(each.field, each.now) for each in report.changed} == {
        ("starts", "2014-01-14T14:00:00"), ("venue", "Bute Park"),
    }  # fmt: skip
    assert report.questions == ()
    assert read(workspace) == ("Board", "14 14:00", "Bute Park")
    assert export_calendars(workspace, folder).written == 0
    undo_step(workspace)
    assert read(workspace) == before
    assert export_calendars(workspace, folder).written == 1
    assert "Cathays" in find_file(folder, "Board").read_text()


def test_a_change_here_is_kept_beside_another_there(workspace: Workspace, folder: Path) -> None:
    edit(workspace, title="Board of the year")
    replace_text(find_file(folder, "Board"), ("Cathays", "Bute"))
    report = import_calendars(workspace, folder)
    assert [(each.field, each.now) for each in report.changed] == [("venue", "Bute Park")]
    assert (report.kept, report.questions) == (1, ())
    assert export_calendars(workspace, folder).written == 1
    assert read_line(find_file(folder, "Bute"), "SUMMARY") == "Board of the year"


@pytest.mark.parametrize("answer", ["ours", "theirs"])
def test_a_field_changed_here_and_there_is_a_question(workspace: Workspace, folder: Path, answer: str) -> None:
    edit(workspace, title="Board of the year")
    replace_text(find_file(folder, "Board"), ("SUMMARY:Board", "SUMMARY:Council"))
    (question,) = import_calendars(workspace, folder).questions
    assert (question.field, question.ours, question.theirs) == ("title", "Board of the year", "Council")
    assert export_calendars(workspace, folder).written == 0, "an open question leaves the file alone"
    assert import_calendars(workspace, folder, {question.id: answer}).questions == ()
    export_calendars(workspace, folder)
    title = "Council" if answer == "theirs" else "Board of the year"
    assert read(workspace)[0] == title
    assert read_line(next(folder.glob("*.ics")), "SUMMARY") == title
    assert import_calendars(workspace, folder).unchanged == 1


def test_an_export_leaves_a_file_that_was_changed_there(workspace: Workspace, folder: Path) -> None:
    replace_text(find_file(folder, "Board"), ("Cathays", "Bute"))
    edit(workspace, title="Board of the year")
    before = list_files(folder)
    report = export_calendars(workspace, folder)
    assert [left.ref for left in report.left_out] == list_refs(workspace)
    assert list_files(folder) == before


def test_a_file_removed_there_never_removes_the_meeting(workspace: Workspace, folder: Path) -> None:
    before = read_live_rows(workspace)
    find_file(folder, "Board").unlink()
    assert export_calendars(workspace, folder).written == 0
    (question,) = import_calendars(workspace, folder).questions
    assert (question.field, question.ref) == ("file", list_refs(workspace)[0])
    assert read_live_rows(workspace) == before
    with pytest.raises(BadInput, match="nothing is removed by a file"):
        import_calendars(workspace, folder, {question.id: "theirs"})
    import_calendars(workspace, folder, {question.id: "ours"})
    assert export_calendars(workspace, folder).written == 1
    assert find_file(folder, "Board")


def test_a_day_of_a_series_removed_there_is_a_question(workspace: Workspace, tmp_path: Path) -> None:
    row = add_board(workspace, repeat="FREQ=WEEKLY;COUNT=6")
    cancel_day(workspace, row.ref, row.starts.date())  # type: ignore[union-attr]
    export_calendars(workspace, tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.ics")
    head, *events = path.read_bytes().decode().split("BEGIN:VEVENT")
    path.write_bytes(f"{head}BEGIN:VEVENT{events[0]}END:VCALENDAR\r\n".encode())
    before = read_live_rows(workspace)
    (question,) = import_calendars(workspace, tmp_path / "out").questions
    assert "was removed in the file" in question.reason
    assert read_live_rows(workspace) == before


def test_many_files_removed_there_are_one_question(workspace: Workspace, tmp_path: Path) -> None:
    for n in range(22):
        add_board(workspace, f"Board {n}")
    export_calendars(workspace, tmp_path / "out")
    for path in (tmp_path / "out").glob("*.ics"):
        path.unlink()
    (question,) = import_calendars(workspace, tmp_path / "out").questions
    import_calendars(workspace, tmp_path / "out", {question.id: "ours"})
    assert export_calendars(workspace, tmp_path / "out").written == 22


def test_a_cancellation_there_is_a_question(workspace: Workspace, folder: Path) -> None:
    replace_text(find_file(folder, "Board"), ("STATUS:CONFIRMED", "STATUS:CANCELLED"))
    (question,) = import_calendars(workspace, folder).questions
    assert question.field == "state"
    import_calendars(workspace, folder, {question.id: "theirs"})
    assert show_meeting(workspace, list_refs(workspace)[0]).row.state is MeetingState.CANCELLED


def test_a_new_file_there_becomes_a_meeting_and_keeps_its_name(workspace: Workspace, folder: Path) -> None:
    (folder / "from-phone.ics").write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//phone//EN\r\nBEGIN:VEVENT\r\nUID:abc@phone\r\n"
        "DTSTAMP:20140101T000000Z\r\nDTSTART:20140120T090000Z\r\nDTEND:20140120T100000Z\r\nSUMMARY:Visit\r\n"
        "X-COLOUR:red\r\nATTENDEE:mailto:clerk@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (added,) = import_calendars(workspace, folder).added
    names = set(list_files(folder))
    assert export_calendars(workspace, folder).written == 0
    edit_meeting(workspace, str(added.ref), build_meeting_draft({"venue": "County Hall"}, TODAY))
    assert export_calendars(workspace, folder).written == 1
    assert set(list_files(folder)) == names
    text = (folder / "from-phone.ics").read_text()
    assert all(part in text for part in ("County Hall", "X-COLOUR:red", "clerk@example.org"))
    assert import_calendars(workspace, folder).unchanged == 2


def test_a_file_that_another_program_only_rewrote_is_unchanged(workspace: Workspace, folder: Path) -> None:
    replace_text(find_file(folder, "Board"), ("PRODID:-//ahtc//", "PRODID:-//phone//"), ("SEQUENCE:0", "SEQUENCE:4"))
    report = import_calendars(workspace, folder)
    assert (report.changed, report.questions, report.unchanged) == ((), (), 1)
    assert export_calendars(workspace, folder).written == 0


def test_the_file_of_a_removed_meeting_is_removed(workspace: Workspace, folder: Path) -> None:
    add_board(workspace, "Forum")
    export_calendars(workspace, folder)
    row = show_meeting(workspace, list_refs(workspace)[1]).row
    remove_record(workspace, "meetings", row.key)
    assert export_calendars(workspace, folder).removed == 1
    assert len(list_files(folder)) == 1
    assert import_calendars(workspace, folder).unchanged == 1


def test_what_is_marked_higher_leaves_the_folder(workspace: Workspace, folder: Path) -> None:
    edit(workspace, marking="official-sensitive")
    with limit_marking(workspace, Marking.OFFICIAL) as limited:
        report = export_calendars(limited, folder)
    assert (report.removed, list_files(folder)) == (1, {})
    assert len(limited.database.left_out) == 1


def test_a_folder_of_another_office_loses_no_file(workspace: Workspace, folder: Path, wales: Workspace) -> None:
    before = list_files(folder)
    report = export_calendars(wales, folder)
    assert report.removed == 0
    assert before.items() < list_files(folder).items()


def test_a_dry_run_agrees_on_nothing(workspace: Workspace, folder: Path) -> None:
    replace_text(find_file(folder, "Board"), ("Cathays", "Bute"))
    state = (folder / ".ahtc-calendars.json").read_bytes()
    assert import_calendars(workspace, folder, apply=False).changed
    assert (folder / ".ahtc-calendars.json").read_bytes() == state
    assert import_calendars(workspace, folder).changed


def test_a_damaged_file_is_named_and_the_others_are_read(workspace: Workspace, folder: Path) -> None:
    replace_text(find_file(folder, "Board"), ("Cathays", "Bute"))
    (folder / "broken.ics").write_text("nothing")
    report = import_calendars(workspace, folder)
    assert [warning.cell for warning in report.warnings] == ["broken.ics"]
    assert len(report.changed) == 1


ENTRY = '{"key": "00112233445566778899aabbccddeeff", "text": "x"}'


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"version": 9, "files": {}}',
        '{"version": 1, "files": {"a.ics": 1}}',
        '{"version": 1, "files": {"a.ics": {"key": "00", "text": "x"}}}',
        *(
            f'{{"version": 1, "files": {{"{name}": {ENTRY}}}}}'
            for name in ("../a.ics", "..\\\\a.ics", "/tmp/a.ics", ".a.ics", "a.txt")
        ),
    ],
)
def test_a_damaged_record_of_the_last_export_is_refused(workspace: Workspace, folder: Path, text: str) -> None:
    (folder / ".ahtc-calendars.json").write_text(text)
    before = list_files(folder)
    with pytest.raises(BadFile, match="is damaged"):
        export_calendars(workspace, folder)
    with pytest.raises(BadFile, match="is damaged"):
        import_calendars(workspace, folder)
    assert list_files(folder) == before


def test_an_empty_folder_and_that_of_the_database_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadFile, match="has no"):
        import_calendars(workspace, tmp_path / "empty")
    with pytest.raises(Refused, match="folder of the database"):
        export_calendars(workspace, workspace.root)


def test_a_cancelled_meeting_stays_in_the_folder_as_cancelled(workspace: Workspace, folder: Path) -> None:
    cancel_meeting(workspace, list_refs(workspace)[0])
    export_calendars(workspace, folder)
    assert read_line(next(folder.glob("*.ics")), "STATUS") == "CANCELLED"


@pytest.mark.parametrize("needs_decision", [False, True], ids=["without a day", "ends too early"])
def test_a_meeting_without_a_day_only_waits(workspace: Workspace, tmp_path: Path, needs_decision: bool) -> None:
    row = add_board(workspace, starts="2014-03-31 10:00", ends="12:00")
    with workspace.database.write("test") as ledger:
        values = {"ends": "2014-03-31T09:00"} if needs_decision else {"day": None, "start_time": None}
        ledger.update("meetings", row.key, values)
    report = export_calendars(workspace, tmp_path / "out")
    assert [left.ref for left in report.left_out] == [row.ref]
    assert report.needs_decision is needs_decision


def test_a_change_of_all_later_days_comes_back_as_a_second_series(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    add_board(workspace, repeat="FREQ=WEEKLY;COUNT=4")
    export_calendars(workspace, folder)
    path = find_file(folder, "SUMMARY:Board")
    change = (
        f"BEGIN:VEVENT\r\nUID:{read_line(path, 'UID')}\r\nDTSTAMP:20140101T100000Z\r\nSUMMARY:Board\r\n"
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20140128T100000\r\n"
        "DTSTART;TZID=Europe/London:20140128T140000\r\nDTEND;TZID=Europe/London:20140128T160000\r\nEND:VEVENT\r\n"
    )
    replace_text(path, ("END:VCALENDAR", change + "END:VCALENDAR"))
    report = import_calendars(workspace, folder)
    assert (len(report.added), report.questions) == (1, ())
    assert [show_meeting(workspace, ref).row.recurrence for ref in list_refs(workspace)] == ["FREQ=WEEKLY;COUNT=2"] * 2
    export_calendars(workspace, folder)
    assert len(list_files(folder)) == 2
    again = import_calendars(workspace, folder)
    assert (again.added, again.changed, again.questions) == ((), (), ())
