"""Answers to invitations, read from the files that guests send back: planned first, then written as one step.

What is not certain (a stranger, an unknown meeting, an old answer) is a question, written only as a person decides it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.case_data.detector import looks_like_case_data
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.replies import Answer
from ahtc_tui.domain.imports.report import Added, Changed, ImportReport, Take, Wishes
from ahtc_tui.domain.meetings.model import Presence, Reply
from ahtc_tui.formats.ics.replies import read_answers
from ahtc_tui.services import backup
from ahtc_tui.services.imports.file_plan import FilePlan
from ahtc_tui.services.imports.replies.matching import Matched, match
from ahtc_tui.services.meetings.series import take_planned
from ahtc_tui.store.imports import replies as stored

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


class Write(NamedTuple):
    """A record that an answer changes or makes, on the meeting or the day of the series that it is for."""

    matched: Matched
    table: str
    key: bytes
    """Empty where the record is made."""
    values: dict[str, Any]


def read_replies(
    workspace: Workspace, files: Sequence[Path], apply: bool = True, wishes: Wishes | None = None
) -> ImportReport:
    """Bring answers to invitations in: who comes, who declines, who sends another. One transaction, one undo.

    Raises BadFile for the first file that cannot be used; then nothing is written from any of them.
    """
    if not files:
        raise BadFile(_("Name a file to import."))
    wishes = wishes or Wishes()
    read = [(path, read_answers(path)) for path in files]
    today = workspace.today()
    if not apply or wishes.take is Take.NONE:
        with workspace.database.read() as cursor:
            return _plan(cursor, today, read, wishes, applied=False)[0]
    backup.before(workspace, "import")
    with workspace.database.write("import replies") as ledger:
        report, writes = _plan(ledger.cursor, today, read, wishes, applied=True)
        ledger.label = _("import replies: {files}").format(files=", ".join(path.name for path in files)[:80])
        for write in writes:
            _apply(ledger, write)
        return report


def _apply(ledger: Ledger, write: Write) -> None:
    """Write one record; a day of a series gets its own first, and the invitation is then the one of that day."""
    matched, key = write.matched, write.key
    meeting = matched.met.key
    if matched.slot:
        meeting = take_planned(ledger, meeting, matched.slot)
        if key:
            key = stored.invitation_of(ledger.cursor, meeting, matched.guest.party)
    if key:
        ledger.change(write.table, key, write.values)
    else:
        ledger.add(write.table, {"meeting": meeting, **write.values})


def _plan(
    cursor: Cursor, today: date, read: Sequence[tuple[Path, list[Answer]]], wishes: Wishes, *, applied: bool
) -> tuple[ImportReport, list[Write]]:
    """What to report and what to write; the newest answer of each guest counts."""
    plans = [FilePlan(path, len(answers), wishes) for path, answers in read]
    newest: dict[Any, Matched] = {}
    for plan, (_path, answers) in zip(plans, read, strict=True):
        for answer in answers:
            matched = match(cursor, today, plan, answer)
            if matched is None:
                continue
            other = newest.get(matched.identity)
            if other is None or matched.time >= other.time:
                newest[matched.identity] = matched
            older = matched if newest[matched.identity] is not matched else other
            if older:
                older.plan.unchanged += 1
                older.warn(_("answered again later; the later answer counts"))
    attended: dict[Any, dict[bytes, Presence]] = {}
    writes: list[Write] = []
    for matched in [each for one in newest.values() for each in (one, *_on_days(cursor, today, one, newest))]:
        at = (matched.met.key, matched.slot)
        there = attended[at] = attended.get(at) or _there(cursor, today, matched)
        writes += _writes(cursor, matched, there)
    return ImportReport(tuple(plan.report() for plan in plans), applied), writes


def _on_days(cursor: Cursor, today: date, matched: Matched, newest: dict[Any, Matched]) -> Iterator[Matched]:
    """An answer for a whole series, for each of its days with a record that the guest did not answer for alone."""
    if matched.slot or not matched.guest.key:
        return
    for key in stored.days_to_come(cursor, matched.met.key, today):
        for guest in stored.guests(cursor, key, today):
            on_day = replace(matched, met=stored.meeting(cursor, key, today), guest=guest)
            if guest.party == matched.guest.party and not guest.answered and on_day.identity not in newest:
                yield on_day


def _there(cursor: Cursor, today: date, matched: Matched) -> dict[bytes, Presence]:
    """What is said of attendance; who declined a series sends apologies for a day that gets a record now."""
    if matched.slot is None:
        return stored.attendance(cursor, matched.met.key)
    invited = stored.guests(cursor, matched.met.key, today)
    return {guest.party: Presence.APOLOGIES for guest in invited if guest.reply is Reply.DECLINED}


def _writes(cursor: Cursor, matched: Matched, there: dict[bytes, Presence]) -> list[Write]:
    """What one answer writes, noted in its file's plan; nothing where it says what stands."""
    answer, met, guest = matched.answer, matched.met, matched.guest
    reply = answer.reply
    if reply is None or reply is Reply.NEEDS_ACTION:
        matched.warn(_("has not answered yet"))
        matched.plan.unchanged += 1
        return []
    if answer.sequence is not None and answer.sequence > met.sequence:
        matched.warn(_("answers a later version of the meeting than ours (SEQUENCE {n})").format(n=answer.sequence))
    if what := looks_like_case_data(answer.comment or ""):
        matched.warn(_("the reason may hold {what}: check it").format(what=what))
    stands = there.get(guest.party)
    if reply in (Reply.ACCEPTED, Reply.TENTATIVE) and stands in (Presence.APOLOGIES, Presence.ABSENT):
        matched.warn(_("attendance still says {state}").format(state=stands.value))
    delegates, note = _delegates(cursor, matched) if reply is Reply.DELEGATED else ([], guest.note)
    values: dict[str, Any] = {"reply": reply.value, "note": note}
    changes = [
        Changed(met.ref, name, was, values[name], answer.cell, matched.who)
        for name, was in (("reply", guest.reply.value), ("note", guest.note))
        if was != values[name]
    ]
    records = _attendances(matched, there, delegates)
    if not changes and not records:
        matched.plan.unchanged += 1
        return []
    return [_invitation(matched, values, changes), *(Write(matched, "attendances", b"", record) for record in records)]


def _invitation(matched: Matched, values: dict[str, Any], changes: list[Changed]) -> Write:
    """The invitation with its answer; made for somebody who was not invited."""
    answer, guest, plan = matched.answer, matched.guest, matched.plan
    stamp = {"reply": f"{stored.STAMP}{answer.sent.isoformat()}"} if answer.sent else {}
    values["source_notes"] = json.dumps({**guest.source_notes, **stamp}) if stamp else None
    kept = {name: value for name, value in values.items() if value is not None}
    if guest.key:
        plan.changed += changes
        return Write(matched, "invitations", guest.key, kept)
    said = {"record": "invitation", "party": matched.who, "reply": kept["reply"]}
    plan.added.append(Added(matched.met.ref, answer.cell, said))
    return Write(matched, "invitations", b"", kept | _person(guest.party, guest.name))


def _person(party: bytes, name: str) -> dict[str, Any]:
    """Somebody of the register, or the words for somebody who is not in it."""
    return {"party": party} if party else {"words": name}


def _delegates(cursor: Cursor, matched: Matched) -> tuple[list[tuple[bytes, str]], str | None]:
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
    matched: Matched, there: dict[bytes, Presence], delegates: list[tuple[bytes, str]]
) -> list[dict[str, Any]]:
    """The attendance that an answer makes: apologies, or a deputy. Only before the meeting, and never over another."""
    answer, met, guest = matched.answer, matched.met, matched.guest
    if not met.to_come:
        return []
    made: list[tuple[bytes, str, dict[str, Any]]] = []
    if answer.reply is Reply.DECLINED:
        made = [(guest.party, matched.who, {"state": Presence.APOLOGIES.value, "reason": answer.comment})]
    elif answer.reply is Reply.DELEGATED:
        made = [
            (key, name, {"state": Presence.DEPUTY.value, "deputy_for": guest.party or None}) for key, name in delegates
        ]
    records = []
    for party, name, values in made:
        if party in there:
            continue
        if party:
            there[party] = Presence(values["state"])
        records.append({**_person(party, guest.name), **values})
        shown = values | ({"deputy_for": guest.name} if "deputy_for" in values else {})
        matched.plan.added.append(Added(met.ref, answer.cell, {"record": "attendance", "party": name, **shown}))
    return records
