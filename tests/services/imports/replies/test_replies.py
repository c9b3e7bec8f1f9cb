"""Import of answers to invitations: changes, questions, and undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.domain.meetings.kinds import Presence, Reply
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.history import list_steps, undo_step
from ahtc_tui.services.imports.replies.service import import_replies
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting, edit_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_holding, make_party, query_rows

GWENT = "spoc-gwent@example.invalid"
ReplyMaker = Callable[..., Path]


@pytest.fixture
def meeting(wales: Workspace) -> MeetingRow:
    """A future meeting with the SPOCs of Gwent and South Wales invited."""
    row = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-01-14 10:00"}, TODAY))
    for ref in ("spoc-gwent", "spoc-south-wales"):
        add_invitation(wales, row, query_rows(wales, "SELECT id FROM parties WHERE ref = ?", ref)[0][0])
    return row


def add_invitation(workspace: Workspace, meeting: MeetingRow, party: bytes) -> None:
    with workspace.database.write("invite") as ledger:
        ledger.add("invitations", {"meeting": meeting.key, "party": party})


@pytest.fixture
def mail(meeting: MeetingRow, tmp_path: Path) -> ReplyMaker:
    """Return a function that writes the reply of a guest."""

    def write_reply(
        partstat: str,
        email: str = GWENT,
        *,
        uid: str = meeting.uid,
        sequence: int = 0,
        sent: str = "20140105T100000Z",
        comment: str = "",
        more: str = "",
        lines: tuple[str, ...] = (),
    ) -> Path:
        path = tmp_path / f"answer-{len(list(tmp_path.glob('answer-*')))}.ics"
        event = ("BEGIN:VEVENT", f"UID:{uid}", f"SEQUENCE:{sequence}", f"DTSTAMP:{sent}", *lines)
        guest = (f"ATTENDEE;PARTSTAT={partstat}{more}:MAILTO:{email}", f"COMMENT:{comment}", "END:VEVENT")
        path.write_text("\r\n".join(("BEGIN:VCALENDAR", "METHOD:REPLY", *event, *guest, "END:VCALENDAR", "")))
        return path

    return write_reply


def import_last(workspace: Workspace, *files: Path, apply: bool = True) -> FileReport:
    """Import files and return the report of the last."""
    return import_replies(workspace, files, apply).files[-1]


def find_reply(workspace: Workspace, meeting: MeetingRow, ref: str = "spoc-gwent") -> Reply:
    return next(guest.reply for guest in show_meeting(workspace, meeting.ref).invitees if guest.ref == ref)


def list_attendance(workspace: Workspace, meeting: MeetingRow) -> list[tuple[str, Presence, str | None, str | None]]:
    rows = show_meeting(workspace, meeting.ref).attendance
    return [(row.name, row.state, row.deputy_for, row.reason) for row in rows]


@pytest.mark.parametrize(
    ("partstat", "reply"), [("ACCEPTED", Reply.ACCEPTED), ("TENTATIVE", Reply.TENTATIVE), ("DECLINED", Reply.DECLINED)]
)
def test_an_answer_becomes_the_reply_of_the_invitation(
    wales: Workspace, meeting: MeetingRow, mail: ReplyMaker, partstat: str, reply: Reply
) -> None:
    report = import_last(wales, mail(partstat, GWENT.upper()))
    (changed,) = report.changed
    assert (changed.ref, changed.field, changed.was, changed.now) == (meeting.ref, "reply", "needs_action", reply)
    assert (changed.cell, changed.party) == ("VEVENT 1", "Single Point of Contact, Gwent Police")
    assert find_reply(wales, meeting) is reply
    assert find_faults(wales.database) == []


def test_case_data_in_a_reason_is_a_warning(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    report = import_last(wales, mail("DECLINED", comment="With V1 at court"))
    assert "the reason may hold a person in a case: check it" in report.warnings[0].reason


def test_the_same_file_twice_changes_nothing(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    file = mail("DECLINED", comment="On leave")
    import_last(wales, file)
    steps = len(list_steps(wales))
    second_report = import_last(wales, file)
    assert (
        second_report.read,
        second_report.changed,
        second_report.added,
        second_report.unchanged,
        second_report.questions,
    ) == (1, (), (), 1, ())
    assert len(list_steps(wales)) == steps
    assert len(list_attendance(wales, meeting)) == 1


def test_declining_records_apologies_with_the_comment(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    (added,) = import_last(wales, mail("DECLINED", comment="In court that day")).added
    name = "Single Point of Contact, Gwent Police"
    assert added.values == {"record": "attendance", "party": name, "state": "apologies", "reason": "In court that day"}
    assert list_attendance(wales, meeting) == [(name, Presence.APOLOGIES, None, "In court that day")]


def test_apologies_need_a_future_meeting_without_attendance(
    wales: Workspace, meeting: MeetingRow, mail: ReplyMaker
) -> None:
    key = query_rows(wales, "SELECT id FROM parties WHERE ref = 'spoc-south-wales'")[0][0]
    with wales.database.write("attend") as ledger:
        ledger.add("attendances", {"meeting": meeting.key, "party": key, "state": "online"})
    import_last(wales, mail("DECLINED", "spoc-south-wales@example.invalid"))
    after = Workspace(wales.root, wales.database, lambda: date(2014, 1, 20))
    import_last(after, mail("DECLINED"))
    assert [row[1] for row in list_attendance(wales, meeting)] == [Presence.ONLINE]
    assert find_reply(wales, meeting) is Reply.DECLINED


def test_delegating_to_a_contact_records_a_deputy(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    key = make_party(wales, "Siân Jones", "sian-jones", kind="person")
    with wales.database.write("address") as ledger:
        ledger.update("parties", key, {"email": "Sian.Jones@example.invalid"})
    report = import_last(wales, mail("DELEGATED", more=';DELEGATED-TO="mailto:sian.jones@example.invalid"'))
    assert [(change.field, change.now) for change in report.changed] == [
        ("reply", "delegated"),
        ("note", "Delegated to Siân Jones"),
    ]
    assert list_attendance(wales, meeting) == [
        ("Siân Jones", Presence.DEPUTY, "Single Point of Contact, Gwent Police", None)
    ]


def test_delegating_to_a_stranger_is_noted_with_a_warning(
    wales: Workspace, meeting: MeetingRow, mail: ReplyMaker
) -> None:
    report = import_last(wales, mail("DELEGATED", more=';DELEGATED-TO="mailto:who@example.invalid"'))
    assert report.changed[1].now == "Delegated to who@example.invalid"
    assert "an address outside the register" in report.warnings[0].reason
    assert (report.added, list_attendance(wales, meeting)) == ((), [])
    assert find_reply(wales, meeting) is Reply.DELEGATED


def test_a_post_holder_answers_for_the_post(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    post = query_rows(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0][0]
    person = make_party(wales, "Gwen Price", "gwen-price", kind="person")
    with wales.database.write("address") as ledger:
        ledger.update("parties", person, {"email": "gwen@example.invalid"})
    make_holding(wales, post, person, from_on="2013-01-01")
    import_last(wales, mail("ACCEPTED", "Gwen@example.invalid"))
    assert find_reply(wales, meeting) is Reply.ACCEPTED


def test_uncertain_answers_are_asked_about(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    cases = {
        "stranger@example.invalid is not invited": mail("ACCEPTED", "stranger@example.invalid"),
        'no meeting has the UID "other@elsewhere"': mail("ACCEPTED", uid="other@elsewhere"),
        '"COMPLETED" is not an answer': mail("COMPLETED"),
        "it answers for 20140114T100000": mail("DECLINED", lines=("RECURRENCE-ID:20140114T100000",)),
        "names 2 guests": mail("ACCEPTED", lines=("ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@example.invalid",)),
    }
    before = len(list_steps(wales))
    report = import_replies(wales, list(cases.values()))
    for words, file in zip(cases, report.files, strict=True):
        (question,) = file.questions
        assert words in question.reason
        assert (file.changed, file.added, question.field, question.cell) == ((), (), "reply", "VEVENT 1")
    assert report.open_question_count == len(cases)
    assert len({file.questions[0].id for file in report.files}) == len(cases)
    assert len(list_steps(wales)) == before


def test_an_answer_to_an_earlier_version_is_asked_about(
    wales: Workspace, meeting: MeetingRow, mail: ReplyMaker
) -> None:
    edit_meeting(wales, meeting.ref, build_meeting_draft({"starts": "2014-01-15 10:00"}, TODAY))
    (question,) = import_last(wales, mail("ACCEPTED")).questions
    assert "earlier version of the meeting (SEQUENCE 0, now 1)" in question.reason
    assert (question.ours, question.theirs) == ("needs_action", "accepted")
    assert import_last(wales, mail("ACCEPTED", sequence=1)).changed
    cancel_meeting(wales, meeting.ref)
    assert import_last(wales, mail("DECLINED", sequence=1)).questions


def test_the_latest_answer_of_a_guest_counts(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    late, early = mail("TENTATIVE", sent="20140107T090000Z"), mail("ACCEPTED", sent="20140105T090000Z")
    report = import_replies(wales, [late, early])
    assert [len(file.changed) for file in report.files] == [1, 0]
    assert "answered again later" in report.files[1].warnings[0].reason
    assert find_reply(wales, meeting) is Reply.TENTATIVE
    (question,) = import_last(wales, early).questions
    assert "a later answer has already been imported" in question.reason
    assert find_reply(wales, meeting) is Reply.TENTATIVE


def test_accepting_after_apologies_is_a_warning(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    import_last(wales, mail("DECLINED"))
    report = import_last(wales, mail("ACCEPTED", sent="20140106T100000Z"))
    assert "the attendance is still apologies" in report.warnings[0].reason
    assert find_reply(wales, meeting) is Reply.ACCEPTED


def test_no_answer_yet_changes_nothing(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    report = import_last(wales, mail("NEEDS-ACTION"))
    assert (report.changed, report.unchanged, len(report.warnings)) == ((), 1, 1)


def test_one_undo_reverts_all_files_of_an_import(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    import_replies(wales, [mail("DECLINED"), mail("ACCEPTED", "spoc-south-wales@example.invalid")])
    undo_step(wales)
    assert find_reply(wales, meeting) is Reply.NEEDS_ACTION
    assert find_reply(wales, meeting, "spoc-south-wales") is Reply.NEEDS_ACTION
    assert list_attendance(wales, meeting) == []
    assert find_faults(wales.database) == []


def test_a_dry_run_reports_the_same_and_writes_nothing(wales: Workspace, meeting: MeetingRow, mail: ReplyMaker) -> None:
    file = mail("DECLINED", comment="On leave")
    planned = import_last(wales, file, apply=False)
    assert list_attendance(wales, meeting) == []
    assert import_last(wales, file) == planned


def test_one_unreadable_file_stops_the_whole_import(
    wales: Workspace, meeting: MeetingRow, mail: ReplyMaker, tmp_path: Path
) -> None:
    (tmp_path / "bad.ics").write_bytes(b"garbage")
    with pytest.raises(BadFile, match=r"bad\.ics"):
        import_replies(wales, [mail("ACCEPTED"), tmp_path / "bad.ics"])
    assert find_reply(wales, meeting) is Reply.NEEDS_ACTION
