"""Imports answers to invitations: plan first, then one transaction.

An unknown sender, an unknown meeting and an outdated answer are questions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.case_data.detector import find_case_data
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.replies import InvitationAnswer
from ahtc_tui.domain.imports.report import AddedRecord, ChangedField, ImportOptions, ImportReport, TakeMode
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.kinds import Presence, Reply
from ahtc_tui.formats.ics.replies import read_answers
from ahtc_tui.services import backup
from ahtc_tui.services.imports.file_plan import FilePlan
from ahtc_tui.services.imports.replies.matching import MatchedAnswer, match_answer
from ahtc_tui.services.meetings.series import ensure_planned_day
from ahtc_tui.store.imports import replies as stored
from ahtc_tui.store.records.cursor import Table

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


class PlannedWrite(NamedTuple):
    """A record that an answer changes or adds."""

    matched: MatchedAnswer
    table: Table
    key: RowKey
    """NO_KEY where the record is added."""
    values: dict[str, Any]


REPLY_SUFFIXES = (".ics", ".eml")
"""Suffixes of files that can hold replies."""


def import_replies(
    workspace: Workspace, files: Sequence[Path], apply: bool = True, options: ImportOptions | None = None
) -> ImportReport:
    """Import answers to invitations, or only plan it without `apply`; of a folder, its calendars and mails.

    Raises BadFile for the first unusable file, and a folder without one; nothing is written then.
    """
    if not files:
        raise BadFile(_("Name a file to import."))
    options = options or ImportOptions()
    answers_by_file = [(path, read_answers(path)) for name in files for path in _list_files(name)]
    today = workspace.today()
    if not apply or options.take is TakeMode.NONE:
        with workspace.database.read() as cursor:
            return _build_plan(cursor, today, answers_by_file, options, applied=False)[0]
    backup.back_up_before(workspace, "import")
    with workspace.database.write("import replies", is_import=True) as ledger:
        report, writes = _build_plan(ledger.cursor, today, answers_by_file, options, applied=True)
        ledger.label = f"import replies: {', '.join(path.name for path in files)[:80]}"
        for write in writes:
            _write_record(ledger, write)
        return report


def _list_files(path: Path) -> list[Path]:
    """Return the files of a folder that hold replies, by name; the path itself if it is not a folder."""
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.is_file() and file.suffix.lower() in REPLY_SUFFIXES)
    if not files:
        raise BadFile(_('The folder "{path}" has no .ics or .eml file.').format(path=path))
    return files


def _write_record(ledger: Ledger, write: PlannedWrite) -> None:
    """Write one record; first add the record of a day of a series, which copies its invitations."""
    matched, key = write.matched, write.key
    meeting = matched.meeting.key
    if matched.slot:
        meeting = ensure_planned_day(ledger, meeting, matched.slot)
        if key:
            key = stored.find_invitation(ledger.cursor, meeting, matched.guest.party)
    if key:
        ledger.update(write.table, key, write.values)
    else:
        ledger.add(write.table, {"meeting": meeting, **write.values})


def _build_plan(
    cursor: Cursor,
    today: date,
    answers_by_file: Sequence[tuple[Path, list[InvitationAnswer]]],
    options: ImportOptions,
    *,
    applied: bool,
) -> tuple[ImportReport, list[PlannedWrite]]:
    """Return the report and the writes; of several answers of a guest the newest counts."""
    plans = [FilePlan(path, len(answers), options) for path, answers in answers_by_file]
    newest: dict[Any, MatchedAnswer] = {}
    for plan, (_path, answers) in zip(plans, answers_by_file, strict=True):
        for answer in answers:
            matched = match_answer(cursor, today, plan, answer)
            if matched is None:
                continue
            earlier = newest.get(matched.identity)
            if earlier is None or matched.answered_at >= earlier.answered_at:
                newest[matched.identity] = matched
            older = matched if newest[matched.identity] is not matched else earlier
            if older:
                older.plan.unchanged += 1
                older.add_warning(_("answered again later; the later answer is used"))
    attendance_by_day: dict[Any, dict[RowKey, Presence]] = {}
    writes: list[PlannedWrite] = []
    for matched in [
        day_answer
        for newest_answer in newest.values()
        for day_answer in (newest_answer, *_spread_over_days(cursor, today, newest_answer, newest))
    ]:
        day_key = (matched.meeting.key, matched.slot)
        attendance = attendance_by_day[day_key] = attendance_by_day.get(day_key) or _find_attendance(
            cursor, today, matched
        )
        writes += _plan_writes(cursor, matched, attendance)
    return ImportReport(tuple(plan.build_report() for plan in plans), applied), writes


def _spread_over_days(
    cursor: Cursor, today: date, matched: MatchedAnswer, newest: dict[Any, MatchedAnswer]
) -> Iterator[MatchedAnswer]:
    """Yield an answer to a series for each of its later days with a record and without an answer of the guest."""
    if matched.slot or not matched.guest.key:
        return
    for day_key in stored.list_upcoming_days(cursor, matched.meeting.key, today):
        for guest in stored.list_guests(cursor, day_key, today):
            day_answer = replace(matched, meeting=stored.read_meeting(cursor, day_key, today), guest=guest)
            if guest.party == matched.guest.party and not guest.answered_at and day_answer.identity not in newest:
                yield day_answer


def _find_attendance(cursor: Cursor, today: date, matched: MatchedAnswer) -> dict[RowKey, Presence]:
    """Return the attendance by party; for a day without a record, apologies of the guests who declined the series."""
    if matched.slot is None:
        return stored.read_attendance(cursor, matched.meeting.key)
    invited = stored.list_guests(cursor, matched.meeting.key, today)
    return {guest.party: Presence.APOLOGIES for guest in invited if guest.reply is Reply.DECLINED}


def _plan_writes(cursor: Cursor, matched: MatchedAnswer, attendance: dict[RowKey, Presence]) -> list[PlannedWrite]:
    """Return the writes of one answer and report them; none where the answer changes nothing."""
    answer, meeting, guest = matched.answer, matched.meeting, matched.guest
    reply = answer.reply
    if reply is None or reply is Reply.NEEDS_ACTION:
        matched.add_warning(_("has not answered yet"))
        matched.plan.unchanged += 1
        return []
    if answer.sequence is not None and answer.sequence > meeting.sequence:
        sentence = _("answers a later version of the meeting than ours (SEQUENCE {n})")
        matched.add_warning(sentence.format(n=answer.sequence))
    if finding := find_case_data(answer.comment or ""):
        matched.add_warning(_("the reason may hold {what}: check it").format(what=finding))
    current_state = attendance.get(guest.party)
    if reply in (Reply.ACCEPTED, Reply.TENTATIVE) and current_state in (Presence.APOLOGIES, Presence.ABSENT):
        matched.add_warning(_("the attendance is still {state}").format(state=current_state.value))
    delegates, note = _find_delegates(cursor, matched) if reply is Reply.DELEGATED else ([], guest.note)
    values: dict[str, Any] = {"reply": reply.value, "note": note}
    changes = [
        ChangedField(meeting.ref, name, was, values[name], answer.cell, matched.guest_label)
        for name, was in (("reply", guest.reply.value), ("note", guest.note))
        if was != values[name]
    ]
    records = _plan_attendances(matched, attendance, delegates)
    if not changes and not records:
        matched.plan.unchanged += 1
        return []
    attendances = [PlannedWrite(matched, "attendances", NO_KEY, record) for record in records]
    return [_plan_invitation(matched, values, changes), *attendances]


def _plan_invitation(matched: MatchedAnswer, values: dict[str, Any], changes: list[ChangedField]) -> PlannedWrite:
    """Return the write of the invitation: changed, or added for an uninvited sender."""
    answer, guest, plan = matched.answer, matched.guest, matched.plan
    stamp = {"reply": f"{stored.REPLY_PREFIX}{answer.sent.isoformat()}"} if answer.sent else {}
    values["source_notes"] = json.dumps({**guest.source_notes, **stamp}) if stamp else None
    set_values = {name: value for name, value in values.items() if value is not None}
    if guest.key:
        plan.changed += changes
        return PlannedWrite(matched, "invitations", guest.key, set_values)
    display_values = {"record": "invitation", "party": matched.guest_label, "reply": set_values["reply"]}
    plan.added.append(AddedRecord(matched.meeting.ref, answer.cell, display_values))
    return PlannedWrite(matched, "invitations", NO_KEY, set_values | _build_person_values(guest.party, guest.name))


def _build_person_values(party: RowKey, name: str) -> dict[str, Any]:
    """Return the columns of a contact, or of a name that is not in the register."""
    return {"party": party} if party else {"words": name}


def _find_delegates(cursor: Cursor, matched: MatchedAnswer) -> tuple[list[tuple[RowKey, str]], str | None]:
    """Return the delegates in the register, and the note that names all delegates."""
    delegates: list[tuple[RowKey, str]] = []
    names = []
    for email in matched.answer.delegated_to:
        matches = stored.find_by_address(cursor, email)
        if len(matches) == 1:
            delegates.append(matches[0])
            names.append(matches[0][1])
        else:
            names.append(email)
            matched.add_warning(_("delegates to {email}, an address outside the register").format(email=email))
    note = matched.guest.note
    text = _("Delegated to {names}").format(names=", ".join(names)) if names else _("Delegated to an unnamed person")
    return delegates, note if note and text in note else "; ".join(part for part in (note, text) if part)


def _plan_attendances(
    matched: MatchedAnswer, attendance: dict[RowKey, Presence], delegates: list[tuple[RowKey, str]]
) -> list[dict[str, Any]]:
    """Return new attendance records: apologies or a deputy, before the meeting and where there is none yet."""
    answer, meeting, guest = matched.answer, matched.meeting, matched.guest
    if not meeting.is_upcoming:
        return []
    entries: list[tuple[RowKey, str, dict[str, Any]]] = []
    if answer.reply is Reply.DECLINED:
        entries = [(guest.party, matched.guest_label, {"state": Presence.APOLOGIES.value, "reason": answer.comment})]
    elif answer.reply is Reply.DELEGATED:
        entries = [
            (key, name, {"state": Presence.DEPUTY.value, "deputy_for": guest.party or None}) for key, name in delegates
        ]
    records = []
    for party, name, values in entries:
        if party in attendance:
            continue
        if party:
            attendance[party] = Presence(values["state"])
        records.append({**_build_person_values(party, guest.name), **values})
        display_values = values | ({"deputy_for": guest.name} if "deputy_for" in values else {})
        display_values = {"record": "attendance", "party": name, **display_values}
        matched.plan.added.append(AddedRecord(meeting.ref, answer.cell, display_values))
    return records
