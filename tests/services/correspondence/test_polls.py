"""Date polls: tentative entries out, answers in, and the meeting of the chosen time."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from icalendar import Calendar

from ahtc_tui.domain.correspondence.polls import PollAnswer
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.correspondence import polls
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.service import list_meetings, show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.services.correspondence.test_circulation import MEMBERS, board, write_mail  # noqa: F401

OPTIONS = [f"{day} February 2014, 10am" for day in range(10, 16)]

pytestmark = pytest.mark.usefixtures("board")


@pytest.fixture(autouse=True)
def office(workspace: Workspace) -> None:
    """The secretariat, with an address."""
    with workspace.database.write("office") as ledger:
        values = {"ref": "secretariat", "kind": "post", "name": "Secretariat", "email": "office@example.org"}
        ledger.add("posts", {}, ledger.add("parties", values))


def read_events(paths: list[Path]) -> list[tuple[str, str, str, int]]:
    """Return method, status, UID and SEQUENCE of the event of each calendar file."""
    calendars = [Calendar.from_ical(path.read_bytes()) for path in paths]
    events = [(str(calendar["METHOD"]), calendar.walk("VEVENT")[0]) for calendar in calendars]
    return [(method, str(event["STATUS"]), str(event["UID"]), int(str(event["SEQUENCE"]))) for method, event in events]


def answer_entry(path: Path, email: str, answer: str) -> str:
    """Return the reply of a calendar program to an entry."""
    text = path.read_text(encoding="utf-8").replace("METHOD:REQUEST", "METHOD:REPLY")
    lines = [line for line in text.replace("\r\n ", "").splitlines() if not line.startswith("ATTENDEE")]
    place = next(n for n, line in enumerate(lines) if line.startswith("UID"))
    return "\r\n".join((*lines[:place], f"ATTENDEE;PARTSTAT={answer}:mailto:{email}", *lines[place:]))


def test_six_options_go_out_as_one_draft_with_a_tentative_entry_each(workspace: Workspace, tmp_path: Path) -> None:
    written = polls.add_poll(workspace, "board", "Training day", OPTIONS, tmp_path / "out")
    entries = sorted(path for path in written.files if path.suffix == ".ics")
    events = read_events(entries)
    assert [(method, status, sequence) for method, status, _uid, sequence in events] == [
        ("REQUEST", "TENTATIVE", 0)
    ] * 6
    assert len({uid for _method, _status, uid, _sequence in events}) == 6
    (draft,) = (path for path in written.files if path.suffix == ".eml")
    message = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert len(message["To"].addresses) == 7
    attached = [part.get_content() for part in message.iter_attachments()]
    assert sorted(attached) == sorted(path.read_bytes().decode() for path in entries)
    assert not written.without_address


def test_answers_come_from_calendars_lines_and_keys(workspace: Workspace, tmp_path: Path) -> None:
    written = polls.add_poll(workspace, "board", "Training day", OPTIONS, tmp_path / "out")
    first, second = sorted(path for path in written.files if path.suffix == ".ics")[:2]
    write_mail(tmp_path / "in", "a", "m1@example.org", "See entry")
    mail = tmp_path / "in" / "a.eml"
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    message.add_attachment(
        answer_entry(first, "m1@example.org", "ACCEPTED").encode(), "text", "calendar", params={"method": "REPLY"}
    )
    message.add_attachment(answer_entry(second, "m1@example.org", "TENTATIVE").encode(), "text", "calendar")
    mail.write_bytes(message.as_bytes())
    write_mail(tmp_path / "in", "b", "m2@example.org", "1 yes\n2, 3: no\nMaybe 4\n> 5 yes")
    write_mail(tmp_path / "in", "c", "m3@example.org", "1 ie\n2 efallai\n3 na")
    write_mail(tmp_path / "in", "d", "m4@example.org", "Any day in week 2 of the month would be fine for me")
    report = polls.read_poll_folder(workspace, written.ref, tmp_path / "in")
    counts = [(option.yes, option.maybe, option.no) for option in report.options]
    assert counts == [(3, 0, 0), (0, 2, 1), (0, 0, 2), (0, 1, 0), (0, 0, 0), (0, 0, 0)]
    assert [question.source for question in report.questions] == ["d.eml"]
    assert [option.quorate for option in report.options[:2]] == [False, False]
    report = polls.set_poll_answer(workspace, written.ref, "m4", 1, PollAnswer.YES)
    assert report.options[0].quorate
    assert report.options[0].can_come == MEMBERS[:4]
    report = polls.set_poll_answer(workspace, written.ref, "m4", 1, PollAnswer.NO)
    assert (report.options[0].yes, report.options[0].no) == (3, 1)


def test_choosing_makes_the_meeting_and_withdraws_the_others(workspace: Workspace, tmp_path: Path) -> None:
    written = polls.add_poll(workspace, "board", "Training day", OPTIONS, tmp_path / "out", minutes=90)
    chosen = polls.choose_option(workspace, written.ref, 3, tmp_path / "chosen")
    assert chosen.poll.meeting
    row = show_meeting(workspace, chosen.poll.meeting).row
    assert (row.title, str(row.starts), str(row.ends)) == ("Training day", "2014-02-12 10:00:00", "2014-02-12 11:30:00")
    withdrawn = read_events([path for path in chosen.files if path.suffix == ".ics"])
    uids = [option.uid for option in written.poll.options]
    assert sorted(withdrawn) == sorted(("CANCEL", "CANCELLED", uid, 1) for uid in uids if uid != row.uid)
    assert row.uid == uids[2]
    invitation = message_from_bytes((tmp_path / "chosen" / f"{row.ref}.eml").read_bytes(), policy=policy.default)
    (entry,) = (part for part in invitation.walk() if part.get_content_type() == "text/calendar")
    event = Calendar.from_ical(entry.get_content()).walk("VEVENT")[0]
    assert (str(event["UID"]), int(str(event["SEQUENCE"])), str(event["STATUS"])) == (row.uid, 1, "CONFIRMED")
    with pytest.raises(Refused):
        polls.set_poll_answer(workspace, written.ref, "m1", 1, PollAnswer.YES)
    undo_step(workspace)
    assert polls.show_poll(workspace, written.ref).meeting is None
    assert row.ref not in {meeting.ref for meeting in list_meetings(workspace)}


def test_wrong_options_are_refused_before_anything_is_written(workspace: Workspace, tmp_path: Path) -> None:
    for options, error in (
        (["February 2014"], BadInput),
        (["10 February 2014"], BadInput),
        (["10 February 2013, 10am"], Refused),
        ([OPTIONS[0], OPTIONS[0]], BadInput),
    ):
        with pytest.raises(error):
            polls.add_poll(workspace, "board", "Training day", options, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    written = polls.add_poll(workspace, "board", "Training day", OPTIONS[:1], tmp_path / "out")
    with pytest.raises(NotFound):
        polls.choose_option(workspace, written.ref, 2, tmp_path / "chosen")
    with pytest.raises(Refused):
        polls.set_poll_answer(workspace, written.ref, "secretariat", 1, PollAnswer.YES)
