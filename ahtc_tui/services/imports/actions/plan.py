"""The plan of an import of actions: what each claim of a file comes to, what is asked, what would be written.

Nothing is written here: `Plan` holds what the writer then does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ahtc_tui.domain.actions.filters import one_of
from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, from_stored
from ahtc_tui.domain.dates.parser import read_date_or_words
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Changed, FileReport, Question, Take, Warned
from ahtc_tui.services.imports.actions.claim import NEW, Claim, joined
from ahtc_tui.services.imports.actions.current_records import Facts
from ahtc_tui.services.imports.actions.party_names import How
from ahtc_tui.services.imports.file_plan import FilePlan, question_id


@dataclass
class ActionsPlan(FilePlan):
    """What becomes of one file of actions."""

    kept: int = 0

    def report(self) -> FileReport:
        """The plan as people see it."""
        return replace(super().report(), kept=self.kept)

    def note(self, cell: str, reason: str, ref: str | None, name: str | None = None) -> None:
        """Say what a person should know of an action."""
        self.warnings.append(Warned(cell, reason, ref, name))

    def answer(self, question: Question, takes: bool) -> str:
        """What a person decided: a value, "theirs", "ours"; empty where it is left. `takes`: theirs can be taken."""
        said = self.wishes.answers.get(question.id, "").strip()
        if said == "both":
            said = "theirs"
        if not said and takes and self.wishes.take is Take.ALL:
            said = "theirs"
        if said == "theirs" and not takes:
            sentence = _('Question {id} ({field}): there is nothing to take. Answer "ours", "skip" or a value.')
            raise BadInput(sentence.format(id=question.id, field=question.field))
        if said in ("", "skip"):
            self.questions.append(replace(question, takes=takes))
            return ""
        return said


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """A line of progress to add."""

    action: bytes
    text: str
    source: str
    said_on: str | None = None
    """None: the day of the import."""


@dataclass
class Plan:
    """What the writer does, and the reports that say so."""

    files: list[ActionsPlan]
    changes: dict[bytes, dict[str, str | None]] = field(default_factory=dict)
    reasons: dict[bytes, str] = field(default_factory=dict)
    """The file that a change comes from: why a due date moves and a rating gets worse."""
    updates: list[NewUpdate] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    """Values of new actions, as people say them; keys that begin with "_" are for the writer."""
    refs: set[str] = field(default_factory=set)
    """The references of the new actions that files give."""
    posts: dict[str, str] = field(default_factory=dict)
    """A name that nobody has to the file that it comes from: a post to be confirmed."""
    objectives: dict[str, str] = field(default_factory=dict)
    """Number to title."""
    columns: dict[str, str] = field(default_factory=dict)
    """Headings to learn, and their fields."""


def ask(
    plan: ActionsPlan, facts: Facts, key: bytes, claim: Claim, base: str | None, reason: str
) -> tuple[dict[str, str | None], str]:
    """Ask a person about a claim; returns what their answer writes (nothing where it is left) and how it is called."""
    ours = facts.now[key]
    row = facts.ours[key]
    here = row.latest_update if claim.target == "update" else shown(facts, claim.target, ours.get(claim.target))
    question = Question(
        question_id(plan.path.name, row.ref, claim.field, claim.theirs),
        row.ref,
        claim.field,
        shown(facts, claim.target, base),
        here,
        claim.theirs,
        reason,
        claim.at,
        proposed=claim.proposed,
    )
    said = plan.answer(question, bool(claim.writes))
    if said == "ours":
        plan.kept += 1
        return {}, claim.field
    if said == "theirs":
        return claim.writes, claim.field if len(claim.writes) == 1 else ""
    return ({claim.target: typed(facts, claim.target, said, question)} if said else {}), claim.target


def take(
    plan: Plan, file: ActionsPlan, facts: Facts, key: bytes, at: str, writes: dict[str, str | None], called: str
) -> None:
    """Put what is to be written into the plan, and say so."""
    row, ours = facts.ours[key], facts.now[key]
    for name, value in writes.items():
        if name == "update":
            if value:
                plan.updates.append(NewUpdate(key, value, f"{file.path.name}, {at}"))
                file.changed.append(Changed(row.ref, "progress", row.latest_update, value, at))
            continue
        planned = plan.changes.get(key, {})
        if ours.get(name) == value or (name in planned and planned[name] == value):
            continue
        plan.changes.setdefault(key, {})[name] = value
        plan.reasons.setdefault(key, _("as returned in {file}").format(file=file.path.name))
        if value and value.startswith(NEW) and name == "lead":
            plan.posts.setdefault(value.removeprefix(NEW), file.path.name)
        was, now = shown(facts, name, ours.get(name)), shown(facts, name, value)
        file.changed.append(Changed(row.ref, called or name, was, now, at))


def shown(facts: Facts, name: str, value: str | None) -> str | None:
    """A value as people say it: whoever a reference names, a day or its words."""
    if value is None:
        return None
    if name == "lead":
        return value.removeprefix(NEW) if value.startswith(NEW) else facts.names.name(value)
    if name in ("due", "closed_on"):
        known = from_stored(value)
        assert known is not None
        return known.iso if known.precision is Precision.DAY else str(known)
    return value


def typed(facts: Facts, name: str, text: str, question: Question) -> str | None:
    """The value that a person typed as the answer to a question. Raises BadInput that names the question."""
    try:
        return _typed(facts, name, text)
    except BadInput as error:
        raise BadInput(_("Question {id}: {reason}").format(id=question.id, reason=error)) from error


def _typed(facts: Facts, name: str, text: str) -> str | None:
    if name in ("due", "closed_on"):
        known: DateAsKnown = read_date_or_words(text, facts.today)
        return known.stored
    if name == "status":
        return str(one_of(text, Status, "status").value)
    if name == "brag":
        return str(one_of(text, Brag, "BRAG rating").value)
    if name == "lead":
        meant = facts.names.find(text)
        if meant.party is None or meant.how is not How.SURE:
            raise BadInput(meant.reason)
        return meant.party.ref
    if name == "support":
        parties = [facts.names.find(part) for part in text.split(";")]
        if any(meant.party is None for meant in parties):
            raise BadInput("; ".join(meant.reason for meant in parties if meant.party is None))
        return joined([meant.party.name for meant in parties if meant.party])
    if name == "objective" and facts.objective(text) is None:
        raise BadInput(_('There is no objective "{words}".').format(words=text))
    return facts.objective(text) if name == "objective" else text
