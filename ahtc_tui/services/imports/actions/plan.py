"""The plan of an import of actions: what each claim of a file comes to, what is asked, what would be written.

Nothing is written here: `Plan` holds what the writer then does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ahtc_tui.domain.actions.filters import read_choice
from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, read_stored_date
from ahtc_tui.domain.dates.parser import read_date_or_words
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ChangedField, FileReport, FileWarning, Question, TakeMode
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.imports.actions.claim import NEW_PREFIX, Claim, join_names
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.party_names import Certainty
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id


@dataclass
class ActionFilePlan(FilePlan):
    """What becomes of one file of actions."""

    kept: int = 0

    def build_report(self) -> FileReport:
        """The plan as people see it."""
        return replace(super().build_report(), kept=self.kept)

    def add_note(self, cell: str, reason: str, ref: str | None, field_name: str | None = None) -> None:
        """Say what a person should know of an action."""
        self.warnings.append(FileWarning(cell, reason, ref, field_name))

    def resolve_answer(self, question: Question, takes: bool) -> str:
        """What a person decided: a value, "theirs", "ours"; empty where it is left. `takes`: theirs can be taken."""
        answer = self.options.answers.get(question.id, "").strip()
        if answer == "both":
            answer = "theirs"
        if not answer and takes and self.options.take is TakeMode.ALL:
            answer = "theirs"
        if answer == "theirs" and not takes:
            sentence = _('Question {id} ({field}): there is nothing to take. Answer "ours", "skip" or a value.')
            raise BadInput(sentence.format(id=question.id, field=question.field))
        if answer in ("", "skip"):
            self.questions.append(replace(question, takes=takes))
            return ""
        return answer


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """A line of progress to add."""

    action: RowKey
    text: str
    source: str
    said_on: str | None = None
    """None: the day of the import."""


@dataclass
class ImportPlan:
    """What the writer does, and the reports that say so."""

    files: list[ActionFilePlan]
    changes: dict[RowKey, dict[str, str | None]] = field(default_factory=dict)
    reasons: dict[RowKey, str] = field(default_factory=dict)
    """The file that a change comes from: why a due date moves and a rating gets worse."""
    updates: list[NewUpdate] = field(default_factory=list)
    new_actions: list[dict[str, Any]] = field(default_factory=list)
    """Values of new actions, as people say them; keys that begin with "_" are for the writer."""
    new_refs: set[str] = field(default_factory=set)
    """The references of the new actions that files give."""
    new_posts: dict[str, str] = field(default_factory=dict)
    """A name that nobody has to the file that it comes from: a post to be confirmed."""
    new_objectives: dict[str, str] = field(default_factory=dict)
    """Number to title."""
    column_mappings: dict[str, str] = field(default_factory=dict)
    """Headings to learn, and their fields."""


def ask_about_claim(
    file_plan: ActionFilePlan, records: CurrentRecords, key: RowKey, claim: Claim, base: str | None, reason: str
) -> tuple[dict[str, str | None], str]:
    """Ask a person about a claim; returns what their answer writes (nothing where it is left) and how it is called."""
    current_values = records.current_values[key]
    action = records.actions[key]
    current_text = (
        action.latest_update
        if claim.target == "update"
        else format_value(records, claim.target, current_values.get(claim.target))
    )
    question = Question(
        build_question_id(file_plan.path.name, action.ref, claim.field, claim.theirs),
        action.ref,
        claim.field,
        format_value(records, claim.target, base),
        current_text,
        claim.theirs,
        reason,
        claim.address,
        proposed=claim.proposed,
    )
    answer = file_plan.resolve_answer(question, bool(claim.values))
    if answer == "ours":
        file_plan.kept += 1
        return {}, claim.field
    if answer == "theirs":
        return claim.values, claim.field if len(claim.values) == 1 else ""
    return ({claim.target: parse_answer(records, claim.target, answer, question)} if answer else {}), claim.target


def apply_values(
    plan: ImportPlan,
    file: ActionFilePlan,
    records: CurrentRecords,
    key: RowKey,
    address: str,
    values: dict[str, str | None],
    field_name: str,
) -> None:
    """Put what is to be written into the plan, and say so."""
    action, current_values = records.actions[key], records.current_values[key]
    for name, value in values.items():
        if name == "update":
            if value:
                plan.updates.append(NewUpdate(key, value, f"{file.path.name}, {address}"))
                file.changed.append(ChangedField(action.ref, "progress", action.latest_update, value, address))
            continue
        planned = plan.changes.get(key, {})
        if current_values.get(name) == value or (name in planned and planned[name] == value):
            continue
        plan.changes.setdefault(key, {})[name] = value
        plan.reasons.setdefault(key, _("as returned in {file}").format(file=file.path.name))
        if value and value.startswith(NEW_PREFIX) and name == "lead":
            plan.new_posts.setdefault(value.removeprefix(NEW_PREFIX), file.path.name)
        was, now = format_value(records, name, current_values.get(name)), format_value(records, name, value)
        file.changed.append(ChangedField(action.ref, field_name or name, was, now, address))


def format_value(records: CurrentRecords, field_name: str, value: str | None) -> str | None:
    """A value as people say it: whoever a reference names, a day or its words."""
    if value is None:
        return None
    if field_name == "lead":
        return value.removeprefix(NEW_PREFIX) if value.startswith(NEW_PREFIX) else records.party_names.find_name(value)
    if field_name in ("due", "closed_on"):
        day = read_stored_date(value)
        assert day is not None
        return day.iso if day.precision is Precision.DAY else str(day)
    return value


def parse_answer(records: CurrentRecords, field_name: str, text: str, question: Question) -> str | None:
    """The value that a person typed as the answer to a question. Raises BadInput that names the question."""
    try:
        return _parse_value(records, field_name, text)
    except BadInput as error:
        raise BadInput(_("Question {id}: {reason}").format(id=question.id, reason=error)) from error


def _parse_value(records: CurrentRecords, field_name: str, text: str) -> str | None:
    if field_name in ("due", "closed_on"):
        day: DateAsKnown = read_date_or_words(text, records.today)
        return day.stored_text
    if field_name == "status":
        return str(read_choice(text, Status, "status").value)
    if field_name == "brag":
        return str(read_choice(text, Brag, "BRAG rating").value)
    if field_name == "lead":
        match = records.party_names.find_party(text)
        if match.party is None or match.certainty is not Certainty.SURE:
            raise BadInput(match.reason)
        return match.party.ref
    if field_name == "support":
        matches = [records.party_names.find_party(part) for part in text.split(";")]
        if any(match.party is None for match in matches):
            raise BadInput("; ".join(match.reason for match in matches if match.party is None))
        return join_names([match.party.name for match in matches if match.party])
    if field_name == "objective" and records.find_objective(text) is None:
        raise BadInput(_('There is no objective "{words}".').format(words=text))
    return records.find_objective(text) if field_name == "objective" else text
