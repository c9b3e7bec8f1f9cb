"""The state of minutes, issued copies (which never change), and amendments after agreement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, Edition
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.export_kinds import check_ending
from ahtc_tui.domain.i18n import Language, _, ngettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.minutes.lifecycle import (
    AmendmentRow,
    Difference,
    IssuedCopy,
    IssueRow,
    MinutesState,
    MinutesStatus,
    find_differences,
)
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.service import refuse_not_held
from ahtc_tui.services.meetings.writer import change_meeting
from ahtc_tui.store.journal.desk_people import read_post
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.minutes import agreed_snapshot, transcripts
from ahtc_tui.store.minutes import lifecycle as stored
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.fields import list_referrers, read_field

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.drafts.meetings import MeetingDraft
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


AMENDED = ("title", "starts", "venue", "place")
"""Fields of a meeting in its amendments."""
AMENDED_FIELDS = {"title", "title_cy", "starts", "ends", "minutes", "venue", "place"}
"""Fields of a draft that change them."""


def show_minutes_state(workspace: Workspace, ref: str) -> MinutesStatus:
    """Return the state of the minutes of a meeting. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_status(cursor, record_lookup.find_meeting_key(cursor, ref))


def set_state(
    workspace: Workspace,
    ref: str,
    state: MinutesState,
    agreeing_meeting: str | None = None,
    subject_to: str | None = None,
) -> MinutesStatus:
    """Set the status of the minutes; a step back is allowed and recorded in the history.

    Raises BadInput if an agreeing meeting or a condition is given without agreement, Refused for a cancelled meeting,
    and for minutes past their draft of a meeting whose day has not come.
    """
    words = clean_line(subject_to)
    if state is not MinutesState.AGREED and (agreeing_meeting or words):
        raise BadInput(_("Only agreed minutes can have conditions, or name the agreeing meeting."))
    with workspace.database.write(f"minutes of {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        refuse_cancelled(ledger.cursor, meeting, ref)
        if state is not MinutesState.DRAFT:
            refuse_not_held(read_meeting(ledger.cursor, meeting), workspace.today())
        agreed_at = record_lookup.find_meeting_key(ledger.cursor, agreeing_meeting) if agreeing_meeting else None
        if agreed_at == meeting:
            raise Refused(_("{ref} cannot agree the minutes of the same meeting. Name a later one.").format(ref=ref))
        if agreed_at:
            _refuse_wrong_order(ledger.cursor, meeting, agreed_at, workspace.today())
        before = stored.read_status(ledger.cursor, meeting)
        back = list(MinutesState).index(state) < list(MinutesState).index(before.state)
        ledger.label = f"minutes of {ref}: {before.state} {'back ' if back else ''}to {state}"
        for circulation in list_referrers(ledger.cursor, "circulations", "meeting", meeting):
            ledger.update("circulations", circulation, {"agreed_on": None})
        write_state(ledger, meeting, state, agreed_at, words)
        status = stored.read_status(ledger.cursor, meeting)
    return replace(status, destroyed_quotations=transcripts.destroy_pending(workspace.database))


def write_state(
    ledger: Ledger,
    meeting: RowKey,
    state: MinutesState,
    agreed_at: RowKey | None = None,
    subject_to: str = "",
) -> None:
    """Set the status of minutes within a transaction, and keep their actions at the agreement.

    Agreed minutes need no transcript: the caller destroys it after the commit (`transcripts.destroy_pending`). An undo
    does not bring it back.
    """
    values = {"minutes_state": state.value, "agreed_at": agreed_at, "agreed_subject_to": subject_to or None}
    values["agreed_actions"] = _keep_agreed_actions(ledger.cursor, meeting, state)
    ledger.update("meetings", meeting, values)
    if state is MinutesState.AGREED:
        transcripts.request_destruction(ledger.cursor, meeting)


def format_destroyed(count: int) -> str:
    """Return the sentence about a transcript that was destroyed with the agreement of the minutes."""
    return ngettext(
        "The transcript with its {n} quotation is destroyed. This cannot be undone.",
        "The transcript with its {n} quotations is destroyed. This cannot be undone.",
        count,
    )


def refuse_agreed(cursor: Cursor, meeting: RowKey, ref: str) -> None:
    """Raise Refused for agreed minutes, which no file changes."""
    if stored.read_status(cursor, meeting).is_locked:
        raise Refused(_("The minutes of {ref} are agreed. Amend them instead of importing a file.").format(ref=ref))


def _refuse_wrong_order(cursor: Cursor, meeting: RowKey, agreed_at: RowKey, today: date) -> None:
    """Raise Refused for minutes that a meeting before theirs, or one that has not come, would have agreed."""
    minuted, agreeing = read_meeting(cursor, meeting), read_meeting(cursor, agreed_at)
    if agreeing.day and agreeing.day.has_day and agreeing.day.earliest > today:
        sentence = _("{later} is on {day}, in the future. It cannot have agreed the minutes of {ref} yet.")
        raise Refused(sentence.format(later=agreeing.ref, day=agreeing.day, ref=minuted.ref))
    if agreeing.day and minuted.day and agreeing.day.latest < minuted.day.earliest:
        sentence = _("{earlier} was before {ref}. Name a later meeting.")
        raise Refused(sentence.format(earlier=agreeing.ref, ref=minuted.ref))


def issue_minutes(
    workspace: Workspace,
    ref: str,
    cut: Cut = Cut.CIRCULATED,
    language: Language = Language.EN,
    marking: Marking = Marking.OFFICIAL,
) -> IssueRow:
    """Store the minutes as an issued copy for the chair or the members; an unchanged text keeps its version.

    Raises NotFound, BadFile; Refused for a published copy, which is a release.
    """
    from ahtc_tui.services.documents.issued_copies import store_issued_copy

    if cut is Cut.PUBLISHED:
        sentence = _("Published minutes are a release. Use `ahtc meetings publish {ref}`.")
        raise Refused(sentence.format(ref=ref.upper()))
    with workspace.database.write(f"issue minutes of {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        version = store_issued_copy(ledger, workspace, ref, Edition(cut, marking, language))
        issues = stored.read_issues(ledger.cursor, meeting)
        return next(row for row in issues if (row.version, row.cut, row.language) == (version, cut, language))


def list_issues(workspace: Workspace, ref: str) -> list[IssueRow]:
    """Return the issued copies of the minutes. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_issues(cursor, record_lookup.find_meeting_key(cursor, ref))


def write_issued_copy(
    workspace: Workspace,
    ref: str,
    version: int,
    target: Path,
    force: bool = False,
    *,
    cut: Cut | None = None,
    language: Language | None = None,
) -> IssueRow:
    """Write an issued copy again, byte for byte, in the format of the suffix of `target`, or converted from Word.

    Without readers and language it is the first copy of the version.

    Raises BadInput for another suffix, NotFound for an unknown version, Refused if the file exists, ProgramError where
    LibreOffice is needed and missing.
    """
    from ahtc_tui.services.documents.file_formats import CONVERTED, WORD, convert_document

    with workspace.database.read() as cursor:
        copy = _find_copy(cursor, ref, version, cut, language)
    forms = {".docx": copy.docx, ".md": copy.markdown.encode(), ".txt": copy.plain.encode()}
    ending = check_ending(target, (WORD, *CONVERTED, ".md", ".txt"))
    write_stored = make_bytes_writer(forms[WORD if ending in CONVERTED else ending])

    def write_file(path: Path) -> None:
        if ending in CONVERTED:
            convert_document(path, target.name, write_stored)
        else:
            write_stored(path)

    write_file_atomically(target, write_file, force)
    return copy.row


def export_issued_copy(workspace: Workspace, ref: str, row: IssueRow, ending: str = ".docx") -> Path:
    """Write an issued copy in the format of a suffix into the exports folder under a free name. Raises ProgramError."""
    from ahtc_tui.services.documents.meeting_file_names import find_free_meeting_path

    target = find_free_meeting_path(workspace, ref, lambda: _("Minutes, version {n}").format(n=row.version), ending)
    write_issued_copy(workspace, ref, row.version, target, cut=row.cut, language=row.language)
    return target


def compare_copies(workspace: Workspace, ref: str, earlier: int, later: int) -> list[Difference]:
    """Return the differences between two versions, in the order of the later one. Raises NotFound.

    Copies for the same readers and in the same language are compared, where both versions have one.
    """
    from ahtc_tui.formats.markdown.rendering import extract_headings, extract_lines

    with workspace.database.read() as cursor:
        issues = stored.read_issues(cursor, record_lookup.find_meeting_key(cursor, ref))
        kinds = [
            dict.fromkeys((row.cut, row.language) for row in issues if row.version == version)
            for version in (earlier, later)
        ]
        shared = next((kind for kind in kinds[0] if kind in kinds[1]), (None, None))
        was, now = (_find_copy(cursor, ref, version, *shared).markdown for version in (earlier, later))
    return find_differences(extract_lines(was), extract_lines(now), extract_headings(now))


def _find_copy(
    cursor: Cursor, ref: str, version: int, cut: Cut | None = None, language: Language | None = None
) -> IssuedCopy:
    meeting, ref = record_lookup.find_meeting(cursor, ref)
    copy = stored.read_copy(cursor, meeting, version, cut, language)
    if copy is None:
        raise NotFound(_("No version {n} of the minutes of {ref} was issued.").format(n=version, ref=ref))
    return copy


def amend_paragraph(workspace: Workspace, ref: str, paragraph: str, text: str, reason: str) -> AmendmentRow:
    """Change a paragraph of agreed minutes and record the old text, the post of the author, time and reason.

    The Welsh text is removed because it translates the old text. Raises NotFound for an unknown paragraph, BadInput for
    an empty text or reason, Refused if the minutes are not agreed.
    """
    words = clean_line(text)
    if not words:
        raise BadInput(_("An amendment needs the new text of the paragraph."))
    with workspace.database.write(f"amend {ref.upper()} {paragraph}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        ledger.may_amend = True
        if not stored.read_status(ledger.cursor, meeting).is_locked:
            raise Refused(_("The minutes of {ref} are not agreed yet. Edit the line instead.").format(ref=ref))
        line = find_line(ledger.cursor, workspace, meeting, paragraph)
        _rewrite_line(ledger, meeting, line.key, words)
        _add_amendment(ledger, workspace, meeting, line.number, line.text, words, reason, line.key)
        return stored.read_amendments(ledger.cursor, meeting)[-1]


def amend_meeting(workspace: Workspace, ref: str, draft: MeetingDraft, reason: str) -> list[AmendmentRow]:
    """Correct date, time, venue, place or title of a meeting with agreed minutes, and record what each was.

    Raises NotFound, BadInput for other fields, without a reason and where nothing would change, Refused if the minutes
    are not agreed.
    """
    if other := draft.given_fields.keys() - AMENDED_FIELDS:
        sentence = _("{field} is not a part of the agreed record. Change it with `ahtc meetings edit`.")
        raise BadInput(sentence.format(field=min(other)))
    with workspace.database.write(f"amend {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        ledger.may_amend = True
        if not stored.read_status(ledger.cursor, meeting).is_locked:
            raise Refused(_("The minutes of {ref} are not agreed yet. Edit the meeting instead.").format(ref=ref))
        before = read_meeting(ledger.cursor, meeting)
        after = change_meeting(ledger, meeting, draft)
        refuse_not_held(after, workspace.today())
        changes = [
            (field, was, now)
            for field, was, now in zip(AMENDED, _list_amended(before), _list_amended(after), strict=True)
            if was != now
        ]
        if not changes:
            raise BadInput(_("{ref} has these values already. Nothing is amended.").format(ref=ref))
        for field, was, now in changes:
            _add_amendment(ledger, workspace, meeting, field, was, now, reason)
        return stored.read_amendments(ledger.cursor, meeting)[-len(changes) :]


def _list_amended(row: MeetingRow) -> tuple[str, ...]:
    """Return title, time, venue and place of a meeting as an amendment stores them."""
    start = row.day.stored_text if row.day else ""
    if row.starts:
        start = row.starts.isoformat(timespec="minutes")
    end = row.ends.isoformat(timespec="minutes") if row.ends else ""
    return row.title, f"{start}/{end}".rstrip("/"), row.venue or "", row.place or ""


def _add_amendment(
    ledger: Ledger,
    workspace: Workspace,
    meeting: RowKey,
    paragraph: str,
    was: str,
    now: str,
    reason: str,
    line: RowKey | None = None,
) -> None:
    if not (why := clean_line(reason)):
        raise BadInput(_("An amendment needs a reason."))
    values = {"meeting": meeting, "line": line, "paragraph": paragraph, "was": was, "now": now}
    values |= {"reason": why, "made_on": workspace.today().isoformat()}
    ledger.add("amendments", values | {"made_by": read_post(ledger.cursor, workspace.database.user)})


def list_amendments(workspace: Workspace, ref: str) -> list[AmendmentRow]:
    """Return the amendments made after the minutes were agreed. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_amendments(cursor, record_lookup.find_meeting_key(cursor, ref))


def find_line(cursor: Cursor, workspace: Workspace, meeting: RowKey, paragraph: str) -> LineRow:
    """Return the line with this paragraph number ("3.2"). Raises NotFound."""
    meeting_card = read_card(cursor, meeting, workspace.today())
    match = next((line for line in meeting_card.lines if line.number == paragraph.strip()), None)
    if match is None:
        raise NotFound(_("The minutes of {ref} have no paragraph {n}.").format(ref=meeting_card.row.ref, n=paragraph))
    return match


def _keep_agreed_actions(cursor: Cursor, meeting: RowKey, state: MinutesState) -> str | None:
    """Store the actions as they are at the first agreement, because agreed minutes print them unchanged."""
    if state is not MinutesState.AGREED:
        return None
    return agreed_snapshot.read_snapshot(cursor, meeting) or agreed_snapshot.build_snapshot(cursor, meeting)


def _rewrite_line(ledger: Ledger, meeting: RowKey, line: RowKey, words: str) -> None:
    """Change the text of a line, and of its action or decision."""
    ledger.update("minute_lines", line, {"text": words, "text_cy": None})
    rewritten: dict[Table, dict[str, str | None]] = {"actions": {"title": words, "title_cy": None}}
    rewritten["decisions"] = {"text": words, "text_cy": None}
    for table, changed in rewritten.items():
        for key in list_referrers(ledger.cursor, table, "line", line):
            ledger.update(table, key, changed)
            kept = agreed_snapshot.read_snapshot(ledger.cursor, meeting)
            if table == "actions" and kept:
                ledger.update("meetings", meeting, {"agreed_actions": agreed_snapshot.amend_snapshot(kept, key, words)})


def refuse_cancelled(cursor: Cursor, meeting: RowKey, ref: str) -> None:
    """Raise Refused for a cancelled meeting, which has no minutes."""
    if read_field(cursor, "meetings", meeting, "state") == MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled. It has no minutes.").format(ref=ref))
