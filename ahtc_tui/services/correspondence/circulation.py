"""Circulates minutes and proposed decisions for agreement until a date, and agrees them by the answers.

Nothing is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.correspondence.model import AnswerState, CirculationReport, CirculationState, find_state
from ahtc_tui.domain.documents.chasers import Addressee, Sender, WithoutAddress, choose_letter_language
from ahtc_tui.domain.documents.meeting_document import Cut, Edition
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import Language, _, choose_printed_text, ngettext, use_language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.kinds import DecisionStatus
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.formats.eml.draft import Attachment
from ahtc_tui.formats.eml.notes import CirculationLetter, build_circulation_draft
from ahtc_tui.formats.files.atomic_write import make_bytes_writer
from ahtc_tui.formats.ics.invitation_text import parse_address
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.issued_copies import store_issued_copy
from ahtc_tui.services.documents.meeting_file_names import find_meeting_path
from ahtc_tui.services.meetings.service import refuse_not_held
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.output_folders import claim_free_name, format_file_name, remove_on_failure, write_files
from ahtc_tui.store.correspondence import members, queries
from ahtc_tui.store.correspondence.queries import StoredCirculation
from ahtc_tui.store.documents.chasers import read_addressee, read_sender
from ahtc_tui.store.meetings.decisions import read_decision
from ahtc_tui.store.meetings.queries import find_secretariat, read_meeting
from ahtc_tui.store.minutes import lifecycle as minutes
from ahtc_tui.store.minutes.transcripts import destroy_pending
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import find_by_ref

if TYPE_CHECKING:
    from ahtc_tui.services.output_folders import Writer
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class CirculatedReport:
    """The drafts that were written."""

    ref: str
    until: date
    files: tuple[Path, ...]
    without_address: tuple[WithoutAddress, ...]
    """Members to reach another way: their letter is a copy of the text."""
    version: int | None
    marking: Marking


class Subject(NamedTuple):
    """The text that is circulated: minutes of a meeting, or a decision."""

    key: RowKey
    ref: str
    is_decision: bool


def find_subject(cursor: Cursor, ref: str) -> Subject:
    """Return the meeting or the decision with a reference. Raises NotFound."""
    if decision := find_by_ref(cursor, "decisions", ref):
        return Subject(decision.key, decision.ref, is_decision=True)
    return Subject(*record_lookup.find_meeting(cursor, ref), is_decision=False)


def circulate(
    workspace: Workspace,
    ref: str,
    folder: Path,
    until: date,
    *,
    force: bool = False,
    language: Language | None = None,
) -> CirculatedReport:
    """Write a mail draft to each member, and record who was asked and until when.

    Minutes are issued as the version that the members get, and become circulated. Raises NotFound; Refused for a
    deadline that has passed, for a text that is agreed, without members, and where a file exists.
    """
    if until < workspace.today():
        raise Refused(_("The deadline {day} has passed. Give a later date.").format(day=until.isoformat()))
    with remove_on_failure() as created, workspace.database.write(f"circulate {ref.upper()}") as ledger:
        subject = find_subject(ledger.cursor, ref)
        if subject.is_decision:
            letter, group, version = _build_decision_letter(ledger.cursor, subject, until)
        else:
            letter, group, version = _build_minutes_letter(ledger, workspace, subject, until, language)
        ledger.label = f"circulate {subject.ref}"
        meeting = None if subject.is_decision else subject.key
        keys = members.list_member_keys(ledger.cursor, group, workspace.today(), meeting)
        if not keys:
            raise Refused(_("{ref} has no members or invited people, so nobody can be asked.").format(ref=subject.ref))
        column = "decision" if subject.is_decision else "meeting"
        days = {"sent_on": workspace.today().isoformat(), "until_on": until.isoformat()}
        circulation = ledger.add("circulations", {column: subject.key, "version": version, **days})
        ledger.add_all("circulation_answers", [{"circulation": circulation, "party": key} for key in keys])
        addressees = [read_addressee(ledger.cursor, key, workspace.today(), group) for key in keys]
        files, missing = _build_files(folder, letter, addressees, language)
        write_files(folder, files, force, created)
    return CirculatedReport(subject.ref, until, tuple(files), missing, version, letter.marking)


def _build_decision_letter(
    cursor: Cursor, subject: Subject, until: date
) -> tuple[CirculationLetter, RowKey | None, None]:
    decision = read_decision(cursor, subject.key)
    if decision.status is not DecisionStatus.PROPOSED:
        sentence = _("{ref} is {status}. Only a proposed decision is circulated for agreement.")
        raise Refused(sentence.format(ref=subject.ref, status=decision.status.label))
    group = read_field(cursor, "decisions", subject.key, "group")
    if group is None:
        sentence = _("{ref} has no group to agree it: `ahtc decisions edit {ref} group=...`")
        raise Refused(sentence.format(ref=subject.ref))
    letter = CirculationLetter(subject.ref, subject.ref, until, Marking.OFFICIAL, _find_sender(cursor), decision.text)
    return replace(letter, decision_cy=decision.text_cy), group, None


def _build_minutes_letter(
    ledger: Ledger, workspace: Workspace, subject: Subject, until: date, language: Language | None
) -> tuple[CirculationLetter, RowKey | None, int]:
    """Issue the minutes for the members; return the letter with them, the group, and the version."""
    cursor, meeting = ledger.cursor, subject.key
    row = read_meeting(cursor, meeting)
    lifecycle.refuse_cancelled(cursor, meeting, subject.ref)
    refuse_not_held(row, workspace.today())
    if minutes.read_status(cursor, meeting).is_locked:
        raise Refused(_("The minutes of {ref} are agreed already.").format(ref=subject.ref))
    ledger.update("meetings", meeting, {"minutes_state": MinutesState.CIRCULATED.value})
    edition = Edition(Cut.CIRCULATED, Marking.OFFICIAL, language or Language.EN)
    version = store_issued_copy(ledger, workspace, subject.ref, edition)
    copy = minutes.read_copy(cursor, meeting, version, edition.cut, edition.language)
    assert copy is not None
    describe = partial(_describe_version, version)
    path = find_meeting_path(workspace, Path(), subject.ref, describe, ".docx")
    letter = CirculationLetter(
        subject.ref,
        f"{row.printed_title}, {row.day}" if row.day else row.printed_title,
        until,
        find_highest_marking(Marking.OFFICIAL, [row.marking, copy.row.marking]),
        _find_sender(cursor),
        file=Attachment(path.name, copy.docx),
    )
    return letter, read_field(cursor, "meetings", meeting, "group"), version


def _describe_version(version: int) -> str:
    return _("Minutes, version {n}").format(n=version)


def _find_sender(cursor: Cursor) -> Sender | None:
    office = find_secretariat(cursor)
    return read_sender(cursor, office) if office else None


def _build_files(
    folder: Path, letter: CirculationLetter, addressees: Sequence[Addressee], language: Language | None
) -> tuple[dict[Path, Writer], tuple[WithoutAddress, ...]]:
    """Return the draft to each member by path, and the members without an address."""
    files: dict[Path, Writer] = {}
    missing: list[WithoutAddress] = []
    taken: set[str] = set()
    for to in addressees:
        if parse_address(to.email) is None:
            missing.append(WithoutAddress(to.ref, to.shown_name, folder))
            continue
        with use_language(choose_letter_language(to, language)):
            stem = format_file_name(partial(_name_letter, letter.ref, to))
            path = folder / f"{claim_free_name(folder, stem, taken, to.ref)}.eml"
            files[path] = make_bytes_writer(build_circulation_draft(_translate(letter), to))
    if missing and letter.file:
        files[folder / letter.file.name] = make_bytes_writer(letter.file.content)
    return files, tuple(missing)


def _name_letter(ref: str, to: Addressee) -> str:
    return f"{ref} {to.shown_name}"


def _translate(letter: CirculationLetter) -> CirculationLetter:
    return replace(letter, decision=choose_printed_text(letter.decision, letter.decision_cy))


def show_circulation(workspace: Workspace, ref: str) -> CirculationReport:
    """Return the last circulation of a text with its answers. Raises NotFound where there was none."""
    with workspace.database.read() as cursor:
        return build_report(cursor, find_circulation(cursor, ref), workspace.today())


def find_circulation(cursor: Cursor, ref: str) -> StoredCirculation:
    """Return the last circulation of a meeting or a decision. Raises NotFound."""
    subject = find_subject(cursor, ref)
    stored = queries.read_circulation(cursor, subject.key)
    if stored is None:
        sentence = _(
            "{ref} was not circulated. To circulate it, run `ahtc meetings circulate {ref} FOLDER --until DATE`."
        )
        raise NotFound(sentence.format(ref=subject.ref))
    return stored


def build_report(cursor: Cursor, stored: StoredCirculation, today: date) -> CirculationReport:
    """Return a circulation with its answers, and what they propose."""
    rows = queries.read_answers(cursor, stored.key)
    asked = tuple(row.build_row(stored.until) for row in rows)
    agreeing = [
        row.party
        for row, member in zip(rows, asked, strict=True)
        if member.answer in (AnswerState.AGREED, AnswerState.CHANGES)
    ]
    counted = members.count_votes(cursor, stored.group, stored.sent_on, agreeing)
    quorum = members.read_group_quorum(cursor, stored.group)
    state = CirculationState.AGREED if stored.agreed_on else find_state(stored.until, today, asked, counted, quorum)
    return CirculationReport(
        stored.ref,
        stored.until,
        stored.sent_on,
        asked,
        state,
        counted,
        quorum,
        stored.version,
        stored.agreed_on,
        title=stored.title,
    )


def agree_by_correspondence(workspace: Workspace, ref: str) -> CirculationReport:
    """Confirm that the answers agree the text: minutes become agreed, a decision agreed today.

    A person decides about objections. Raises NotFound where it was not circulated; Refused before the deadline while
    answers are missing, and without a quorum.
    """
    today = workspace.today()
    with workspace.database.write(f"agree {ref.upper()} by correspondence") as ledger:
        stored = find_circulation(ledger.cursor, ref)
        report = build_report(ledger.cursor, stored, today)
        _refuse_agreement(report)
        ledger.label = f"agree {stored.ref} by correspondence"
        if stored.meeting:
            lifecycle.write_state(ledger, stored.meeting, MinutesState.AGREED)
        elif stored.decision:
            values = {"status": DecisionStatus.AGREED.value, "decided_on": today.isoformat()}
            ledger.update("decisions", stored.decision, values)
        ledger.update("circulations", stored.key, {"agreed_on": today.isoformat()})
        report = build_report(ledger.cursor, find_circulation(ledger.cursor, ref), today)
    return replace(report, destroyed_quotations=destroy_pending(workspace.database))


def _refuse_agreement(report: CirculationReport) -> None:
    if report.state is CirculationState.AGREED:
        raise Refused(_("{ref} is agreed by correspondence already.").format(ref=report.ref))
    if report.state is CirculationState.OPEN:
        sentence = ngettext(
            "{ref} can be answered until {day}, and {n} answer is missing.",
            "{ref} can be answered until {day}, and {n} answers are missing.",
            len(report.list_answering(AnswerState.NONE)),
            ref=report.ref,
            day=report.until.isoformat(),
        )
        raise Refused(sentence)
    if report.counted < (report.quorum or 1):
        sentence = _("{ref} is not agreed without a quorum: {counts}.")
        raise Refused(sentence.format(ref=report.ref, counts=report.format_quorum()))


def show_decision(workspace: Workspace, ref: str) -> Decision | None:
    """Return the decision with a reference; None where it is that of another record."""
    with workspace.database.read() as cursor:
        decision = find_by_ref(cursor, "decisions", ref)
        return read_decision(cursor, decision.key) if decision else None
