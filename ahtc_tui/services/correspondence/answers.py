"""Takes the answers of members to a circulated text: from a folder of mails, or one by one.

What is late, contradicts an answer, or cannot be read is a question. A late answer is stored and does not count until
a person counts it; of the others nothing is stored.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.correspondence.answer_text import read_answer
from ahtc_tui.domain.correspondence.model import (
    Answer,
    AnswerQuestion,
    AnswerState,
    CirculationReport,
    CirculationState,
)
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadFile, BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.labelled_enum import find_member
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.formats.eml.reader import MEGABYTES, Mail, MailFile, list_mail_files, read_mail
from ahtc_tui.formats.files.atomic_write import make_bytes_writer
from ahtc_tui.formats.files.input_files import read_file_bytes
from ahtc_tui.services.correspondence.circulation import build_report, find_circulation, show_circulation
from ahtc_tui.services.output_folders import claim_free_name, format_file_name, remove_on_failure, write_files
from ahtc_tui.services.record_lookup import CONTACT_KINDS
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.correspondence import members, queries

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.correspondence.members import Member
    from ahtc_tui.store.correspondence.queries import AnswerFile, StoredAnswer, StoredCirculation
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def find_answering(asked: Sequence[Member], mail: Mail) -> list[Member]:
    """Return the members with the address of the sender; of several those with the name too, where that is one."""
    matches = [member for member in asked if mail.email.lower() in member.emails]
    if len(matches) > 1:
        sender = normalize_text(mail.sender)
        named = [member for member in matches if sender in {normalize_text(name) for name in member.names}]
        return named if len(named) == 1 else matches
    return matches


TAKE, SKIP = "theirs", ("ours", "skip")
"""Answers to a question: take what the mail says, or leave what is recorded."""


@dataclass
class _Plan:
    """What is written for each member, and what a person is asked."""

    stored: StoredCirculation
    rows: dict[RowKey, StoredAnswer]
    decisions: Mapping[str, str]
    writes: dict[RowKey, tuple[dict[str, Any], MailFile | None]] = field(default_factory=dict)
    questions: list[AnswerQuestion] = field(default_factory=list)
    known_ids: set[str] = field(default_factory=set)

    def find_decision(self, question_id: str) -> str:
        """Return what a person decided about a question; empty while it waits."""
        self.known_ids.add(question_id)
        return self.decisions.get(question_id, "")

    def ask(self, question: AnswerQuestion) -> None:
        """Add a question, unless a person decided to leave what it asks."""
        if self.decisions.get(question.id) not in SKIP:
            self.questions.append(question)


def list_answers(workspace: Workspace, ref: str) -> CirculationReport:
    """Return the last circulation with its answers; late answers are questions. Raises NotFound."""
    report = show_circulation(workspace, ref)
    return replace(report, questions=tuple(_ask_about_late(report)))


def read_answer_folder(
    workspace: Workspace, ref: str, folder: Path, decisions: Mapping[str, str] | None = None
) -> CirculationReport:
    """Store the clear answers of the mails in a folder and return all answers, with the questions that are left.

    `decisions` has the answer to questions by their key: "theirs", "ours", "skip", or what an unclear mail means.
    Raises NotFound; BadFile for a folder without mails; BadInput for a decision about no question; Refused where the
    text is agreed already.
    """
    mails, unread = _read_mails(list_mail_files(folder))
    today = workspace.today()
    with workspace.database.write(f"answers {ref.upper()}") as ledger:
        stored = _find_open_circulation(ledger.cursor, ref)
        ledger.label = f"answers {stored.ref}"
        rows = {row.party: row for row in queries.read_answers(ledger.cursor, stored.key)}
        plan = _Plan(stored, dict(rows), decisions or {}, questions=unread)
        asked = members.read_members(ledger.cursor, list(rows), today)
        for mail in mails:
            _plan_mail(plan, asked, mail, today)
        late = list(_count_late(plan))
        if wrong := set(plan.decisions) - plan.known_ids:
            raise BadInput(_('There is no question "{id}".').format(id=min(wrong)))
        for party, (values, file) in plan.writes.items():
            _write_answer(ledger, rows[party], values, file)
        for key in late:
            ledger.update("circulation_answers", key, {"counted_late": True})
        report = build_report(ledger.cursor, find_circulation(ledger.cursor, ref), today)
    waiting = (question for question in _ask_about_late(report) if plan.decisions.get(question.id) not in SKIP)
    return replace(report, questions=(*plan.questions, *waiting))


def set_answer(
    workspace: Workspace,
    ref: str,
    person: str,
    answer: Answer,
    file: Path | None = None,
    on: date | None = None,
    *,
    confirmed: bool = False,
) -> CirculationReport:
    """Store the answer of one member, given another way; `confirmed` counts a late one, and replaces another answer.

    Without it an answer that contradicts the recorded one is a question and not stored. Raises NotFound, BadFile,
    and Refused for somebody who was not asked, a day to come, and where the text is agreed already.
    """
    today = workspace.today()
    day = on or today
    if day > today:
        raise Refused(_("{day} is in the future. Give the date of the answer.").format(day=day.isoformat()))
    document = MailFile(file.name, read_file_bytes(file, MEGABYTES)) if file else None
    with workspace.database.write(f"answer {ref.upper()}") as ledger:
        stored = _find_open_circulation(ledger.cursor, ref)
        rows = {row.party: row for row in queries.read_answers(ledger.cursor, stored.key)}
        row = _find_asked(ledger.cursor, person, rows, today, stored.ref)
        ledger.label = f"answer {stored.ref}: {row.who[:40]} {answer.value}"
        question = None
        if row.answer not in (None, answer) and not confirmed:
            question = _contradict(row, answer, day, row.ref)
        else:
            values = _build_values(answer, day, counted_late=confirmed and day > stored.until)
            _write_answer(ledger, row, values, document)
        report = build_report(ledger.cursor, find_circulation(ledger.cursor, ref), today)
    late = [asked for asked in _ask_about_late(report) if asked.id == row.ref]
    return replace(report, questions=(question,) if question else tuple(late))


def save_files(workspace: Workspace, ref: str, folder: Path, *, force: bool = False) -> list[Path]:
    """Write the edited files of the answers into a folder, named after the members. Raises NotFound, Refused."""
    with workspace.database.read() as cursor:
        files = queries.read_answer_files(cursor, find_circulation(cursor, ref).key)
    if not files:
        raise NotFound(_("No answer about {ref} came with a file.").format(ref=ref.upper()))
    taken: set[str] = set()
    targets = {}
    for file in files:
        stem = format_file_name(partial(_name_file, file))
        path = folder / f"{claim_free_name(folder, stem, taken, 'answer')}{Path(file.name).suffix}"
        targets[path] = make_bytes_writer(b64decode(file.content))
    with remove_on_failure() as created:
        write_files(folder, targets, force, created)
    return list(targets)


def _name_file(file: AnswerFile) -> str:
    return f"{file.who} {Path(file.name).stem}"


def _find_open_circulation(cursor: Cursor, ref: str) -> StoredCirculation:
    stored = find_circulation(cursor, ref)
    if stored.agreed_on:
        sentence = _("{ref} was agreed by correspondence on {day}. Answers are closed.")
        raise Refused(sentence.format(ref=stored.ref, day=format_long_date(stored.agreed_on)))
    return stored


def _read_mails(paths: Sequence[Path]) -> tuple[list[Mail], list[AnswerQuestion]]:
    """Return the mails by date, and a question for each file that is none."""
    mails, unread = [], []
    for path in paths:
        try:
            mails.append(read_mail(path))
        except BadFile as error:
            unread.append(AnswerQuestion(path.name, "", None, None, path.name, str(error)))
    return sorted(mails, key=lambda mail: (mail.sent_on or date.max, mail.file)), unread


def _plan_mail(plan: _Plan, asked: Sequence[Member], mail: Mail, today: date) -> None:
    """Plan the answer of one mail, or ask about it."""
    if mail.is_automatic:
        return
    day = min(mail.sent_on or today, today)
    decision = plan.find_decision(mail.file)
    answer = find_member(decision, Answer) if decision else None
    answer = answer or read_answer(mail.text, has_document=mail.document is not None)
    senders = find_answering(asked, mail)
    if len(senders) != 1:
        reason = _("{sender} was not asked. Record the answer with `ahtc meetings answered`.")
        if senders:
            reason = _("{sender} may answer for several members. Record the answer with `ahtc meetings answered`.")
        who = f"{mail.sender} <{mail.email}>" if mail.email != mail.sender else mail.email
        plan.ask(AnswerQuestion(mail.file, who, answer, day, mail.file, reason.format(sender=who)))
        return
    row = plan.rows[senders[0].key]
    if answer is None:
        reason = _("The email does not say clearly whether {who} agrees.").format(who=row.who)
        plan.ask(AnswerQuestion(mail.file, row.who, None, day, mail.file, reason))
    elif row.answer in (None, answer):
        _plan_write(plan, row, answer, day, mail)
    elif row.source == mail.file and decision != TAKE:
        return  # the mail was read before, and a person replaced its answer
    elif decision in (TAKE, answer.value):
        _plan_write(plan, row, answer, day, mail)
    else:
        plan.ask(_contradict(row, answer, day, mail.file))


def _plan_write(plan: _Plan, row: StoredAnswer, answer: Answer, day: date, mail: Mail) -> None:
    if row.answer is answer and not (mail.document and row.file is None):
        return
    values = {**_build_values(answer, day), "source": clean_line(mail.file)}
    plan.writes[row.party] = (values, mail.document)
    file = mail.document.name if mail.document else row.file
    plan.rows[row.party] = row._replace(answer=answer, answered_on=day, source=mail.file, file=file)


def _count_late(plan: _Plan) -> Iterator[RowKey]:
    """Yield the late answers that a person decided to count."""
    for row in plan.rows.values():
        if row.build_row(plan.stored.until).answer is AnswerState.LATE and plan.find_decision(row.ref) == TAKE:
            yield row.key


def _build_values(answer: Answer, day: date, *, counted_late: bool = False) -> dict[str, Any]:
    return {"answer": answer.value, "answered_on": day.isoformat(), "counted_late": counted_late, "source": None}


def _write_answer(ledger: Ledger, row: StoredAnswer, values: dict[str, Any], file: MailFile | None) -> None:
    ledger.update("circulation_answers", row.key, values)
    if file:
        content = b64encode(file.content).decode("ascii")
        values = {"answer": row.key, "name": clean_line(file.name), "size": len(file.content), "content": content}
        ledger.add("circulation_files", values)


def _contradict(row: StoredAnswer, answer: Answer, day: date, question_id: str) -> AnswerQuestion:
    assert row.answer is not None
    reason = _('{who} answered "{before}" before and "{now}" now.').format(
        who=row.who, before=row.answer.label, now=answer.label
    )
    return AnswerQuestion(question_id, row.who, answer, day, question_id, reason)


def _ask_about_late(report: CirculationReport) -> Iterator[AnswerQuestion]:
    if report.state is CirculationState.AGREED:
        return
    for member in report.asked:
        if member.answer is AnswerState.LATE and member.on:
            days = (member.on - report.until).days
            reason = ngettext(
                "{who} answered {n} day after the deadline: {answer}. It does not count unless you count it.",
                "{who} answered {n} days after the deadline: {answer}. It does not count unless you count it.",
                days,
                who=member.who,
                answer=member.given.label if member.given else "",
            )
            yield AnswerQuestion(member.ref, member.who, member.given, member.on, member.source or "", reason)


def _find_asked(
    cursor: Cursor, person: str, rows: Mapping[RowKey, StoredAnswer], today: date, ref: str
) -> StoredAnswer:
    """Return the answer of the member whom words name, or through whom a named person answers."""
    party = find_party(cursor, person, CONTACT_KINDS).key
    if party in rows:
        return rows[party]
    matches = [member for member in members.read_members(cursor, list(rows), today) if party in member.parties]
    if len(matches) != 1:
        raise Refused(_("{person} was not asked about {ref}.").format(person=person, ref=ref))
    return rows[matches[0].key]
