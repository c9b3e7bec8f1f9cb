"""Compares an edited committee paper of this office with the paper as it was written out, and as it is now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.imports.minutes import DraftChange, DraftComment
from ahtc_tui.domain.imports.report import ChangedField, Question
from ahtc_tui.domain.imports.written_document import Block, Editor, Remark, WrittenDocument
from ahtc_tui.domain.minutes.draft_parts import DraftPart, read_parts
from ahtc_tui.domain.minutes.word_merge import is_same_wording, measure_likeness, merge_edits
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.formats.received_documents.reader import parse_document
from ahtc_tui.services.commissions.service import list_commissions, remove_paragraph_record, show_commission
from ahtc_tui.services.documents.file_formats import WORD
from ahtc_tui.services.exports.commission import export_commission
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id
from ahtc_tui.services.privacy.marking_limit import limit_marking
from ahtc_tui.services.recovery.state_on_day import open_state_on_day

if TYPE_CHECKING:
    from ahtc_tui.domain.commissions.model import CommissionCard, ParagraphRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger

LEAST_SHARE = 0.5
"""Share of the numbered paragraphs of a paper that a file needs, more or less changed, to be an edited copy of it."""
LEAST_SHARE_OF_LANGUAGE = 0.25
"""Share of the numbered paragraphs of a file that are likest to a language, where it is one of its languages."""
MAX_SHOWN = 80
Texts = dict[tuple[str, Language], str]
"""Printed words of the paragraphs by number, without their titles."""


def find_paper(workspace: Workspace, document: WrittenDocument) -> str | None:
    """Return the reference of the commission whose paper a file has; None where it is another file."""
    heads = [block.original for block in document.blocks[:3]]
    rows = [
        row
        for row in list_commissions(workspace)
        if any(is_same_wording(title, head) for title in (row.title, row.title_cy) if title for head in heads)
    ]
    numbers = {part.number for part in read_parts(_reject_changes(document))}
    for row in rows:
        own = [paragraph.number for paragraph in show_commission(workspace, row.ref).paragraphs]
        if own and sum(number in numbers for number in own) >= LEAST_SHARE * len(own):
            return row.ref
    return None


@dataclass
class PaperPlan:
    """Plan of one edited paper."""

    workspace: Workspace
    file: FilePlan
    ref: str
    changes: list[DraftChange] = field(default_factory=list)
    comments: list[DraftComment] = field(default_factory=list)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    """New texts by number of paragraph, under "text" and "text_cy"."""
    removed: list[str] = field(default_factory=list)

    def build(self, document: WrittenDocument) -> None:
        """Compare every paragraph. Raises BadInput for an invalid answer."""
        card = show_commission(self.workspace, self.ref)
        paragraphs = {paragraph.number: paragraph for paragraph in card.paragraphs}
        ours, others = _print_texts(self.workspace, card)
        base = self._read_base(document, card, ours, others)
        languages = _find_languages(document, ours, base)
        own_wording = {paragraph.number for paragraph in card.paragraphs if paragraph.text or paragraph.text_cy}
        number = ""
        for part in read_parts(document.blocks):
            key = _find_key(part, languages, ours, base)
            number = key[0] if key else part.number or number
            if key:
                theirs = _strip_frame(part.text, paragraphs[key[0]], key[1])
                self._compare(key, base.pop(key, None), ours[key], theirs, part)
            elif part.editors or part.number or number not in own_wording:  # else it is a source that is cited no more
                self._ask_other(part, others)
            for remark in part.remarks:
                self._ask_remark(part, remark, key, ours)
        for key in [key for key in base if key[1] in languages]:
            self._ask_removal(key[0], base[key], ours[key])

    def write(self, ledger: Ledger) -> None:
        """Write the new texts and the removals."""
        card = show_commission(self.workspace, self.ref)
        as_at = self.workspace.today().isoformat()
        for paragraph in card.paragraphs:
            if paragraph.number in self.removed:
                remove_paragraph_record(ledger, card.row.key, paragraph.key)
            elif texts := self.texts.get(paragraph.number):
                ledger.update("paragraphs", paragraph.key, {**texts, "as_at": as_at})

    def _read_base(self, document: WrittenDocument, card: CommissionCard, ours: Texts, others: list[str]) -> Texts:
        """Return the paragraphs as they were written out, and add what was printed around them to `others`.

        The words before tracked changes are sure; elsewhere the paper is printed as at the date that the file names.
        """
        day = _find_day(document, self.workspace.today())
        base = dict(ours)
        if day and day < self.workspace.today():
            with open_state_on_day(self.workspace, day) as state:
                earlier = replace(state.workspace, today=lambda: day)
                texts, earlier_others = _print_texts(earlier, card)
            base |= {key: text for key, text in texts.items() if key in ours}
            others += earlier_others
        tracked = replace(document, blocks=tuple(block for block in document.blocks if block.editors))
        paragraphs = {paragraph.number: paragraph for paragraph in card.paragraphs}
        languages = _find_languages(document, ours, base)
        for part in read_parts(_reject_changes(tracked)):
            if key := _find_key(part, languages, ours, base):
                base[key] = _strip_frame(part.text, paragraphs[key[0]], key[1])
        return base

    def _compare(self, key: tuple[str, Language], base: str | None, ours: str, theirs: str, part: DraftPart) -> None:
        if is_same_wording(ours, theirs) or (base and is_same_wording(base, theirs)):
            self.file.unchanged += 1
            return
        is_clean = base is not None and is_same_wording(base, ours)
        proposed = None if is_clean else merge_edits(base or "", ours, theirs)
        reason = "" if is_clean else _("the paragraph was also changed in the records since the paper was exported")
        by = part.editors[0] if part.editors else Editor()
        if self._decide("text", key[0], (base, ours, theirs), by, reason, proposed=proposed):
            name = "text_cy" if key[1] is Language.CY else "text"
            self.texts.setdefault(key[0], {})[name] = proposed or theirs

    def _ask_removal(self, number: str, base: str, ours: str) -> None:
        if self._decide("paragraph", number, (base, ours, None), Editor(), _("the whole paragraph was removed")):
            self.removed.append(number)

    def _ask_other(self, part: DraftPart, others: Sequence[str]) -> None:
        """Ask about words that are neither a paragraph of the paper nor printed around them."""
        words = part.text.strip()
        if any(is_same_wording(words, other) for other in others):
            return
        reason = _("this part is not a paragraph of the paper. Change the record itself")
        if "." in part.number:
            reason = _("this is a new paragraph. Add it to the paper")
        by = part.editors[0] if part.editors else Editor()
        self._decide("text", part.number or part.place, (None, None, words), by, reason, takes=False)

    def _ask_remark(self, part: DraftPart, remark: Remark, key: tuple[str, Language] | None, ours: Texts) -> None:
        """Ask about a comment; the answer may be another wording of the paragraph."""
        place = part.number or part.place
        self.comments.append(DraftComment(place, remark.text, remark.quoted, remark.by.name or None, remark.by.on))
        quoted = shorten_text(" ".join((remark.quoted or part.text).split()), MAX_SHOWN)
        reason = _('{author} comments on "{text}"').format(author=remark.by.name or _("somebody"), text=quoted)
        identifier = build_question_id("paper comment", self.ref, place, remark.text)
        current = ours[key] if key else part.text
        question = Question(identifier, self.ref, "comment", None, current, remark.text, reason, place, takes=False)
        answer = self.file.decide_question(question)
        if answer in ("", "ours", "skip", "both"):
            return
        if answer == "theirs" or key is None:
            sentence = _("The answer to {id} must be ours, or the new text of the paragraph.")
            raise BadInput(sentence.format(id=identifier))
        self.texts.setdefault(key[0], {})["text_cy" if key[1] is Language.CY else "text"] = answer
        self.file.changed.append(ChangedField(self.ref, "text", current, answer, place))

    def _decide(
        self,
        name: str,
        place: str,
        values: tuple[str | None, str | None, str | None],
        by: Editor,
        reason: str,
        *,
        proposed: str | None = None,
        takes: bool = True,
    ) -> bool:
        """Return whether a change is made: at once without a reason to ask, else by the answer."""
        base, ours, theirs = values
        identifier = build_question_id("paper", self.ref, name, place, base, theirs)
        is_taken = True
        if reason:
            question = Question(
                identifier, self.ref, name, base, ours, theirs, reason, place, None, proposed, takes=takes
            )
            is_taken = self.file.takes(question)
        asked = identifier if reason else None
        self.changes.append(DraftChange(place, base, ours, theirs, by.name or None, by.on, asked))
        if is_taken:
            self.file.changed.append(ChangedField(self.ref, name, ours, proposed or theirs, place))
        return is_taken


def _reject_changes(document: WrittenDocument) -> list[Block]:
    return [replace(block, text=block.original) for block in document.blocks]


def _print_texts(workspace: Workspace, card: CommissionCard) -> tuple[Texts, list[str]]:
    """Return the paragraphs of a paper as they are printed in both languages, and what is printed around them."""
    paragraphs = {paragraph.number: paragraph for paragraph in card.paragraphs}
    texts: Texts = {}
    others: list[str] = []
    with hold_temporary_folder() as folder, limit_marking(workspace, Marking.OFFICIAL) as limited:
        limited = replace(limited, today=workspace.today)
        for language in Language.BOTH.languages:
            path = folder / f"paper.{language}{WORD}"
            with use_language(language):
                export_commission(limited, card.row.ref, path)
            for part in read_parts(parse_document(path, path.read_bytes()).blocks):
                if part.number in paragraphs:
                    texts[part.number, language] = _strip_frame(part.text, paragraphs[part.number], language)
                else:
                    others.append(part.text.strip())
    return texts, others


def _strip_frame(text: str, paragraph: ParagraphRow, language: Language) -> str:
    """Return the printed words of a paragraph without its title before them and its references behind them."""
    with use_language(language):
        title = paragraph.printed_title
    if title:
        text = re.sub(rf"^{re.escape(title)}[.?!]?\s+", "", text)
    return text.removesuffix(f"({', '.join(paragraph.refs)})").strip()


def _find_languages(document: WrittenDocument, *printed: Texts) -> set[Language]:
    """Return the languages of a file: those to whose print enough of its paragraphs are likest."""
    parts = [part for part in read_parts(_reject_changes(document)) if any(key[0] == part.number for key in printed[0])]
    keys = [_find_key(part, set(Language), *printed) for part in parts]
    counts = Counter(key[1] for key in keys if key)
    return {language for language, count in counts.items() if count >= LEAST_SHARE_OF_LANGUAGE * len(parts)}


def _find_key(part: DraftPart, languages: set[Language], *printed: Texts) -> tuple[str, Language] | None:
    """Return number and language of the paragraph that a part is, by the likest of its wordings; None for another."""
    keys = [key for key in printed[0] if key[0] == part.number and key[1] in languages]
    return max(
        keys,
        key=lambda key: max(measure_likeness(texts.get(key, ""), part.text) for texts in printed),
        default=None,
    )


def _find_day(document: WrittenDocument, today: date) -> date | None:
    """Return the date as at which a paper was written out; None where it names none."""
    for language in Language.BOTH.languages:
        with use_language(language):
            pattern = re.compile(re.escape(_("As at {day}")).replace(re.escape("{day}"), "(.+)"))
        for match in filter(None, (pattern.fullmatch(block.original.strip()) for block in document.blocks[:6])):
            with suppress(BadInput):
                return read_date(match[1], today).latest
    return None
