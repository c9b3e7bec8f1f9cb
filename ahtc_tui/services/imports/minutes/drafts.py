"""Compares an edited draft with the issue that it came from and with the minutes as they are now."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.domain.imports.minutes import DraftChange, DraftComment, PlannedMeeting
from ahtc_tui.domain.imports.report import ChangedField, Question
from ahtc_tui.domain.imports.written_document import BlockKind, Editor, WrittenDocument
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import LineKind, Presence
from ahtc_tui.domain.minutes.draft_parts import DraftPart, PartPair, pair_parts, read_parts
from ahtc_tui.domain.minutes.word_merge import apply_edits, is_same_wording, merge_edits
from ahtc_tui.domain.minutes.written_lines import read_paragraph
from ahtc_tui.domain.publication.comparison import measure_likeness
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.formats.received_documents.reader import parse_document
from ahtc_tui.services.documents.file_formats import WORD, write_format
from ahtc_tui.services.documents.rendering import build_writers, compose_documents, find_template
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id
from ahtc_tui.services.imports.minutes import draft_writer
from ahtc_tui.services.imports.minutes.draft_writer import LineAnchor, LineEdit
from ahtc_tui.services.imports.minutes.people import MeetingPeople
from ahtc_tui.services.minutes.lifecycle import refuse_agreed
from ahtc_tui.services.minutes.writer import ResolvedLine
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.minutes import lifecycle as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import AgendaRow, LineRow, MeetingCard
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.minutes.lifecycle import IssuedText
    from ahtc_tui.store.records.cursor import Cursor

LEAST_LIKENESS = 0.5
"""Share of common words below which a file was not written from an issue."""
MAX_SHOWN = 80
"""Length of a text in the reason of a question."""


@dataclass(frozen=True, slots=True)
class DraftOrigin:
    """The issued copy that a file came from."""

    issue: IssuedText
    parts: tuple[DraftPart, ...]
    ending: str
    """Format in which the parts were read: that of the file where issues are stored in it, else Word."""


def find_origin(cursor: Cursor, document: WrittenDocument) -> DraftOrigin | None:
    """Return the issued copy that has most of the words of a file; None where the file is no draft of ours."""
    words = [text.split() for text in {document.original, document.text}]
    issues = stored.read_issued_texts(cursor)
    best: tuple[float, IssuedText] | None = None
    for issue in issues:
        likeness = max(measure_likeness(issue.plain.split(), text) for text in words)
        if best is None or likeness >= best[0]:
            best = likeness, issue
    if best is None or best[0] < LEAST_LIKENESS:
        return None
    issue = best[1]
    copy = stored.read_copy(cursor, issue.meeting, issue.version, issue.cut, issue.language)
    assert copy is not None
    ending = PurePath(document.name).suffix.lower()
    content = {".md": copy.markdown.encode(), ".txt": copy.plain.encode()}.get(ending, copy.docx)
    ending = ending if ending in (".md", ".txt") else WORD
    parts = read_parts(parse_document(PurePath(f"issue{ending}"), content).blocks)
    return DraftOrigin(issue, tuple(parts), ending)


@dataclass(frozen=True, slots=True)
class _Target:
    """The record that prints a part."""

    language: Language
    line: LineRow | None = None
    item: AgendaRow | None = None
    presence: Presence | None = None
    """State of the entry of the attendance."""


@dataclass(frozen=True, slots=True)
class _Difference:
    """A part of the base with what it is now and in the file."""

    name: str
    base: str | None
    ours: str | None
    theirs: str | None
    place: str
    by: Editor = field(default_factory=Editor)


class DraftPlan:
    """Plan of one edited draft."""

    def __init__(
        self, cursor: Cursor, workspace: Workspace, file: FilePlan, origin: DraftOrigin, people: MeetingPeople
    ) -> None:
        self.cursor, self.file, self.origin, self.people = cursor, file, origin, people
        self.today = workspace.today()
        self.card: MeetingCard = read_card(cursor, origin.issue.meeting, self.today)
        self.ref = self.card.row.ref
        self.changes: list[DraftChange] = []
        self.comments: list[DraftComment] = []
        self.edits: dict[RowKey, LineEdit] = {}
        self.operations: list[Callable[[Ledger], None]] = []
        """Removals, additions and moves, in the order of the file."""
        self.anchor = LineAnchor()
        """The place where a new line of the file would be."""
        self.targets: dict[int, _Target] = {}
        """The record of each part as it is printed now, by position."""
        self.ours = self._print_parts(workspace)
        refuse_agreed(cursor, origin.issue.meeting, self.ref)

    def build(self, document: WrittenDocument) -> None:
        """Compare every part of the file. Raises BadInput for an invalid answer."""
        theirs = read_parts(document.blocks)
        current = {pair.base.position: pair.theirs for pair in pair_parts(self.origin.parts, self.ours) if pair.base}
        pairs = pair_parts(self.origin.parts, theirs)
        removed_by = {" ".join(block.original.split()): block.editors for block in document.blocks if not block.text}
        for pair in pairs:
            ours = current.get(pair.base.position) if pair.base else None
            target = self.targets.get(ours.position) if ours else None
            self._compare(pair, ours, target, removed_by)
            if pair.theirs and pair.base and target and pair.theirs.kind is not BlockKind.ROW:
                self._move_anchor(pair, target)
            if pair.theirs:
                self._ask_remarks(pair.theirs, target)

    def _move_anchor(self, pair: PartPair, target: _Target) -> None:
        """Note after which line the next new one would be; lines that are split or moved have noted it themselves."""
        if target.item:
            self.anchor = LineAnchor(item=target.item.key)
        elif target.line and not pair.split_off:
            self.anchor = LineAnchor(target.line.key)

    def describe_meeting(self) -> PlannedMeeting:
        """Return the meeting for the report."""
        row, issue = self.card.row, self.origin.issue
        return PlannedMeeting(row.ref, row.group, row.title, row.day, row.start_time, row.venue, False, issue.version)

    # The minutes as they are now

    def _print_parts(self, workspace: Workspace) -> list[DraftPart]:
        """Return the parts of the minutes as they are now, written as the issue was, and find their records."""
        issue = self.origin.issue
        edition = Edition(issue.cut, issue.marking, issue.language, (issue.version, issue.issued_on), False)
        documents = compose_documents(workspace, DocumentKind.MINUTES, self.ref, edition)
        template = find_template(workspace, DocumentKind.MINUTES)
        parts: list[DraftPart] = []
        with hold_temporary_folder() as folder:
            for document in documents:
                path = folder / f"now{self.origin.ending}"
                write_format(path, path.name, self.origin.ending, build_writers((document,), template))
                blocks = parse_document(path, path.read_bytes()).blocks
                path.unlink()
                for part in read_parts(blocks):
                    placed = replace(part, position=len(parts))
                    self.targets[placed.position] = self._find_target(part, document.language)
                    parts.append(placed)
        return parts

    def _find_target(self, part: DraftPart, language: Language) -> _Target:
        lines = self.card.lines
        line = next((row for row in lines if part.number and "." in part.number and row.number == part.number), None)
        if line is None and part.ref:
            line = next((row for row in lines if part.ref in (row.action, row.decision)), None)
        item = next((row for row in self.card.agenda if str(row.position) == part.number), None)
        return _Target(language, line, item if part.kind is BlockKind.HEADING else None)

    # Comparison

    def _compare(
        self,
        pair: PartPair,
        ours: DraftPart | None,
        target: _Target | None,
        removed_by: dict[str, tuple[Editor, ...]],
    ) -> None:
        base, theirs = pair.base, pair.theirs
        if base is None and theirs is not None:
            self._ask_addition(theirs)
        elif theirs is None and base is not None:
            self._ask_removal(base, ours, target, removed_by)
        elif base is not None and theirs is not None:
            if pair.is_moved:
                self._ask_move(theirs, target)
            if pair.split_off or pair.joined:
                self._ask_division(pair, ours, target)
                return
            if base.kind is BlockKind.ROW and target and target.line:
                self._compare_cells(base, ours, theirs, target)
            else:
                self._compare_text(base, ours, theirs, target)

    def _compare_text(self, base: DraftPart, ours: DraftPart | None, theirs: DraftPart, target: _Target | None) -> None:
        place = base.number or base.section or base.place
        by = theirs.editors[0] if theirs.editors else Editor()
        now = ours.text if ours else None
        if not is_same_wording(base.text, theirs.text):
            is_joined = bool(base.number) and not theirs.number and base.number in theirs.text
            doubt = _("its number is inside it: it may be joined to the line before") if is_joined else ""
            self._decide_text(_Difference("text", base.text, now, theirs.text, place, by), target, doubt)
        if not is_same_wording(base.bracket, theirs.bracket) and theirs.bracket and target and target.line:
            bracket = ours.bracket if ours else None
            self._decide_fields(base.bracket, bracket, theirs.bracket, place, by, target.line)

    def _compare_cells(self, base: DraftPart, ours: DraftPart | None, theirs: DraftPart, target: _Target) -> None:
        """Compare a row of the table of actions or decisions, whose columns are those of the issue."""
        by = theirs.editors[0] if theirs.editors else Editor()
        assert target.line is not None
        if len(theirs.cells) != len(base.cells):
            self._ask_other(_Difference("row", base.text, ours.text if ours else None, theirs.text, base.place, by))
            return
        names = self._read_columns(base)
        for position, (before, after) in enumerate(zip(base.cells, theirs.cells, strict=True)):
            if is_same_wording(before, after):
                continue
            now = ours.cells[position] if ours and position < len(ours.cells) else None
            name = names[position] if position < len(names) else ""
            difference = _Difference(name or "row", before, now, after, base.ref or base.place, by)
            if name == "title":
                self._decide_text(difference, target)
            elif name in ("lead", "due"):
                self._decide_field(difference, target.line)
            else:
                self._ask_other(difference)

    def _read_columns(self, row: DraftPart) -> list[str]:
        """Return the field of each column of the table of a row, by the headings of the issue."""
        from ahtc_tui.domain.returns.headings import resolve_heading

        head = row
        for part in reversed(self.origin.parts[: row.position]):
            if part.kind is not BlockKind.ROW:
                break
            head = part
        names = [resolve_heading(cell) or "" for cell in head.cells]
        return [name or "title" if position == 1 else name for position, name in enumerate(names)]

    def _decide_text(self, difference: _Difference, target: _Target | None, doubt: str = "") -> None:
        """Take changed words where nobody else touched them; ask about a clash, a doubt and what is no line."""
        if target is None or (target.line is None and target.item is None):
            self._ask_other(difference)
            return
        base, ours, theirs = difference.base or "", difference.ours, difference.theirs or ""
        if ours is None:
            self._ask_other(difference)
            return
        if is_same_wording(ours, theirs):
            self.file.unchanged += 1
            return
        known = self._find_edited_text(target)
        if known is not None and is_same_wording(known, theirs):
            return
        is_clean = is_same_wording(base, ours)
        wanted = theirs if is_clean else merge_edits(base, ours, theirs)
        text = self._find_stored_text(target, ours, wanted or theirs)
        reason = doubt
        if not is_clean:
            reason = _("the line was also changed in the records since it was issued")
        elif known is not None:
            reason = _("another part of the file changes it in another way")
        elif text is None:
            reason = _("the changed words are not saved as they are printed")
        if self._decide(difference, reason, proposed=wanted if not is_clean else None):
            self._set_text(target, text if text is not None else theirs)

    def _find_edited_text(self, target: _Target) -> str | None:
        """Return the words that another part of the file gives to the same line."""
        edit = self.edits.get(target.line.key) if target.line else None
        if edit is None:
            return None
        return edit.text_cy if target.language is Language.CY else edit.text

    def _find_stored_text(self, target: _Target, printed: str, wanted: str) -> str | None:
        """Return the stored text with the edits of the printed one; None where they cannot be made there."""
        row = target.line or target.item
        assert row is not None
        texts = (row.text, row.text_cy) if target.line else (target.item.title, target.item.title_cy)  # type: ignore[union-attr]
        current = texts[1] if target.language is Language.CY and texts[1] else texts[0]
        return apply_edits(current, printed, wanted)

    def _set_text(self, target: _Target, text: str) -> None:
        if target.line is None:
            assert target.item is not None
            name = "title_cy" if target.language is Language.CY else "title"
            self.operations.append(partial(draft_writer.change_item, target.item.key, {name: text}))
            return
        edit = self.edits.setdefault(target.line.key, LineEdit(target.line))
        if target.language is Language.CY and target.line.text_cy:
            edit.text_cy = text
        else:
            edit.text = text

    def _decide_fields(self, base: str, ours: str | None, theirs: str, place: str, by: Editor, line: LineRow) -> None:
        """Compare the bracket of an action: its lead and its due date."""
        before, now, after = (_split_bracket(text, self.today) if text else ("", "") for text in (base, ours, theirs))
        for name, values in (("lead", (before[0], now[0], after[0])), ("due", (before[1], now[1], after[1]))):
            if not is_same_wording(values[0], values[2]):
                self._decide_field(_Difference(name, values[0] or None, values[1] or None, values[2], place, by), line)

    def _decide_field(self, difference: _Difference, line: LineRow) -> None:
        """Take a changed lead or due date of an action; ask where it is not clear or was changed here as well."""
        base, ours, theirs = difference.base or "", difference.ours or "", difference.theirs or ""
        if is_same_wording(ours, theirs):
            self.file.unchanged += 1
            return
        edit = self.edits.get(line.key)
        reason = (
            "" if is_same_wording(base, ours) else _("the action was also changed in the records since it was issued")
        )
        if difference.name == "due":
            due = _read_due(theirs, self.today)
            if edit and edit.due and edit.due == due:
                return
            reason = reason or ("" if due else _("this is not a date"))
            if self._decide(difference, reason, takes=due is not None) and due:
                self.edits.setdefault(line.key, LineEdit(line)).due = due
            return
        match = self.people.find_owners([theirs])
        if edit and edit.owners and edit.owners == match.parties:
            return
        reason = reason or (
            "" if match.is_sure else match.reason or _('the register has no "{words}"').format(words=theirs)
        )
        if self._decide(difference, reason, takes=bool(match.parties), proposed=match.names or None) and match.parties:
            self.edits.setdefault(line.key, LineEdit(line)).owners = match.parties

    # Questions

    def _decide(self, difference: _Difference, reason: str, *, proposed: str | None = None, takes: bool = True) -> bool:
        """Return whether a change is made: at once without a reason to ask, else by the answer."""
        question: Question | None = None
        if reason:
            question = self._build_question(difference, reason, proposed, takes=takes)
            is_taken = self.file.takes(question)
        else:
            is_taken = True
        self._report(difference, question)
        if is_taken:
            was, now = difference.ours, proposed or difference.theirs
            self.file.changed.append(ChangedField(self.ref, difference.name, was, now, difference.place))
        return is_taken

    def _build_question(
        self, difference: _Difference, reason: str, proposed: str | None = None, *, takes: bool = True
    ) -> Question:
        identifier = build_question_id(
            "draft",
            self.ref,
            self.origin.issue.version,
            difference.name,
            difference.place,
            difference.base,
            difference.theirs,
        )
        return Question(
            identifier, self.ref, difference.name, difference.base, difference.ours, difference.theirs, reason,
            difference.place, None, proposed, takes=takes,
        )  # fmt: skip

    def _report(self, difference: _Difference, question: Question | None) -> None:
        self.changes.append(
            DraftChange(
                difference.place,
                difference.base,
                difference.ours,
                difference.theirs,
                difference.by.name or None,
                difference.by.on,
                question.id if question else None,
            )
        )

    def _ask_other(self, difference: _Difference) -> None:
        """Ask about a change of what is no line of the record: it is made in the record by hand."""
        if difference.ours is not None and difference.theirs and is_same_wording(difference.ours, difference.theirs):
            return
        reason = _("this part is not a line of the minutes. Change the record itself")
        self._decide(difference, reason, takes=False)

    def _ask_addition(self, theirs: DraftPart) -> None:
        by = theirs.editors[0] if theirs.editors else Editor()
        place = theirs.number or theirs.section or theirs.place
        if any(is_same_wording(row.text, theirs.text) for row in self.card.lines):
            self.file.unchanged += 1
            return
        difference = _Difference("text", None, None, theirs.words, place, by)
        if theirs.kind is BlockKind.HEADING or (theirs.kind is BlockKind.ROW and theirs.ref):
            self._ask_other(difference)
            return
        if self._decide(difference, _("this is a new line")):
            day = self.card.row.day.latest if self.card.row.day else self.today
            for line in read_paragraph(theirs.words, day):
                match = self.people.find_owners(line.owners)
                kind = LineKind.NOTE if line.is_task else line.kind
                is_action = kind is LineKind.ACTION
                owners = tuple(party.key for party in match.parties) if match.is_sure and is_action else ()
                self._add_line(ResolvedLine(kind, line.text, owners, line.due if is_action else None, False))

    def _add_line(self, resolved: ResolvedLine) -> None:
        added = LineAnchor()
        self.operations.append(
            partial(draft_writer.add_line, self.card.row.key, self.anchor, added, resolved, self.today)
        )
        self.anchor = added

    def _ask_removal(
        self,
        base: DraftPart,
        ours: DraftPart | None,
        target: _Target | None,
        removed_by: dict[str, tuple[Editor, ...]],
    ) -> None:
        if ours is None:
            self.file.unchanged += 1
            return
        editors = next((by for words, by in removed_by.items() if by and base.text and base.text in words), ())
        by = editors[0] if editors else Editor()
        place = base.number or base.section or base.place
        difference = _Difference("text", base.words, ours.words, None, place, by)
        line = target.line if target and base.kind is not BlockKind.ROW else None
        if line is None:
            self._ask_other(difference)
        elif self._decide(difference, _("the whole line was removed")):
            self.operations.append(partial(draft_writer.remove_line, line.key))

    def _ask_move(self, theirs: DraftPart, target: _Target | None) -> None:
        by = theirs.editors[0] if theirs.editors else Editor()
        line = target.line if target else None
        number = line.number if line else None
        difference = _Difference("position", number, number, theirs.text, theirs.number or theirs.place, by)
        if line is None or theirs.kind is BlockKind.ROW:
            self._ask_other(difference)
        elif self._decide(difference, _("the line was moved to another place")):
            self.operations.append(partial(draft_writer.move_line, self.card.row.key, line.key, self.anchor))

    def _ask_division(self, pair: PartPair, ours: DraftPart | None, target: _Target | None) -> None:
        """Ask about a line that was split in two, or about two lines that were joined."""
        base, theirs = pair.base, pair.theirs
        assert base is not None
        assert theirs is not None
        by = theirs.editors[0] if theirs.editors else Editor()
        place = base.number or base.place
        line = target.line if target else None
        if pair.split_off:
            texts = [theirs.text, pair.split_off.text]
            texts = texts if pair.split_off.position > theirs.position else texts[::-1]
            difference = _Difference("text", base.text, ours.text if ours else None, "\n".join(texts), place, by)
            if target is None or line is None:
                self._ask_other(difference)
            elif self._decide(difference, _("the line was split in two")):
                self._set_text(target, texts[0])
                self.anchor = LineAnchor(line.key)
                self._add_line(ResolvedLine(LineKind.NOTE, texts[1], (), None, False))
            return
        joined = pair.joined
        assert joined is not None
        both = "\n".join(part.text for part in sorted((base, joined), key=lambda part: part.position))
        difference = _Difference("text", both, ours.text if ours else None, theirs.text, place, by)
        second = next((row for row in self.card.lines if row.number == joined.number), None)
        if target is None or line is None or second is None or second.action or second.decision:
            self._ask_other(difference)
        elif self._decide(difference, _("two lines were joined")):
            self._set_text(target, theirs.text)
            self.operations.append(partial(draft_writer.remove_line, second.key))

    def _ask_remarks(self, theirs: DraftPart, target: _Target | None) -> None:
        """Ask about each comment; the answer may be another wording of the line."""
        for remark in theirs.remarks:
            place = theirs.number or theirs.section or theirs.place
            self.comments.append(DraftComment(place, remark.text, remark.quoted, remark.by.name or None, remark.by.on))
            author = remark.by.name or _("somebody")
            reason = _('{author} comments on "{text}"').format(author=author, text=_quote(remark.quoted or theirs.text))
            identifier = build_question_id("draft comment", self.ref, place, remark.text)
            line = target.line if target else None
            ours = line.text if line else theirs.text
            question = Question(identifier, self.ref, "comment", None, ours, remark.text, reason, place, takes=False)
            answer = self.file.decide_question(question)
            if answer in ("", "ours", "skip", "both"):
                continue
            if answer == "theirs" or target is None or line is None:
                raise BadInput(_("The answer to {id} must be ours, or the new text of the line.").format(id=identifier))
            self._set_text(target, answer)
            self.file.changed.append(ChangedField(self.ref, "text", ours, answer, place))


def _quote(text: str) -> str:
    return shorten_text(" ".join(text.split()), MAX_SHOWN)


def _split_bracket(text: str, today: object) -> tuple[str, str]:
    """Return the lead and the due date of "Action by: Gwent Police; by 31 January 2014", as they are printed."""
    _label, _colon, values = text.partition(":")
    parts = [part.strip() for part in values.split(";") if part.strip(" –-")]
    dues = [part for part in parts if _read_due(part, today)]
    leads = [part for part in parts if part not in dues]
    return "; ".join(leads), "; ".join(dues)


def _read_due(text: str, today: object) -> DateAsKnown | None:
    try:
        return read_date(re.sub(r"^(?:by|due|erbyn)\s+", "", text.strip(), flags=re.IGNORECASE), today)  # type: ignore[arg-type]
    except BadInput:
        return None
