"""Agreement by correspondence: drafts out, answers in, and the agreement that they propose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from ahtc_tui.domain.correspondence.model import Answer, AnswerState, CirculationReport, CirculationState
from ahtc_tui.domain.drafts.groups import build_group_draft, build_seat_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_decision_draft
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.correspondence import answers, circulation
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.groups.service import add_group
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.minutes.transcripts import StoredQuotation, store_transcript
from tests.builders import make_line, make_party, query_rows, set_clock
from tests.formats.eml.outlook_files import build_message

DEADLINE = date(2014, 1, 15)
MEMBERS = (
    "Chief Constable",
    "Health Board Lead",
    "Prosecutor",
    "Council Leader",
    "Union Lead",
    "Charity Lead",
    "Judge",
)


@pytest.fixture
def board(workspace: Workspace) -> str:
    """A board of seven with a quorum of four, and its minuted meeting; returns the reference of the meeting."""
    today = workspace.today()
    add_group(workspace, build_group_draft({"name": "Board", "quorum": "4"}, today))
    for n, name in enumerate(MEMBERS, 1):
        key = make_party(workspace, name, f"m{n}", kind="person")
        with workspace.database.write("address") as ledger:
            ledger.update("parties", key, {"email": f"m{n}@example.org"})
        give_seat(workspace, "board", f"m{n}", build_seat_draft({"role": "member", "from_on": "2013-01-01"}, today))
    ref = add_meeting(workspace, build_meeting_draft({"group": "board", "starts": "2013-12-10 10:00"}, today)).ref
    add_item(workspace, ref, build_agenda_draft({"title": "Training"}))
    make_line(workspace, ref, "n: two courses were held", 1)
    return ref


def write_mail(
    folder: Path, name: str, sender: str, text: str, day: str = "2014-01-10", file: str = "", **headers: str
) -> None:
    """Write a reply as a mail program saves it."""
    folder.mkdir(exist_ok=True)
    message = EmailMessage()
    message["From"], message["Subject"] = sender, "Re: OFFICIAL: minutes for agreement"
    message["Date"] = f"{date.fromisoformat(day):%a, %d %b %Y} 09:30:00 +0000"
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content(text)
    if file:
        message.add_attachment(b"edited", "application", "octet-stream", filename=file)
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


def list_states(report: CirculationReport) -> list[str]:
    """Return the state of each answer in the order of the members."""
    return [member.answer.value for member in report.asked]


def write_outlook_message(
    folder: Path, name: str, sender: str, text: str, day: str = "2014-01-10", file: str = ""
) -> None:
    """Write a reply as Outlook saves it."""
    folder.mkdir(exist_ok=True)
    files = {file: b"edited"} if file else {}
    (folder / f"{name}.msg").write_bytes(build_message(sender, text, day, files))


def send_seven_answers(folder: Path, write_mail: Callable[..., None] = write_mail) -> None:
    """Write seven answers: four agree, one has changes in a file, one objects, one is late."""
    quoted = "\n\nOn Fri, 3 Jan 2014 the office wrote:\n> AGREED\n> OBJECTS\n"
    write_mail(folder, "1", "m1@example.org", "Agreed" + quoted)
    write_mail(folder, "2", "Lead <M2@EXAMPLE.org>", "Happy to agree these." + quoted)
    write_mail(folder, "3", "m3@example.org", "Cytuno\n\nDiolch")
    write_mail(folder, "4", "m4@example.org", "I agree, with the attached changes.", file="Minutes edited.docx")
    write_mail(folder, "5", "m5@example.org", "I object to item 1." + quoted)
    write_mail(folder, "6", "m6@example.org", "No comments. Agreed.")
    write_mail(folder, "7", "m7@example.org", "Agreed", day="2014-01-17")


def test_each_member_gets_a_draft_with_the_issued_minutes(workspace: Workspace, board: str, tmp_path: Path) -> None:
    report = circulation.circulate(workspace, board, tmp_path / "out", DEADLINE)
    drafts = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in report.files]
    assert [draft["To"] for draft in drafts] == [f"{name} <m{n}@example.org>" for n, name in enumerate(MEMBERS, 1)]
    assert {draft["X-Unsent"] for draft in drafts} == {"1"}
    assert all("Wednesday 15 January 2014" in draft.get_body().get_content() for draft in drafts)  # type: ignore[union-attr]
    (issue,) = lifecycle.list_issues(workspace, board)
    (attached,) = drafts[0].iter_attachments()
    target = tmp_path / "issued.docx"
    lifecycle.write_issued_copy(workspace, board, issue.version, target)
    assert attached.get_content() == target.read_bytes()
    assert lifecycle.show_minutes_state(workspace, board).state == "circulated"
    assert list_states(circulation.show_circulation(workspace, board)) == ["none"] * 7


def test_a_welsh_draft_proposes_welsh_answers(workspace: Workspace, board: str, tmp_path: Path) -> None:
    report = circulation.circulate(workspace, board, tmp_path / "out", DEADLINE, language=Language.CY)
    text = message_from_bytes(report.files[0].read_bytes(), policy=policy.default).get_body().get_content()  # type: ignore[union-attr]
    with use_language(Language.CY):
        assert Answer.AGREED.label.upper() in text


@pytest.mark.parametrize("write", [write_mail, write_outlook_message], ids=["eml", "msg"])
def test_seven_answers_are_read_and_the_late_one_is_asked(
    workspace: Workspace, board: str, tmp_path: Path, write: Callable[..., None]
) -> None:
    circulation.circulate(workspace, board, tmp_path / "out", DEADLINE)
    later = set_clock(workspace, "2014-01-20")
    send_seven_answers(tmp_path / "in", write)
    report = answers.read_answer_folder(later, board, tmp_path / "in")
    assert list_states(report) == ["agreed", "agreed", "agreed", "changes", "objects", "agreed", "late"]
    assert report.asked[3].file == "Minutes edited.docx"
    assert [question.who for question in report.questions] == ["Judge"]
    assert (report.state, report.counted, report.quorum) == (CirculationState.OBJECTED, 5, 4)
    (saved,) = answers.save_files(later, board, tmp_path / "edited")
    assert saved.read_bytes() == b"edited"
    again = answers.read_answer_folder(later, board, tmp_path / "in")
    assert again.asked == report.asked
    counted = answers.read_answer_folder(later, board, tmp_path / "in", {"m7": "theirs"})
    assert list_states(counted)[6] == "agreed"
    assert not counted.questions


def test_a_contradicting_answer_is_asked_and_not_stored(workspace: Workspace, board: str, tmp_path: Path) -> None:
    circulation.circulate(workspace, board, tmp_path / "out", DEADLINE)
    later = set_clock(workspace, "2014-01-12")
    write_mail(tmp_path / "in", "a", "m1@example.org", "Agreed", day="2014-01-09")
    write_mail(tmp_path / "in", "b", "m1@example.org", "On reflection I object.", day="2014-01-11")
    report = answers.read_answer_folder(later, board, tmp_path / "in")
    assert report.asked[0].answer is AnswerState.AGREED
    assert [(question.id, question.answer) for question in report.questions] == [("b.eml", Answer.OBJECTS)]
    report = answers.read_answer_folder(later, board, tmp_path / "in", {"b.eml": "theirs"})
    assert report.asked[0].answer is AnswerState.OBJECTS
    report = answers.set_answer(later, board, "m1", Answer.AGREED)
    assert report.asked[0].answer is AnswerState.OBJECTS
    assert report.questions
    report = answers.set_answer(later, board, "m1", Answer.AGREED, confirmed=True)
    assert report.asked[0].answer is AnswerState.AGREED


def test_unclear_foreign_and_automatic_mails_store_nothing(workspace: Workspace, board: str, tmp_path: Path) -> None:
    circulation.circulate(workspace, board, tmp_path / "out", DEADLINE)
    write_mail(tmp_path / "in", "a", "m1@example.org", "Thanks, I will look at it.", day="2013-12-31")
    write_mail(tmp_path / "in", "b", "somebody@example.org", "Agreed", day="2013-12-31")
    write_mail(
        tmp_path / "in", "c", "m2@example.org", "I agreed to be away", day="2013-12-31", Auto_Submitted="auto-replied"
    )
    (tmp_path / "in" / "d.eml").write_bytes(b"\x00\x01")
    report = answers.read_answer_folder(workspace, board, tmp_path / "in")
    assert list_states(report) == ["none"] * 7
    assert sorted(question.id for question in report.questions) == ["a.eml", "b.eml", "d.eml"]


def test_minutes_are_agreed_after_the_deadline_with_a_quorum(workspace: Workspace, board: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        circulation.agree_by_correspondence(workspace, board)
    circulation.circulate(workspace, board, tmp_path / "out", DEADLINE)
    for n in range(1, 4):
        answers.set_answer(workspace, board, f"m{n}", Answer.AGREED)
    with pytest.raises(Refused, match="4 answers are missing"):
        circulation.agree_by_correspondence(workspace, board)
    later = set_clock(workspace, "2014-01-16")
    with pytest.raises(Refused, match="quorum"):
        circulation.agree_by_correspondence(later, board)
    answers.set_answer(later, board, "m4", Answer.AGREED, on=DEADLINE)
    assert circulation.show_circulation(later, board).proposed == "agreed"
    key = query_rows(later, "SELECT id FROM meetings WHERE ref = ?", board)[0][0]
    store_transcript(later.database, key, [StoredQuotation("A speaker", None, 1, None, "Agreed.")])
    assert circulation.agree_by_correspondence(later, board).destroyed_quotations == 1
    assert str(lifecycle.show_minutes_state(later, board)) == "Agreed by correspondence on 16 January 2014"
    with pytest.raises(Refused):
        answers.set_answer(later, board, "m5", Answer.OBJECTS)
    undo_step(later)
    assert lifecycle.show_minutes_state(later, board).state == "circulated"


def test_a_state_that_is_set_by_hand_is_not_by_correspondence(workspace: Workspace, board: str, tmp_path: Path) -> None:
    circulation.circulate(workspace, board, tmp_path / "out", DEADLINE)
    for n in range(1, 8):
        answers.set_answer(workspace, board, f"m{n}", Answer.AGREED)
    circulation.agree_by_correspondence(workspace, board)
    lifecycle.set_state(workspace, board, MinutesState.DRAFT)
    lifecycle.set_state(workspace, board, MinutesState.AGREED)
    assert str(lifecycle.show_minutes_state(workspace, board)) == "Agreed"


def test_a_decision_is_agreed_under_its_own_reference(workspace: Workspace, board: str, tmp_path: Path) -> None:
    fields = {"text": "Adopt the pathway.", "group": "board", "status": "proposed"}
    ref = decisions.add_decision(workspace, build_decision_draft(fields, workspace.today())).ref
    report = circulation.circulate(workspace, ref, tmp_path / "out", DEADLINE)
    assert "Adopt the pathway." in report.files[0].read_text(encoding="utf-8")
    for n in range(1, 5):
        answers.set_answer(workspace, ref, f"m{n}", Answer.AGREED)
    circulation.agree_by_correspondence(set_clock(workspace, "2014-01-16"), ref)
    decision = decisions.show_decision(workspace, ref)
    assert (decision.status, str(decision.decided_on)) == ("agreed", "16 January 2014")
    with pytest.raises(Refused, match="proposed"):
        circulation.circulate(workspace, ref, tmp_path / "again", DEADLINE)


def test_nothing_is_recorded_where_a_draft_exists(workspace: Workspace, board: str, tmp_path: Path) -> None:
    report = circulation.circulate(workspace, board, tmp_path / "out", DEADLINE)
    undo_step(workspace)
    with pytest.raises(Refused):
        circulation.circulate(workspace, board, tmp_path / "out", DEADLINE)
    assert len(report.files) == 7
    with pytest.raises(NotFound):
        circulation.show_circulation(workspace, board)
