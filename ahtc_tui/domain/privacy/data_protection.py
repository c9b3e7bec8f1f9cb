"""What the law asks of whoever keeps contacts: when an answer is due, when a record is reviewed, what was erased.

UK GDPR articles 12(3), 15 and 17. Dates count as the ICO counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, add_months, format_long_date
from ahtc_tui.domain.i18n import _, ngettext

REVIEW_MONTHS = 24
"""A person is looked at again so long after the last use, unless a date is said."""

EXCERPT_LETTERS = 60
"""Letters that are shown on either side of a change."""

ANSWER_MONTHS = 1
"""UK GDPR article 12(3)."""


def compute_answer_due(received: date) -> date:
    """The day by which a request of a person is answered: one calendar month after it came.

    On a weekend or a bank holiday in Wales, the next working day.
    """
    from ahtc_tui.domain.dates.working_days import add_working_days, is_working_day

    due = add_months(received, ANSWER_MONTHS)
    return due if is_working_day(due) else add_working_days(due)


def compute_review_day(review_on: DateAsKnown | None, last_used: date) -> date:
    """When a person is looked at again: the date that was said, else 24 months after the last use."""
    return review_on.latest if review_on else add_months(last_used, REVIEW_MONTHS)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A person whose review is due."""

    ref: str
    name: str
    organisation: str | None
    review_on: date
    by_default: bool
    """Nobody said a date: it follows from the last use."""
    last_used: date
    last_use: str
    days_over: int
    lawful_basis: str | None
    told_on: DateAsKnown | None


def format_review_ground(review: ReviewRow | None) -> tuple[tuple[str, str | None], ...]:
    """Why a person is held, as a card says it: labels and words. Nothing for a post or an organisation."""
    if review is None:
        return ()
    sentence = _("{day}: 24 months after the last use, {what} {on}")
    review_on, last = DateAsKnown(review.review_on), DateAsKnown(review.last_used)
    default = sentence.format(day=review_on, what=review.last_use, on=last)
    return (
        (_("Kept because"), review.lawful_basis or _("no lawful basis is written")),
        (_("Told on"), str(review.told_on) if review.told_on else _("not told")),
        (_("Review on"), default if review.by_default else str(review_on)),
    )


@dataclass(frozen=True, slots=True)
class LastUse:
    """The last time that a person was needed, and for what."""

    on: date
    purpose: str


@dataclass(frozen=True, slots=True)
class ErasedRow:
    """A text that gets other words."""

    table: str
    field: str
    before: str
    after: str

    @property
    def excerpt(self) -> str:
        """Some words around the place where the new text begins to differ."""
        pairs = enumerate(zip(self.before, self.after, strict=False))
        change_start = next((n for n, (old, new) in pairs if old != new), 0)
        first = max(0, change_start - EXCERPT_LETTERS)
        excerpt = " ".join(self.after[first : change_start + 2 * EXCERPT_LETTERS].split())
        return (
            ("… " if first else "") + excerpt + (" …" if change_start + 2 * EXCERPT_LETTERS < len(self.after) else "")
        )


@dataclass(frozen=True, slots=True)
class UndecidedText:
    """A text that may mean the person and stays as it is until somebody says so."""

    table: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class TableCount:
    """What becomes of the rows of one table."""

    table: str
    goes: int
    instead: int
    """Rows that name a post, or nobody."""
    words: int
    """Rows whose words change."""


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What goes, what stays and what is left to decide; of a dry run as of the real thing."""

    ref: str
    name: str
    done: bool
    on: date
    instead: str
    """Who stands in free text now."""
    tables: tuple[TableCount, ...]
    journal_lines: int
    texts: tuple[ErasedRow, ...]
    left: tuple[UndecidedText, ...]
    shared: tuple[str, ...]
    """Names and addresses that somebody else has as well: they are not taken out of text."""
    files: tuple[str, ...]
    """Files of the workspace that hold the name, and still stand."""
    removed: tuple[str, ...]
    backups: tuple[str, ...]
    """Copies of the database from before: they hold the person, and are erased again when they are restored."""

    @property
    def has_undecided(self) -> bool:
        """Whether something is left for a person to decide."""
        return bool(self.left or self.shared or self.files)


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is held on a person."""

    kind: str
    """The table, "mention: ..." for a text with the name, or "journal"."""
    source: str
    """The reference and title of the record, or of what it belongs to."""
    day: str | None
    through: str
    """The field that names the person; in the journal the moment."""
    removed: bool
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Redaction:
    """Somebody else who is named in what is held on a person, and is taken out before it is handed over."""

    name: str
    file: str
    source: str
    field: str


@dataclass(frozen=True, slots=True)
class SubjectAnswer:
    """What was written for a person who asked what is held on them."""

    ref: str
    name: str
    file: str
    received: date
    due: date
    counts: tuple[tuple[str, int], ...]
    redactions: int
    issued: tuple[str, ...]
    """Issued papers that hold the name, by reference: they are read as they were issued."""


def format_subject_answer(answer: SubjectAnswer) -> str:
    """By when the answer is due, and who else is named in it."""
    due = _("the answer is due on {day}").format(day=format_long_date(answer.due))
    if not answer.redactions:
        return _("{due}; nobody else is named in it.").format(due=due)
    mentions = ngettext("1 mention of somebody else", "{n} mentions of others", answer.redactions)
    return _("{due}; {mentions} to look at first: redactions.csv.").format(due=due, mentions=mentions)
