"""Plans new actions from rows without an action. Values that several rows share are one question for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.actions.paper_marking import read_handling
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import AddedRecord, Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.dates import DateConventions, DateReading, read_due_cell, read_fact_cell
from ahtc_tui.domain.returns.model import COMPARED_FIELDS, STATED_FIELDS, SentValues
from ahtc_tui.domain.returns.owners import OwnerKind
from ahtc_tui.domain.returns.register import Certainty
from ahtc_tui.domain.returns.statuses import parse_priority
from ahtc_tui.domain.text.cleaning import clean_line, clean_text
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.claims import RowContext, get_update_day, read_claims, resolve_lead
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.matching import MAX_ROW_QUESTIONS, NewRow
from ahtc_tui.services.imports.actions.model import (
    NEW_PREFIX,
    ActionFilePlan,
    Claim,
    ImportPlan,
    LogRow,
    NewAction,
    join_names,
)
from ahtc_tui.services.imports.actions.plan import (
    add_owner,
    find_new_owner,
    format_value,
    is_closing_day_only,
    limit_to_proposal,
    list_row_warnings,
    offer_owner_kinds,
    parse_answer,
    read_owner_kind,
)
from ahtc_tui.services.imports.file_plan import build_choice_error, build_question_id

NO_VALUES: SentValues = dict.fromkeys(COMPARED_FIELDS)
MAX_TITLE_LENGTH = 1000
MAX_NAMED_PRIORITIES = 3
_MIN_CERTAIN_DATES = 3
"""Number of dates that only have a day with the month first, from which the file is read so without a question."""
MAX_WORDS_LENGTH = 200
"""Length to which the words of a date are kept."""
GROUPED_FIELDS = (
    "lead", "leads", "lead_text", "status", "status_from_colour", "closing_date", "brag", "struck", "objective",
)  # fmt: skip
"""Claims that are one question for all new rows with the same text."""


@dataclass(frozen=True, slots=True)
class _QuestionGroup:
    """One question with the new actions that its answer is written to."""

    claim: Claim
    actions: list[tuple[NewAction, Claim]] = field(default_factory=list)
    """Each action with its own claim."""
    supported: list[tuple[NewAction, Claim]] = field(default_factory=list)
    """Actions that the named owner supports."""


@dataclass(frozen=True)
class NewActions:
    """Builds the new actions of one file, and adds them to the plan."""

    plan: ImportPlan
    file: ActionFilePlan
    records: CurrentRecords
    date_conventions: DateConventions
    is_return: bool
    """An action that a return adds is not closed: its owner proposes that."""
    log_group: RowKey | None = None
    """The group whose log the file is."""
    groups: dict[tuple[str, str], _QuestionGroup] = field(default_factory=dict)
    other_priorities: dict[str, str] = field(default_factory=dict)
    """The address of the first cell with each text that is no priority."""

    def add_row(self, new_row: NewRow) -> None:
        """Add a new action to the plan; its open questions are asked by `ask_questions`."""
        row, ref = new_row.row, new_row.ref
        self.file.warnings += list_row_warnings(row, None)
        if ref and ref in self.plan.new_refs:
            sentence = _('the reference "{ref}" is in use, so the action gets the next one')
            self.file.add_warning(row.address, sentence.format(ref=ref))
            ref = None
        if ref:
            self.plan.new_refs.add(ref)
        action = NewAction(self.file.path, row.address, ref, self.log_group)
        for claim in read_claims(RowContext(row, self.records, NO_VALUES, None, self.date_conventions)):
            proposed = limit_to_proposal(claim, NO_VALUES, None) if self.is_return else claim
            if not self.is_return or not is_closing_day_only(proposed, NO_VALUES):
                self._apply_claim(action, row, proposed)
        self._apply_objective(action, row)
        self._apply_plain_fields(action, row)
        self.plan.new_actions.append(action)

    def ask_questions(self) -> None:
        """Ask the grouped questions, then report the new actions of the file. Raises BadInput."""
        self._ask_about_objectives()
        for (kind, _text), group in self.groups.items():
            self._ask_group(kind, group)
        self._warn_about_priorities()
        for action in self.plan.new_actions:
            if action.path == self.file.path:
                self.file.added.append(AddedRecord(action.ref, action.address, self._build_display_values(action)))

    def _apply_claim(self, action: NewAction, row: LogRow, claim: Claim) -> None:
        """Take an unambiguous claim, keep the words of an unclear date, and group the remaining claims."""
        if claim.target == "update":
            action.updates.append((clean_text(claim.theirs or ""), claim.address, self._read_update_day(row)))
        elif claim.is_month_first:
            self._group_month_first(action, claim)
        elif claim.reported_field == "due_text":
            self._keep_due_words(action, claim)
        elif claim.reported_field == "leads":
            self._apply_owners(action, claim)
        elif not claim.reason or claim.reported_field in ("closed_on", "status_from_sheet", "support"):
            action.values.update((name, value) for name, value in claim.values.items() if value is not None)
            is_refused_day = claim.reported_field == "closed_on" and not claim.values
            if is_refused_day:
                text = f"{row.heading_of('closed_on')}: {claim.theirs}".removeprefix(": ")
                action.updates.append((text, claim.address, None))
            if claim.reason and (claim.reported_field != "closed_on" or is_refused_day):
                self.file.add_warning(claim.address, claim.reason)
        elif claim.reported_field in GROUPED_FIELDS:
            text = "" if claim.reported_field == "closing_date" else claim.theirs or ""
            self._group_claim(action, claim.reported_field, text, claim)
        elif claim.reported_field in STATED_FIELDS:
            self.file.add_warning(claim.address, claim.reason)

    def _apply_owners(self, action: NewAction, claim: Claim) -> None:
        """Take the first owner of a cell as the lead and the others as supporters; ask about each unknown name once."""
        first, *others = (claim.theirs or "").split("; ")
        match = self.records.register.find_party(first)
        values, doubt, proposed = resolve_lead(first, match)
        if doubt:
            self._group_claim(action, "lead", first, Claim("lead", claim.address, first, values, doubt, proposed))
        else:
            action.values.update(values)
        self.file.add_warning(claim.address, _("{reason} This was done.").format(reason=claim.reason))
        supporters = {name: self.records.register.find_party(name) for name in others}
        action.values["support"] = join_names([match.party.name for match in supporters.values() if match.party])
        for name, match in supporters.items():
            if match.party is None and match.certainty is Certainty.UNKNOWN:
                values, doubt, _proposed = resolve_lead(name, match)
                self._group_claim(action, "support_name", name, Claim("lead", claim.address, name, values, doubt))

    def _group_month_first(self, action: NewAction, claim: Claim) -> None:
        """Ask once about all dates that may have the month first; the words of a due date are kept meanwhile."""
        if claim.target == "due":
            words = clean_line(claim.theirs or "")
            action.values["due"] = DateAsKnown(NO_DAY, Precision.WORDS, words).stored_text
        self._group_claim(action, "month_first", "", claim)

    def _keep_due_words(self, action: NewAction, claim: Claim) -> None:
        text, due = claim.theirs or "", claim.values.get("due") or ""
        if "status" in claim.values:
            action.values.setdefault("status", claim.values["status"])
        elif claim.proposed and " " in due:
            has_year = re.search(r"\d{4}", text)
            action.values["due"] = due if has_year else DateAsKnown(NO_DAY, Precision.WORDS, text).stored_text
        elif any(letter.isalpha() for letter in text):
            action.values["due"] = DateAsKnown(NO_DAY, Precision.WORDS, clean_line(text)[:MAX_WORDS_LENGTH]).stored_text
        reason = _('due "{words}": {reason}').format(words=claim.theirs, reason=claim.reason)
        self.file.add_warning(claim.address, reason)

    def _apply_objective(self, action: NewAction, row: LogRow) -> None:
        """Take the objective from its column, else from the heading above the row; ask whether to add a new one."""
        text = row.text_of("objective") or (row.section or "")
        if not text or "objective" in action.values:
            return
        if number := self.records.find_objective(text):
            action.values["objective"] = number
        elif row.first_cell("objective"):
            reason = _('no objective is called "{words}": add it?').format(words=clean_line(text)[:80])
            values = {"objective": f"{NEW_PREFIX}{clean_line(text)}"}
            claim = Claim("objective", row.address_of("objective"), text, values, reason)
            self._group_claim(action, "objective", text, claim)

    def _apply_plain_fields(self, action: NewAction, row: LogRow) -> None:
        """Take the fields that are not claims: title, detail, source, priority, marking and the first due date."""
        title = clean_line(row.text_of("title"))
        action.values["title"] = title if len(title) <= MAX_TITLE_LENGTH else title[: MAX_TITLE_LENGTH - 1] + "…"
        details = [row.text_of("title")] if len(title) > MAX_TITLE_LENGTH else []
        if details := [clean_text(text) for text in (*details, row.text_of("detail")) if text]:
            action.values["detail"] = "\n\n".join(details)
        if row.text_of("source"):
            action.values["source"] = clean_line(row.text_of("source"))[:500]
        if priority := row.text_of("priority"):
            if level := parse_priority(priority):
                action.values["priority"] = level.value
            else:
                self.other_priorities.setdefault(priority, row.address_of("priority"))
        if marking := row.text_of("file_marking"):
            action.values["marking"] = read_handling(marking).value
        first_due, cell = self._read_date(row, "original_due", read_due_cell), row.first_cell("original_due")
        if first_due.value and not first_due.is_guess:
            action.values["original_due"] = first_due.value.stored_text
        elif cell and (words := clean_line(cell.text)[:MAX_WORDS_LENGTH]):
            action.values["original_due"] = DateAsKnown(NO_DAY, Precision.WORDS, words).stored_text

    def _warn_about_priorities(self) -> None:
        """Name the texts that are no priorities, up to three; of more, such as ranks, only their number."""
        if len(self.other_priorities) <= MAX_NAMED_PRIORITIES:
            sentence = _('"{word}" is not a priority and is left out')
            for text, address in self.other_priorities.items():
                self.file.add_warning(address, sentence.format(word=text[:40]))
            return
        first, address = next(iter(self.other_priorities.items()))
        sentence = _('{n} values such as "{word}" are not priorities and are left out')
        self.file.add_warning(address, sentence.format(n=len(self.other_priorities), word=first[:40]))

    def _read_date(self, row: LogRow, field_name: str, read_cell: Callable[..., DateReading]) -> DateReading:
        """Return the date in a column; a date that the field cannot have is a warning."""
        cell = row.first_cell(field_name)
        reading = read_cell(cell.value if cell else None, self.records.today, self.date_conventions)
        if cell and reading.is_refused:
            self.file.add_warning(cell.address, reading.question or "")
        return reading

    def _read_update_day(self, row: LogRow) -> str | None:
        """Return the day of the updates of a row, unless it is a guess, incomplete or in the future."""
        return get_update_day(self._read_date(row, "update_on", read_fact_cell))

    def _group_claim(self, action: NewAction, kind: str, text: str, claim: Claim) -> None:
        """Add a claim to the question about its text; a name is one question, whether it leads or supports."""
        asked_kind = "lead" if kind == "support_name" else kind
        group = self.groups.setdefault((asked_kind, normalize_text(text) or text), _QuestionGroup(claim))
        (group.supported if kind == "support_name" else group.actions).append((action, claim))
        if kind in ("lead", "leads", "lead_text") and text:
            sentence = _("Lead in {file}: {words}")
            action.values["note"] = sentence.format(file=self.file.path.name, words=clean_line(text))

    def _ask_about_objectives(self) -> None:
        """Ask once about the objectives that the plan lacks, where there are many. Raises BadInput."""
        keys = [key for key in self.groups if key[0] == "objective"]
        if len(keys) <= MAX_ROW_QUESTIONS:
            return
        groups = [self.groups.pop(key) for key in keys]
        names = [clean_line(group.claim.theirs or "") for group in groups]
        sentence = _('{n} objectives are not in the plan, from "{first}" to "{last}": add them?')
        reason = sentence.format(n=len(names), first=names[0][:80], last=names[-1][:80])
        identifier = build_question_id("new", "objective", *map(normalize_text, names))
        address = groups[0].claim.address
        question = Question(identifier, None, "objective", None, None, "; ".join(names), reason, address)
        if self.file.resolve_choice(question) == "theirs":
            for name, group in zip(names, groups, strict=True):
                self._write_answer(group, {"objective": self._number_new_objective(name)})

    def _ask_group(self, kind: str, group: _QuestionGroup) -> None:
        """Ask the question of a group, and write the answer to each of its actions."""
        if kind == "month_first":
            self._ask_about_month_first(group)
            return
        claim, count = group.claim, len(group.actions) + len(group.supported)
        reason = claim.reason if count == 1 else _("{reason} ({n} rows)").format(reason=claim.reason, n=count)
        identifier = build_question_id("new", kind, normalize_text(claim.theirs or ""))
        question = Question(
            identifier, None, kind, None, None, claim.theirs, reason, claim.address, None, claim.proposed
        )
        answer = self._resolve_group_answer(question, claim)
        if kind == "closing_date":
            self._close_actions(group, question, answer)
            return
        values = dict(claim.values) if answer == "theirs" else {}
        if answer not in ("", "ours", "theirs"):
            values = {claim.target: parse_answer(self.records, claim.target, answer, question)}
        objective = values.get("objective")
        if owner := find_new_owner(values.get("lead")):
            add_owner(self.plan, self.records, owner, self.file.path.name)
        if objective and objective.startswith(NEW_PREFIX):
            values = {"objective": self._number_new_objective(objective.removeprefix(NEW_PREFIX))}
        self._write_answer(group, values)

    def _resolve_group_answer(self, question: Question, claim: Claim) -> str:
        """Return the answer to a question; what an unknown owner is goes to the records."""
        owner = find_new_owner(claim.values.get("lead"))
        answer = self.file.resolve_answer(offer_owner_kinds(question, owner) if owner else question, bool(claim.values))
        kind = read_owner_kind(answer, owner) if owner else None
        if kind is None:
            return answer
        if kind is OwnerKind.NOBODY:
            return "ours"
        self.records.owner_kinds[owner] = PartyKind(kind)
        return "theirs"

    def _write_answer(self, group: _QuestionGroup, values: Mapping[str, str | None]) -> None:
        """Write the values of an answer to the actions of a group; a lead supports those that it only supports."""
        lead = values.get("lead")
        for action, _claim in group.supported if lead else ():
            names = [*(action.values.get("support") or "").split("; "), format_value(self.records, "lead", lead) or ""]
            action.values["support"] = join_names(names)
        for action, _claim in group.actions:
            action.values.update((name, value) for name, value in values.items() if value is not None)
            if lead and not group.claim.is_partial:
                action.values.pop("note", None)

    def _close_actions(self, group: _QuestionGroup, question: Question, answer: str) -> None:
        """Close each action on its own date; unless a person says so its status stays, and the date is an update."""
        if answer not in ("", "ours", "theirs"):
            raise build_choice_error(question.id, answer)
        for action, claim in group.actions:
            if answer == "theirs":
                action.values.update(claim.values)
            else:
                text = _("Closing date in {file}: {day}").format(file=self.file.path.name, day=claim.theirs)
                action.updates.append((text, claim.address, None))

    def _ask_about_month_first(self, group: _QuestionGroup) -> None:
        """Ask whether the dates of a file have the month first, and write each date by the answer.

        Where the day is first and there is no such day, the words stay. Dates that can be read in one way alone need no
        question. Raises BadInput for another answer.
        """
        claims = [claim for _action, claim in group.actions]
        if len(claims) >= _MIN_CERTAIN_DATES and not any(claim.day_first_values for claim in claims):
            for action, claim in group.actions:
                action.values.update((name, value) for name, value in claim.values.items() if value is not None)
            self.file.add_warning(group.claim.address, _("the dates are read with the month first"))
            return
        example = next((claim for claim in claims if claim.day_first_values), group.claim)
        reason = example.reason
        if len(claims) > 1:
            reason = _("{reason} ({n} rows)").format(reason=reason, n=len(claims))
        day_first_values = example.day_first_values
        day_first = format_value(self.records, "due", day_first_values.get("due") or day_first_values.get("closed_on"))
        question = Question(
            build_question_id("new", "month_first", normalize_text(example.theirs or "")),
            None,
            "month_first",
            None,
            day_first,
            example.theirs,
            reason,
            example.address,
            proposed=example.proposed,
        )
        if answer := self.file.resolve_choice(question):
            for action, claim in group.actions:
                values = claim.values if answer == "theirs" else claim.day_first_values
                action.values.update((name, value) for name, value in values.items() if value is not None)

    def _number_new_objective(self, text: str) -> str:
        """Add a new objective to the plan; return its number: the one at the beginning of the text if it is free."""
        new_objectives = self.plan.new_objectives
        for number, title in new_objectives.items():
            if normalize_text(title) == normalize_text(text):
                return number
        taken = {number for _key, number, _title in self.records.objectives} | set(new_objectives)
        match = re.match(r"\s*(?:objective\s+)?(\d{1,3})\s*[.:)–-]*\s*(.*)", text, re.IGNORECASE | re.DOTALL)
        number = match[1].lstrip("0") if match else ""
        if not number or number in taken:
            number = str(max((int(taken_number) for taken_number in taken), default=0) + 1)
        new_objectives[number] = (match[2] if match and match[2] else text).strip()
        return number

    def _build_display_values(self, action: NewAction) -> dict[str, Any]:
        values: dict[str, Any] = {
            name: format_value(self.records, name, value) if isinstance(value, str) else value
            for name, value in action.values.items()
            if value is not None
        }
        values.setdefault("status", Status.PLANNED.value)
        if action.updates:
            values["progress"] = "; ".join(text for text, _address, _day in action.updates)
        return values
