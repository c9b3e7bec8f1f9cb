"""Rows that are no action of ours: new actions, and the words in them that a person must give a meaning. Plans only.

What many rows share (a name that nobody has, a word for a status, a colour) is one question for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ahtc_tui.domain.actions.filters import one_of
from ahtc_tui.domain.actions.model import Priority, Status
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.drafts.text import clean, one_line
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Added, Question
from ahtc_tui.domain.returns.model import FIELDS, Sent
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.imports.actions.claim import NEW, Claim
from ahtc_tui.services.imports.actions.current_records import Facts
from ahtc_tui.services.imports.actions.plan import ActionsPlan, Plan, shown, typed
from ahtc_tui.services.imports.actions.row_claims import claims_of
from ahtc_tui.services.imports.actions.rows import RowIn
from ahtc_tui.services.imports.file_plan import question_id

NOTHING: Sent = dict.fromkeys(FIELDS)
LONGEST_TITLE = 1000
GROUPED = ("lead", "leads", "lead_text", "status", "status_from_colour", "brag", "struck", "objective")
"""What is asked once for all new rows that say the same."""


@dataclass
class _Group:
    """One question about what several new rows say."""

    claim: Claim
    rows: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class NewRows:
    """The new actions of one file."""

    plan: Plan
    file: ActionsPlan
    facts: Facts
    groups: dict[tuple[str, str], _Group] = field(default_factory=dict)

    def add(self, row: RowIn, ref: str | None) -> None:
        """Plan a new action, under the reference that the file gives, if it gives one."""
        if ref and ref in self.plan.refs:
            self.file.warn(row.at, _('the reference "{ref}" is taken: it gets the next of the plan').format(ref=ref))
            ref = None
        self.plan.refs |= {ref} if ref else set()
        values: dict[str, Any] = {"ref": ref, "_path": self.file.path, "_at": row.at, "_updates": []}
        for claim in claims_of(row, self.facts, NOTHING, None):
            self._claim(values, row, claim)
        self._objective(values, row)
        self._plain(values, row)
        self.plan.new.append(values)

    def finish(self) -> None:
        """Ask what is still to be asked, then say what is added."""
        for (kind, _words), group in self.groups.items():
            self._ask(kind, group)
        for values in self.plan.new:
            if values["_path"] == self.file.path:
                self.file.added.append(Added(values["ref"], values["_at"], self._shown(values)))

    def _claim(self, values: dict[str, Any], row: RowIn, claim: Claim) -> None:
        """Take what is clear; keep the words of a date that is not; ask the rest once for all rows."""
        if claim.target == "update":
            values["_updates"].append((clean(claim.theirs or ""), claim.at, self._said_on(row)))
        elif claim.field == "due_text":
            self._due_in_words(values, claim)
        elif claim.field == "leads" and claim.writes and not claim.writes["lead"].startswith(NEW):  # type: ignore[union-attr]
            values |= claim.writes
            self.file.warn(claim.at, _("{reason} It is taken so.").format(reason=claim.reason))
        elif not claim.reason or claim.field in ("closed_on", "status_from_sheet", "support"):
            values |= {name: value for name, value in claim.writes.items() if value is not None}
            if claim.reason and claim.field != "closed_on":
                self.file.warn(claim.at, claim.reason)
        elif claim.field in GROUPED:
            self._group(claim.field, claim.theirs or "", claim, values)

    def _due_in_words(self, values: dict[str, Any], claim: Claim) -> None:
        if "status" in claim.writes:
            values.setdefault("status", claim.writes["status"])
        elif claim.writes and claim.proposed and " " in (claim.writes["due"] or ""):
            worded = claim.writes["due"] or ""
            guessed = not re.search(r"\d{4}", claim.theirs or "")
            values["due"] = DateAsKnown(NO_DAY, Precision.WORDS, claim.theirs or "").stored if guessed else worded
        elif any(letter.isalpha() for letter in claim.theirs or ""):
            values["due"] = DateAsKnown(NO_DAY, Precision.WORDS, one_line(claim.theirs or "")[:200]).stored
        self.file.warn(claim.at, _('due "{words}": {reason}').format(words=claim.theirs, reason=claim.reason))

    def _objective(self, values: dict[str, Any], row: RowIn) -> None:
        text = row.text("objective") or (row.line.section or "")
        if not text or "objective" in values:
            return
        number = self.facts.objective(text)
        if number:
            values["objective"] = number
        elif row.cell("objective"):
            claim = Claim("objective", row.place("objective"), text, {"objective": f"{NEW}{one_line(text)}"})
            claim.reason = _('there is no objective "{words}": make it?').format(words=one_line(text)[:80])
            self._group("objective", text, claim, values)

    def _plain(self, values: dict[str, Any], row: RowIn) -> None:
        """What needs no comparing: words, source, priority, the first due date."""
        title = one_line(row.text("title"))
        values["title"] = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
        if len(title) > LONGEST_TITLE:
            values["detail"] = clean(row.text("title"))
        if row.text("source"):
            values["source"] = one_line(row.text("source"))[:500]
        if priority := row.text("priority"):
            try:
                values["priority"] = str(one_of(priority, Priority, "priority").value)
            except BadInput:
                self.file.warn(row.place("priority"), _('"{word}" is no priority: left out').format(word=priority[:40]))
        original = row.cell("original_due")
        said = row.day(original, self.facts.today) if original else None
        if said and said.known and not said.guess:
            values["original_due"] = said.known.stored

    def _said_on(self, row: RowIn) -> str | None:
        return update_day(row, self.facts.today)

    def _group(self, kind: str, words: str, claim: Claim, values: dict[str, Any]) -> None:
        self.groups.setdefault((kind, folded(words) or words), _Group(claim)).rows.append(values)
        if kind in ("lead", "leads", "lead_text") and words:
            name = _("Lead in {file}: {words}")
            values["note"] = name.format(file=self.file.path.name, words=one_line(words))

    def _ask(self, kind: str, group: _Group) -> None:
        """One question for all rows of a group; the answer is written to each."""
        claim, count = group.claim, len(group.rows)
        reason = claim.reason if count == 1 else _("{reason} ({n} rows)").format(reason=claim.reason, n=count)
        name = question_id("new", kind, folded(claim.theirs or ""))
        question = Question(name, None, kind, None, None, claim.theirs, reason, claim.at, proposed=claim.proposed)
        said = self.file.answer(question, bool(claim.writes))
        writes = claim.writes if said == "theirs" else {}
        if said not in ("", "ours", "theirs"):
            writes = {claim.target: typed(self.facts, claim.target, said, question)}
        lead = writes.get("lead")
        if lead and lead.startswith(NEW):
            self.plan.posts.setdefault(lead.removeprefix(NEW), self.file.path.name)
        objective = writes.get("objective")
        if objective and objective.startswith(NEW):
            writes = {"objective": self._new_objective(objective.removeprefix(NEW))}
        for values in group.rows:
            values |= {field_name: value for field_name, value in writes.items() if value is not None}
            if lead and not claim.partly:
                values.pop("note", None)

    def _new_objective(self, text: str) -> str:
        """The number of an objective to make: the one that the words begin with, if it is free, else the next."""
        taken = {number for _key, number, _title in self.facts.objectives} | set(self.plan.objectives)
        said = re.match(r"\s*(?:objective\s+)?(\d{1,3})\s*[.:)–-]*\s*(.*)", text, re.IGNORECASE | re.DOTALL)
        same = next((number for number, title in self.plan.objectives.items() if folded(title) == folded(text)), None)
        if same:
            return same
        number = said[1].lstrip("0") if said else ""
        if not number or number in taken:
            number = str(max((int(each) for each in taken), default=0) + 1)
        self.plan.objectives[number] = (said[2] if said and said[2] else text).strip()
        return number

    def _shown(self, values: dict[str, Any]) -> dict[str, Any]:
        said = {
            name: shown(self.facts, name, value) if isinstance(value, str) else value
            for name, value in values.items()
            if not name.startswith("_") and name != "ref" and value is not None
        }
        said.setdefault("status", Status.PLANNED.value)
        if values["_updates"]:
            said["progress"] = "; ".join(text for text, _at, _day in values["_updates"])
        return said


def update_day(row: RowIn, today: date) -> str | None:
    """The day that a row gives to its update, if it is a day that has been."""
    cell = row.cell("update_on")
    said = row.day(cell, today) if cell else None
    known = said.known if said and not said.guess else None
    if known is None or known.precision is not Precision.DAY or known.latest > today:
        return None
    return known.latest.isoformat()


Similar = Callable[[str], tuple[bytes, float] | None]


def similar_in(titles: dict[str, list[bytes]], least: float = 85) -> Similar:
    """A function from a title to the action whose title is most like it, and how alike they are, of 100."""
    spellings = list(titles)

    def similar(title: str) -> tuple[bytes, float] | None:
        from rapidfuzz import fuzz, process

        best = process.extractOne(folded(title), spellings, scorer=fuzz.token_sort_ratio, score_cutoff=least)
        return (titles[best[0]][0], best[1]) if best else None

    return similar
