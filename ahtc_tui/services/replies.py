"""Answers to invitations, read from the files that guests send back: planned first, then written as one step.

What is not certain (a stranger, an unknown meeting, an old answer) is a question and never written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports import Added, Changed, FileReport, ImportReport, Question, Warned
from ahtc_tui.domain.meetings import Presence, Reply
from ahtc_tui.domain.replies import Answer
from ahtc_tui.domain.words import _
from ahtc_tui.formats.ics_replies import read_answers
from ahtc_tui.store import replies as stored

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.database import Cursor

Write = tuple[str, bytes | None, dict[str, Any]]
"""Table, the key of the record that is changed (None makes one), and values."""

NO_TIME = datetime.min.replace(tzinfo=UTC)


def read_replies(workspace: Workspace, files: Sequence[Path], apply: bool = True) -> ImportReport:
    """Bring answers to invitations in: who comes, who declines, who sends another. One transaction, one undo.

    Raises BadFile for the first file that cannot be used; then nothing is written from any of them.
    """
    if not files:
        raise BadFile(_("Name a file to import."))
    read = [(path, read_answers(path)) for path in files]
    today = workspace.today()
    if not apply:
        with workspace.database.read() as cursor:
            return _plan(cursor, today, read, applied=False)[0]
    with workspace.database.write("import replies") as ledger:
        report, writes = _plan(ledger.cursor, today, read, applied=True)
        ledger.label = _("import replies: {files}").format(files=", ".join(path.name for path in files)[:80])
        for table, key, values in writes:
            if key:
                ledger.change(table, key, values)
            else:
                ledger.add(table, values)
        return report


@dataclass
class _FilePlan:
    """What becomes of the answers of one file."""

    path: Path
    read: int
    added: list[Added] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    questions: list[Question] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)

    def report(self) -> FileReport:
        return FileReport(
            self.path,
            self.read,
            tuple(self.added),
            tuple(self.changed),
            self.unchanged,
            tuple(self.questions),
            tuple(self.warnings),
        )

    def ask(self, answer: Answer, met: stored.Met | None, reason: str, guest: stored.Guest | None = None) -> None:
        """Leave an answer to a person."""
        said = f"{answer.uid}|{answer.instance}|{answer.email}|{answer.said}|{answer.sent}"
        ours = guest.reply.value if guest else None
        theirs = answer.reply.value if answer.reply else answer.said.lower()
        name = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:8]
        ref, party = met.ref if met else None, guest.name if guest else answer.email
        self.questions.append(Question(name, ref, "reply", None, ours, theirs, reason, answer.cell, party))


@dataclass(frozen=True)
class _Matched:
    """An answer with the meeting and the invitation that it is for."""

    plan: _FilePlan
    answer: Answer
    met: stored.Met
    guest: stored.Guest

    @property
    def time(self) -> datetime:
        return self.answer.sent or NO_TIME

    def warn(self, reason: str) -> None:
        self.plan.warnings.append(Warned(self.answer.cell, f"{self.met.ref}, {self.guest.name}: {reason}"))


def _plan(
    cursor: Cursor, today: date, read: Sequence[tuple[Path, list[Answer]]], *, applied: bool
) -> tuple[ImportReport, list[Write]]:
    """What to report and what to write; the newest answer of each guest counts."""
    plans = [_FilePlan(path, len(answers)) for path, answers in read]
    newest: dict[bytes, _Matched] = {}
    for plan, (_path, answers) in zip(plans, read, strict=True):
        for answer in answers:
            matched = _match(cursor, today, plan, answer)
            if matched is None:
                continue
            other = newest.get(matched.guest.key)
            if other is None or matched.time >= other.time:
                newest[matched.guest.key] = matched
            older = matched if newest[matched.guest.key] is not matched else other
            if older:
                older.plan.unchanged += 1
                older.warn(_("answered again later; the later answer counts"))
    attended: dict[bytes, dict[bytes, Presence]] = {}
    writes: list[Write] = []
    for matched in newest.values():
        there = attended.setdefault(matched.met.key, stored.attendance(cursor, matched.met.key))
        writes += _writes(cursor, matched, there)
    return ImportReport(tuple(plan.report() for plan in plans), applied), writes


def _match(cursor: Cursor, today: date, plan: _FilePlan, answer: Answer) -> _Matched | None:
    """The invitation that an answer is for; None where it is a question, which is then asked."""
    met = stored.meeting_of_uid(cursor, answer.uid, today) if answer.uid else None
    if met is None:
        plan.ask(answer, None, _('no meeting here has the UID "{uid}"').format(uid=answer.uid))
        return None
    guest, reason = _guest(answer, stored.guests(cursor, met.key, today))
    if guest and not reason:
        reason = _doubt(answer, met, guest)
    if guest is None or reason:
        plan.ask(answer, met, reason, guest)
        return None
    return _Matched(plan, answer, met, guest)


def _guest(answer: Answer, invited: Sequence[stored.Guest]) -> tuple[stored.Guest | None, str]:
    """Who of those invited answers, or why that is not certain. A guest's own address counts before a holder's."""
    if answer.instance:
        return None, _("it answers for one day of a series ({day}), not for all of it").format(day=answer.instance)
    if answer.guests != 1 or not answer.email:
        number = answer.guests if answer.guests != 1 else 0
        return None, _("it names {n} guests with an address, not one").format(n=number)
    own = [guest for guest in invited if guest.own == answer.email]
    found = own or [guest for guest in invited if answer.email in guest.holders]
    if len(found) == 1:
        return found[0], ""
    sentence = _("{email} may be several who are invited") if found else _("{email} is not invited")
    return None, sentence.format(email=answer.email)


def _doubt(answer: Answer, met: stored.Met, guest: stored.Guest) -> str:
    """Why an answer of a guest may not count; empty where it does."""
    if answer.sequence is None:
        return _("it does not say which version of the meeting it answers (SEQUENCE)")
    if answer.sequence < met.sequence:
        sentence = _("it answers an earlier version of the meeting (SEQUENCE {theirs}, now {ours})")
        return sentence.format(theirs=answer.sequence, ours=met.sequence)
    if answer.reply is None:
        return _('"{word}" is no answer').format(word=answer.said)
    if answer.sent and guest.answered and answer.sent < datetime.fromisoformat(guest.answered):
        return _("a later answer was imported already ({time})").format(time=guest.answered)
    return ""


def _writes(cursor: Cursor, matched: _Matched, there: dict[bytes, Presence]) -> list[Write]:
    """What one answer writes, noted in its file's plan; nothing where it says what stands."""
    answer, met, guest = matched.answer, matched.met, matched.guest
    reply = answer.reply
    if reply is None or reply is Reply.NEEDS_ACTION:
        matched.warn(_("has not answered yet"))
        matched.plan.unchanged += 1
        return []
    if answer.sequence is not None and answer.sequence > met.sequence:
        matched.warn(_("answers a later version of the meeting than ours (SEQUENCE {n})").format(n=answer.sequence))
    stands = there.get(guest.party)
    if reply in (Reply.ACCEPTED, Reply.TENTATIVE) and stands in (Presence.APOLOGIES, Presence.ABSENT):
        matched.warn(_("attendance still says {state}").format(state=stands.value))
    delegates, note = _delegates(cursor, matched) if reply is Reply.DELEGATED else ([], guest.note)
    values: dict[str, Any] = {"reply": reply.value, "note": note}
    changes = [
        Changed(met.ref, name, was, values[name], answer.cell, guest.name)
        for name, was in (("reply", guest.reply.value), ("note", guest.note))
        if was != values[name]
    ]
    records = _attendances(matched, there, delegates)
    if not changes and not records:
        matched.plan.unchanged += 1
        return []
    matched.plan.changed += changes
    stamp = {"reply": f"{stored.STAMP}{answer.sent.isoformat()}"} if answer.sent else {}
    values["source_notes"] = json.dumps({**guest.source_notes, **stamp}) if stamp else None
    kept = {name: value for name, value in values.items() if value is not None}
    return [("invitations", guest.key, kept), *(("attendances", None, record) for record in records)]


def _delegates(cursor: Cursor, matched: _Matched) -> tuple[list[tuple[bytes, str]], str | None]:
    """Who comes in a guest's place, of those whom the register knows, and the note that names all of them."""
    known: list[tuple[bytes, str]] = []
    named = []
    for email in matched.answer.delegated_to:
        found = stored.with_address(cursor, email)
        if len(found) == 1:
            known.append(found[0])
            named.append(found[0][1])
        else:
            named.append(email)
            matched.warn(_("delegates to {email}, whom the register does not know").format(email=email))
    before = matched.guest.note
    said = _("Delegated to {names}").format(names=", ".join(named)) if named else _("Delegated, not said to whom")
    return known, before if before and said in before else "; ".join(part for part in (before, said) if part)


def _attendances(
    matched: _Matched, there: dict[bytes, Presence], delegates: list[tuple[bytes, str]]
) -> list[dict[str, Any]]:
    """The attendance that an answer makes: apologies, or a deputy. Only before the meeting, and never over another."""
    answer, met, guest = matched.answer, matched.met, matched.guest
    if not met.to_come:
        return []
    made: list[tuple[bytes, str, dict[str, Any]]] = []
    if answer.reply is Reply.DECLINED:
        made = [(guest.party, guest.name, {"state": Presence.APOLOGIES.value, "reason": answer.comment})]
    elif answer.reply is Reply.DELEGATED:
        made = [(key, name, {"state": Presence.DEPUTY.value, "deputy_for": guest.party}) for key, name in delegates]
    records = []
    for party, name, values in made:
        if party in there:
            continue
        there[party] = Presence(values["state"])
        records.append({"meeting": met.key, "party": party, **values})
        shown = values | ({"deputy_for": guest.name} if "deputy_for" in values else {})
        matched.plan.added.append(Added(met.ref, answer.cell, {"record": "attendance", "party": name, **shown}))
    return records
