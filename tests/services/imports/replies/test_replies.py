"""Answers to invitations: what each changes, what is left to a person, and that one undo takes an import back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.domain.meetings.model import MeetingRow, Presence, Reply
from ahtc_tui.services.history import list_steps, undo
from ahtc_tui.services.imports.replies.service import read_replies
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting, edit_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import TODAY, a_holding, a_party, ask

GWENT = "spoc-gwent@example.invalid"
Mails = Callable[..., Path]


@pytest.fixture
def meeting(wales: Workspace) -> MeetingRow:
    """A meeting to come to which the SPOC of Gwent and another are invited."""
    row = add_meeting(wales, meeting_draft({"group": "LG", "starts": "2014-01-14 10:00"}, TODAY))
    for ref in ("spoc-gwent", "spoc-south-wales"):
        invite(wales, row, ask(wales, "SELECT id FROM parties WHERE ref = ?", ref)[0][0])
    return row


def invite(workspace: Workspace, meeting: MeetingRow, party: bytes) -> None:
    with workspace.database.write("invite") as ledger:
        ledger.add("invitations", {"meeting": meeting.key, "party": party})


@pytest.fixture
def mail(meeting: MeetingRow, tmp_path: Path) -> Mails:
    """Makes the file that a guest's calendar sends back."""

    def answer(
        said: str,
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
        guest = (f"ATTENDEE;PARTSTAT={said}{more}:MAILTO:{email}", f"COMMENT:{comment}", "END:VEVENT")
        path.write_text("\r\n".join(("BEGIN:VCALENDAR", "METHOD:REPLY", *event, *guest, "END:VCALENDAR", "")))
        return path

    return answer


def brought_in(workspace: Workspace, *files: Path, apply: bool = True) -> FileReport:
    """What became of the last of these files."""
    return read_replies(workspace, files, apply).files[-1]


def reply_of(workspace: Workspace, meeting: MeetingRow, ref: str = "spoc-gwent") -> Reply:
    return next(guest.reply for guest in show_meeting(workspace, meeting.ref).invitees if guest.ref == ref)


def attendance(workspace: Workspace, meeting: MeetingRow) -> list[tuple[str, Presence, str | None, str | None]]:
    rows = show_meeting(workspace, meeting.ref).attendance
    return [(row.name, row.state, row.deputy_for, row.reason) for row in rows]


@pytest.mark.parametrize(
    ("said", "reply"), [("ACCEPTED", Reply.ACCEPTED), ("TENTATIVE", Reply.TENTATIVE), ("DECLINED", Reply.DECLINED)]
)
def test_an_answer_becomes_the_reply_of_the_invitation(
    wales: Workspace, meeting: MeetingRow, mail: Mails, said: str, reply: Reply
) -> None:
    report = brought_in(wales, mail(said, GWENT.upper()))
    (changed,) = report.changed
    assert (changed.ref, changed.field, changed.was, changed.now) == (meeting.ref, "reply", "needs_action", reply)
    assert (changed.cell, changed.party) == ("VEVENT 1", "Single Point of Contact, Gwent Police")
    assert reply_of(wales, meeting) is reply
    assert faults(wales.database) == []


def test_a_reason_that_looks_like_case_data_is_warned_of(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    report = brought_in(wales, mail("DECLINED", comment="With V1 at court"))
    assert "the reason may hold a person in a case: check it" in report.warnings[0].reason


def test_the_same_file_twice_changes_nothing(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    file = mail("DECLINED", comment="On leave")
    brought_in(wales, file)
    steps = len(list_steps(wales))
    again = brought_in(wales, file)
    assert (again.read, again.changed, again.added, again.unchanged, again.questions) == (1, (), (), 1, ())
    assert len(list_steps(wales)) == steps
    assert len(attendance(wales, meeting)) == 1


def test_who_declines_sends_apologies_with_the_comment_as_the_reason(
    wales: Workspace, meeting: MeetingRow, mail: Mails
) -> None:
    (added,) = brought_in(wales, mail("DECLINED", comment="In court that day")).added
    name = "Single Point of Contact, Gwent Police"
    assert added.values == {"record": "attendance", "party": name, "state": "apologies", "reason": "In court that day"}
    assert attendance(wales, meeting) == [(name, Presence.APOLOGIES, None, "In court that day")]


def test_who_declines_after_the_meeting_or_has_an_attendance_sends_no_apologies(
    wales: Workspace, meeting: MeetingRow, mail: Mails
) -> None:
    key = ask(wales, "SELECT id FROM parties WHERE ref = 'spoc-south-wales'")[0][0]
    with wales.database.write("attend") as ledger:
        ledger.add("attendances", {"meeting": meeting.key, "party": key, "state": "online"})
    brought_in(wales, mail("DECLINED", "spoc-south-wales@example.invalid"))
    after = Workspace(wales.root, wales.database, lambda: date(2014, 1, 20))
    brought_in(after, mail("DECLINED"))
    assert [row[1] for row in attendance(wales, meeting)] == [Presence.ONLINE]
    assert reply_of(wales, meeting) is Reply.DECLINED


def test_a_guest_who_sends_somebody_known_has_a_deputy(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    key = a_party(wales, "Siân Jones", "sian-jones", kind="person")
    with wales.database.write("address") as ledger:
        ledger.change("parties", key, {"email": "Sian.Jones@example.invalid"})
    report = brought_in(wales, mail("DELEGATED", more=';DELEGATED-TO="mailto:sian.jones@example.invalid"'))
    assert [(one.field, one.now) for one in report.changed] == [
        ("reply", "delegated"),
        ("note", "Delegated to Siân Jones"),
    ]
    assert attendance(wales, meeting) == [
        ("Siân Jones", Presence.DEPUTY, "Single Point of Contact, Gwent Police", None)
    ]


def test_a_deputy_whom_nobody_knows_is_noted_and_warned_of(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    report = brought_in(wales, mail("DELEGATED", more=';DELEGATED-TO="mailto:who@example.invalid"'))
    assert report.changed[1].now == "Delegated to who@example.invalid"
    assert "whom the register does not know" in report.warnings[0].reason
    assert (report.added, attendance(wales, meeting)) == ((), [])
    assert reply_of(wales, meeting) is Reply.DELEGATED


def test_a_holder_answers_for_the_post(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    post = ask(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0][0]
    person = a_party(wales, "Gwen Price", "gwen-price", kind="person")
    with wales.database.write("address") as ledger:
        ledger.change("parties", person, {"email": "gwen@example.invalid"})
    a_holding(wales, post, person, from_on="2013-01-01")
    brought_in(wales, mail("ACCEPTED", "Gwen@example.invalid"))
    assert reply_of(wales, meeting) is Reply.ACCEPTED


def test_what_is_not_certain_is_asked_and_never_written(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    cases = {
        "stranger@example.invalid is not invited": mail("ACCEPTED", "stranger@example.invalid"),
        'no meeting here has the UID "other@elsewhere"': mail("ACCEPTED", uid="other@elsewhere"),
        '"COMPLETED" is no answer': mail("COMPLETED"),
        "one day of a series (20140114T100000)": mail("DECLINED", lines=("RECURRENCE-ID:20140114T100000",)),
        "names 2 guests": mail("ACCEPTED", lines=("ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@example.invalid",)),
    }
    before = len(list_steps(wales))
    report = read_replies(wales, list(cases.values()))
    for words, file in zip(cases, report.files, strict=True):
        (question,) = file.questions
        assert words in question.reason
        assert (file.changed, file.added, question.field, question.cell) == ((), (), "reply", "VEVENT 1")
    assert report.left == len(cases)
    assert len({file.questions[0].id for file in report.files}) == len(cases)
    assert len(list_steps(wales)) == before


def test_an_answer_to_an_earlier_time_is_a_question(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    edit_meeting(wales, meeting.ref, meeting_draft({"starts": "2014-01-15 10:00"}, TODAY))
    (question,) = brought_in(wales, mail("ACCEPTED")).questions
    assert "earlier version of the meeting (SEQUENCE 0, now 1)" in question.reason
    assert (question.ours, question.theirs) == ("needs_action", "accepted")
    assert brought_in(wales, mail("ACCEPTED", sequence=1)).changed
    cancel_meeting(wales, meeting.ref)
    assert brought_in(wales, mail("DECLINED", sequence=1)).questions


def test_the_latest_answer_of_a_guest_counts_whatever_the_order_of_the_files(
    wales: Workspace, meeting: MeetingRow, mail: Mails
) -> None:
    late, early = mail("TENTATIVE", sent="20140107T090000Z"), mail("ACCEPTED", sent="20140105T090000Z")
    report = read_replies(wales, [late, early])
    assert [len(file.changed) for file in report.files] == [1, 0]
    assert "answered again later" in report.files[1].warnings[0].reason
    assert reply_of(wales, meeting) is Reply.TENTATIVE
    (question,) = brought_in(wales, early).questions
    assert "a later answer was imported already" in question.reason
    assert reply_of(wales, meeting) is Reply.TENTATIVE


def test_who_accepts_after_apologies_is_warned_of(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    brought_in(wales, mail("DECLINED"))
    report = brought_in(wales, mail("ACCEPTED", sent="20140106T100000Z"))
    assert "attendance still says apologies" in report.warnings[0].reason
    assert reply_of(wales, meeting) is Reply.ACCEPTED


def test_no_answer_yet_changes_nothing(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    report = brought_in(wales, mail("NEEDS-ACTION"))
    assert (report.changed, report.unchanged, len(report.warnings)) == ((), 1, 1)


def test_one_undo_takes_all_files_of_an_import_back(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    read_replies(wales, [mail("DECLINED"), mail("ACCEPTED", "spoc-south-wales@example.invalid")])
    undo(wales)
    assert reply_of(wales, meeting) is Reply.NEEDS_ACTION
    assert reply_of(wales, meeting, "spoc-south-wales") is Reply.NEEDS_ACTION
    assert attendance(wales, meeting) == []
    assert faults(wales.database) == []


def test_a_dry_run_says_the_same_and_writes_nothing(wales: Workspace, meeting: MeetingRow, mail: Mails) -> None:
    file = mail("DECLINED", comment="On leave")
    planned = brought_in(wales, file, apply=False)
    assert attendance(wales, meeting) == []
    assert brought_in(wales, file) == planned


def test_one_file_that_cannot_be_used_keeps_all_out(
    wales: Workspace, meeting: MeetingRow, mail: Mails, tmp_path: Path
) -> None:
    (tmp_path / "bad.ics").write_bytes(b"garbage")
    with pytest.raises(BadFile, match=r"bad\.ics"):
        read_replies(wales, [mail("ACCEPTED"), tmp_path / "bad.ics"])
    assert reply_of(wales, meeting) is Reply.NEEDS_ACTION
