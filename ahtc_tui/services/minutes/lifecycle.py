"""The life of minutes: how far they are, copies that are issued and stay as they were, amendments after agreement."""

from __future__ import annotations

import tempfile
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Language, one_line
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LineRow, MeetingState
from ahtc_tui.domain.minutes.lifecycle import (
    AmendmentRow,
    Copy,
    Difference,
    IssueRow,
    MinutesState,
    Standing,
    differences,
    paragraph_numbers,
)
from ahtc_tui.formats.files.atomic_write import write_whole
from ahtc_tui.services import record_lookup
from ahtc_tui.services.output_folders import free_path, writer
from ahtc_tui.store.meetings import queries as stored_meetings
from ahtc_tui.store.meetings.cards import card
from ahtc_tui.store.minutes import agreed_snapshot
from ahtc_tui.store.minutes import lifecycle as stored
from ahtc_tui.store.records.fields import naming

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

ENDINGS = (".docx", ".md", ".txt")


def standing(workspace: Workspace, ref: str) -> Standing:
    """How far the minutes of a meeting are. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.standing(cursor, record_lookup.meeting(cursor, ref)[0])


def set_state(
    workspace: Workspace, ref: str, state: MinutesState, at: str | None = None, subject_to: str | None = None
) -> Standing:
    """Say how far the minutes are; going back is a step of the history like any other.

    Raises BadInput where a meeting or words are given without agreement, Refused for a cancelled meeting.
    """
    words = one_line(subject_to)
    if state is not MinutesState.AGREED and (at or words):
        raise BadInput(_("Only agreed minutes have a meeting that agreed them, or something they are subject to."))
    with workspace.database.write(f"minutes of {ref.upper()}") as ledger:
        meeting, ref = record_lookup.meeting(ledger.cursor, ref)
        _refuse_cancelled(ledger.cursor, meeting, ref)
        before = stored.standing(ledger.cursor, meeting)
        back = list(MinutesState).index(state) < list(MinutesState).index(before.state)
        ledger.label = f"minutes of {ref}: {before.state} {'back ' if back else ''}to {state}"
        agreed_at = record_lookup.meeting(ledger.cursor, at)[0] if at else None
        if agreed_at == meeting:
            raise Refused(_("{ref} cannot agree its own minutes: a later meeting does.").format(ref=ref))
        said = {"minutes_state": state.value, "agreed_at": agreed_at, "agreed_subject_to": words or None}
        ledger.change("meetings", meeting, {**said, "agreed_actions": _kept(ledger.cursor, meeting, state)})
        return stored.standing(ledger.cursor, meeting)


def issue(
    workspace: Workspace,
    ref: str,
    cut: Cut = Cut.CIRCULATED,
    language: Language = Language.EN,
    marking: Marking = Marking.OFFICIAL,
) -> IssueRow:
    """Freeze the minutes as they are now, as the next version. Raises NotFound, Refused, BadFile as an export does."""
    from ahtc_tui.services.documents.meeting_documents import compose_all, template_of, write_document

    today = workspace.today()
    with workspace.database.write(f"issue minutes of {ref.upper()}") as ledger, tempfile.TemporaryDirectory() as folder:
        meeting, ref = record_lookup.meeting(ledger.cursor, ref)
        version = stored.next_version(ledger.cursor, meeting)
        ledger.label = f"issue version {version} of the minutes of {ref}"
        documents = compose_all(workspace, DocumentKind.MINUTES, ref, cut, marking, language, (version, today))
        made = {ending: Path(folder) / f"minutes{ending}" for ending in ENDINGS}
        for ending, path in made.items():
            write_document(path, ending, documents, template_of(workspace, DocumentKind.MINUTES))
        ledger.add(
            "issues",
            {
                "meeting": meeting,
                "version": version,
                "issued_on": today.isoformat(),
                "state": stored.standing(ledger.cursor, meeting).state.value,
                "cut": cut.value,
                "language": language.value,
                "marking": documents[0].marking.value,
                "docx": b64encode(made[".docx"].read_bytes()).decode("ascii"),
                "markdown": made[".md"].read_bytes().decode("utf-8"),
                "plain": made[".txt"].read_bytes().decode("utf-8"),
            },
        )
        return next(row for row in stored.issued(ledger.cursor, meeting) if row.version == version)


def issued(workspace: Workspace, ref: str) -> list[IssueRow]:
    """The copies of the minutes that were issued. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.issued(cursor, record_lookup.meeting(cursor, ref)[0])


def write_issued(workspace: Workspace, ref: str, version: int, target: Path, force: bool = False) -> IssueRow:
    """Write an issued copy out again, byte for byte; the ending of `target` says which form of it.

    Raises BadInput on another ending, NotFound for no such version, Refused where a file stands already.
    """
    with workspace.database.read() as cursor:
        found = _copy(cursor, ref, version)
    forms = {".docx": found.docx, ".md": found.markdown.encode(), ".txt": found.plain.encode()}
    if target.suffix.lower() not in forms:
        raise BadInput(_('A document is written as .docx, .md or .txt, not "{name}".').format(name=target.name))
    write_whole(target, writer(forms[target.suffix.lower()]), force)
    return found.row


def issued_to_folder(workspace: Workspace, ref: str, version: int) -> Path:
    """The Word file of an issued copy in the exports folder, under a name that is free."""
    with workspace.database.read() as cursor:
        ref = record_lookup.meeting(cursor, ref)[1]
    target = free_path(workspace.exports, f"minutes-{ref}-v{version}", ".docx")
    write_issued(workspace, ref, version, target)
    return target


def compare(workspace: Workspace, ref: str, one: int, other: int) -> list[Difference]:
    """What differs between two issued copies, in the order of the later paper. Raises NotFound."""
    from ahtc_tui.formats.markdown.lines import headings, readable

    with workspace.database.read() as cursor:
        was, now = (_copy(cursor, ref, version).markdown for version in (one, other))
    return differences(readable(was), readable(now), headings(now))


def _copy(cursor: Cursor, ref: str, version: int) -> Copy:
    meeting, ref = record_lookup.meeting(cursor, ref)
    found = stored.copy(cursor, meeting, version)
    if found is None:
        raise NotFound(_("No version {n} of the minutes of {ref} was issued.").format(n=version, ref=ref))
    return found


def amend(workspace: Workspace, ref: str, paragraph: str, text: str, reason: str | None = None) -> AmendmentRow:
    """Put other words in a paragraph of agreed minutes, and keep what was, who did it, when and why.

    Its Welsh text goes with the words that it translated. Raises NotFound for no such paragraph, BadInput for no words,
    Refused where the minutes are not agreed yet.
    """
    words = one_line(text)
    if not words:
        raise BadInput(_("An amendment needs the words that shall stand in the minutes."))
    with workspace.database.write(f"amend {ref.upper()} {paragraph}") as ledger:
        meeting, ref = record_lookup.meeting(ledger.cursor, ref)
        ledger.amends = True
        if not stored.standing(ledger.cursor, meeting).locked:
            raise Refused(_("The minutes of {ref} are not agreed yet: change the line itself.").format(ref=ref))
        line, number = line_at(ledger.cursor, workspace, meeting, paragraph)
        _put(ledger, meeting, line.key, words)
        ledger.add(
            "amendments",
            {
                "meeting": meeting,
                "line": line.key,
                "paragraph": number,
                "was": line.text,
                "now": words,
                "reason": one_line(reason) or None,
                "made_on": workspace.today().isoformat(),
                "made_by": workspace.database.user,
            },
        )
        return stored.amendments(ledger.cursor, meeting)[-1]


def amendments(workspace: Workspace, ref: str) -> list[AmendmentRow]:
    """What was put right after the minutes were agreed. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.amendments(cursor, record_lookup.meeting(cursor, ref)[0])


def line_at(cursor: Cursor, workspace: Workspace, meeting: bytes, paragraph: str) -> tuple[LineRow, str]:
    """The line under a number as the paper has it, "3.2". Raises NotFound."""
    whole = card(cursor, meeting, workspace.today())
    numbers = paragraph_numbers(whole.lines, max((item.position for item in whole.agenda), default=0))
    found = next((line for line in whole.lines if numbers[line.key] == paragraph.strip()), None)
    if found is None:
        raise NotFound(_("The minutes of {ref} have no paragraph {n}.").format(ref=whole.row.ref, n=paragraph))
    return found, numbers[found.key]


def _kept(cursor: Cursor, meeting: bytes, state: MinutesState) -> str | None:
    """The actions that agreed minutes go on to print: as they stood when the minutes were agreed first."""
    if state is not MinutesState.AGREED:
        return None
    return agreed_snapshot.kept_of(cursor, meeting) or agreed_snapshot.as_they_stand(cursor, meeting)


def _put(ledger: Ledger, meeting: bytes, line: bytes, words: str) -> None:
    """Other words in a line, and in the action or decision that it made."""
    ledger.change("minute_lines", line, {"text": words, "text_cy": None})
    for table, changed in (("actions", {"title": words}), ("decisions", {"text": words, "text_cy": None})):
        for key in naming(ledger.cursor, table, "line", line):
            ledger.change(table, key, changed)
            kept = agreed_snapshot.kept_of(ledger.cursor, meeting)
            if table == "actions" and kept:
                ledger.change("meetings", meeting, {"agreed_actions": agreed_snapshot.amended(kept, key, words)})


def _refuse_cancelled(cursor: Cursor, meeting: bytes, ref: str) -> None:
    if stored_meetings.by_key(cursor, meeting).state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled: it has no minutes.").format(ref=ref))
