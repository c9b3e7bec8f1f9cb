"""Rows that are no action of ours: new actions, and the words in them that a person must give a meaning. Plans only.

What many rows share (a name that nobody has, a word for a status, a colour) is one question for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ahtc_tui.domain.actions.filters import read_choice
from ahtc_tui.domain.actions.model import Priority, Status
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import AddedRecord, Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.model import COMPARED_FIELDS, SentValues
from ahtc_tui.domain.text.cleaning import clean_line, clean_text
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.claim import NEW_PREFIX, Claim
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.plan import ActionFilePlan, ImportPlan, format_value, parse_answer
from ahtc_tui.services.imports.actions.row_claims import read_claims
from ahtc_tui.services.imports.actions.rows import LogRow
from ahtc_tui.services.imports.file_plan import build_question_id

NO_VALUES: SentValues = dict.fromkeys(COMPARED_FIELDS)
MAX_TITLE_LENGTH = 1000
GROUPED_FIELDS = ("lead", "leads", "lead_text", "status", "status_from_colour", "brag", "struck", "objective")
"""What is asked once for all new rows that say the same."""


@dataclass
class _QuestionGroup:
    """One question about what several new rows say."""

    claim: Claim
    rows: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class NewActions:
    """The new actions of one file."""

    plan: ImportPlan
    file: ActionFilePlan
    records: CurrentRecords
    groups: dict[tuple[str, str], _QuestionGroup] = field(default_factory=dict)

    def add_row(self, row: LogRow, ref: str | None) -> None:
        """Plan a new action, under the reference that the file gives, if it gives one."""
        if ref and ref in self.plan.new_refs:
            self.file.add_warning(
                row.address, _('the reference "{ref}" is taken: it gets the next of the plan').format(ref=ref)
            )
            ref = None
        self.plan.new_refs |= {ref} if ref else set()
        values: dict[str, Any] = {"ref": ref, "_path": self.file.path, "_at": row.address, "_updates": []}
        for claim in read_claims(row, self.records, NO_VALUES, None):
            self._apply_claim(values, row, claim)
        self._apply_objective(values, row)
        self._apply_plain_fields(values, row)
        self.plan.new_actions.append(values)

    def finish_plan(self) -> None:
        """Ask what is still to be asked, then say what is added."""
        for (kind, _words), group in self.groups.items():
            self._ask_group(kind, group)
        for values in self.plan.new_actions:
            if values["_path"] == self.file.path:
                self.file.added.append(AddedRecord(values["ref"], values["_at"], self._build_display_values(values)))

    def _apply_claim(self, values: dict[str, Any], row: LogRow, claim: Claim) -> None:
        """Take what is clear; keep the words of a date that is not; ask the rest once for all rows."""
        if claim.target == "update":
            values["_updates"].append((clean_text(claim.theirs or ""), claim.address, self._read_update_day(row)))
        elif claim.field == "due_text":
            self._keep_due_words(values, claim)
        elif claim.field == "leads" and claim.values and not claim.values["lead"].startswith(NEW_PREFIX):  # type: ignore[union-attr]
            values |= claim.values
            self.file.add_warning(claim.address, _("{reason} It is taken so.").format(reason=claim.reason))
        elif not claim.reason or claim.field in ("closed_on", "status_from_sheet", "support"):
            values |= {name: value for name, value in claim.values.items() if value is not None}
            if claim.reason and claim.field != "closed_on":
                self.file.add_warning(claim.address, claim.reason)
        elif claim.field in GROUPED_FIELDS:
            self._group_claim(claim.field, claim.theirs or "", claim, values)

    def _keep_due_words(self, values: dict[str, Any], claim: Claim) -> None:
        if "status" in claim.values:
            values.setdefault("status", claim.values["status"])
        elif claim.values and claim.proposed and " " in (claim.values["due"] or ""):
            stored_due = claim.values["due"] or ""
            is_guess = not re.search(r"\d{4}", claim.theirs or "")
            values["due"] = (
                DateAsKnown(NO_DAY, Precision.WORDS, claim.theirs or "").stored_text if is_guess else stored_due
            )
        elif any(letter.isalpha() for letter in claim.theirs or ""):
            values["due"] = DateAsKnown(NO_DAY, Precision.WORDS, clean_line(claim.theirs or "")[:200]).stored_text
        self.file.add_warning(
            claim.address, _('due "{words}": {reason}').format(words=claim.theirs, reason=claim.reason)
        )

    def _apply_objective(self, values: dict[str, Any], row: LogRow) -> None:
        text = row.text_of("objective") or (row.line.section or "")
        if not text or "objective" in values:
            return
        number = self.records.find_objective(text)
        if number:
            values["objective"] = number
        elif row.first_cell("objective"):
            claim = Claim(
                "objective", row.address_of("objective"), text, {"objective": f"{NEW_PREFIX}{clean_line(text)}"}
            )
            claim.reason = _('there is no objective "{words}": make it?').format(words=clean_line(text)[:80])
            self._group_claim("objective", text, claim, values)

    def _apply_plain_fields(self, values: dict[str, Any], row: LogRow) -> None:
        """What needs no comparing: words, source, priority, the first due date."""
        title = clean_line(row.text_of("title"))
        values["title"] = title if len(title) <= MAX_TITLE_LENGTH else title[: MAX_TITLE_LENGTH - 1] + "…"
        if len(title) > MAX_TITLE_LENGTH:
            values["detail"] = clean_text(row.text_of("title"))
        if row.text_of("source"):
            values["source"] = clean_line(row.text_of("source"))[:500]
        if priority := row.text_of("priority"):
            try:
                values["priority"] = str(read_choice(priority, Priority, "priority").value)
            except BadInput:
                self.file.add_warning(
                    row.address_of("priority"), _('"{word}" is no priority: left out').format(word=priority[:40])
                )
        original = row.first_cell("original_due")
        first_due = row.read_date(original, self.records.today) if original else None
        if first_due and first_due.value and not first_due.is_guess:
            values["original_due"] = first_due.value.stored_text

    def _read_update_day(self, row: LogRow) -> str | None:
        return read_update_day(row, self.records.today)

    def _group_claim(self, kind: str, words: str, claim: Claim, values: dict[str, Any]) -> None:
        self.groups.setdefault((kind, normalize_text(words) or words), _QuestionGroup(claim)).rows.append(values)
        if kind in ("lead", "leads", "lead_text") and words:
            sentence = _("Lead in {file}: {words}")
            values["note"] = sentence.format(file=self.file.path.name, words=clean_line(words))

    def _ask_group(self, kind: str, group: _QuestionGroup) -> None:
        """One question for all rows of a group; the answer is written to each."""
        claim, count = group.claim, len(group.rows)
        reason = claim.reason if count == 1 else _("{reason} ({n} rows)").format(reason=claim.reason, n=count)
        identifier = build_question_id("new", kind, normalize_text(claim.theirs or ""))
        question = Question(
            identifier, None, kind, None, None, claim.theirs, reason, claim.address, proposed=claim.proposed
        )
        answer = self.file.resolve_answer(question, bool(claim.values))
        decided_values = claim.values if answer == "theirs" else {}
        if answer not in ("", "ours", "theirs"):
            decided_values = {claim.target: parse_answer(self.records, claim.target, answer, question)}
        lead = decided_values.get("lead")
        if lead and lead.startswith(NEW_PREFIX):
            self.plan.new_posts.setdefault(lead.removeprefix(NEW_PREFIX), self.file.path.name)
        objective = decided_values.get("objective")
        if objective and objective.startswith(NEW_PREFIX):
            decided_values = {"objective": self._number_new_objective(objective.removeprefix(NEW_PREFIX))}
        for values in group.rows:
            values |= {field_name: value for field_name, value in decided_values.items() if value is not None}
            if lead and not claim.is_partial:
                values.pop("note", None)

    def _number_new_objective(self, text: str) -> str:
        """The number of an objective to make: the one that the words begin with, if it is free, else the next."""
        taken = {number for _key, number, _title in self.records.objectives} | set(self.plan.new_objectives)
        match = re.match(r"\s*(?:objective\s+)?(\d{1,3})\s*[.:)–-]*\s*(.*)", text, re.IGNORECASE | re.DOTALL)
        existing_number = next(
            (
                number
                for number, title in self.plan.new_objectives.items()
                if normalize_text(title) == normalize_text(text)
            ),
            None,
        )
        if existing_number:
            return existing_number
        number = match[1].lstrip("0") if match else ""
        if not number or number in taken:
            number = str(max((int(taken_number) for taken_number in taken), default=0) + 1)
        self.plan.new_objectives[number] = (match[2] if match and match[2] else text).strip()
        return number

    def _build_display_values(self, values: dict[str, Any]) -> dict[str, Any]:
        display_values = {
            name: format_value(self.records, name, value) if isinstance(value, str) else value
            for name, value in values.items()
            if not name.startswith("_") and name != "ref" and value is not None
        }
        display_values.setdefault("status", Status.PLANNED.value)
        if values["_updates"]:
            display_values["progress"] = "; ".join(text for text, _at, _day in values["_updates"])
        return display_values


def read_update_day(row: LogRow, today: date) -> str | None:
    """The day that a row gives to its update, if it is a day that has been."""
    cell = row.first_cell("update_on")
    reading = row.read_date(cell, today) if cell else None
    day = reading.value if reading and not reading.is_guess else None
    if day is None or day.precision is not Precision.DAY or day.latest > today:
        return None
    return day.latest.isoformat()


SimilarityFinder = Callable[[str], tuple[RowKey, float] | None]


def build_similarity_finder(titles: dict[str, list[RowKey]], min_score: float = 85) -> SimilarityFinder:
    """A function from a title to the action whose title is most like it, and how alike they are, of 100."""
    known_titles = list(titles)

    def find_similar(title: str) -> tuple[RowKey, float] | None:
        from rapidfuzz import fuzz, process

        best_match = process.extractOne(
            normalize_text(title), known_titles, scorer=fuzz.token_sort_ratio, score_cutoff=min_score
        )
        return (titles[best_match[0]][0], best_match[1]) if best_match else None

    return find_similar
