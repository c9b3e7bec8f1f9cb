"""Rules and row classes of reviews, subject access and erasure.

Sources: UK GDPR articles 12(3), 15 and 17. Periods are counted as in the guidance of the ICO.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, add_months, format_long_date
from ahtc_tui.domain.i18n import _, ngettext, pgettext, pgettext_noop

REVIEW_MONTHS = 24
"""Months from the last use of a person's data to the review, unless a review date is set."""

EXCERPT_LETTERS = 60
"""Characters that are shown around a change."""

ANSWER_MONTHS = 1
"""UK GDPR article 12(3)."""

USES = (
    pgettext_noop("last use", "engaged"),
    pgettext_noop("last use", "interest"),
    pgettext_noop("last use", "promised"),
    pgettext_noop("last use", "attended"),
    pgettext_noop("last use", "invited"),
    pgettext_noop("last use", "leads"),
    pgettext_noop("last use", "supports"),
    pgettext_noop("last use", "closed"),
    pgettext_noop("last use", "reported"),
    pgettext_noop("last use", "seat"),
    pgettext_noop("last use", "chair"),
    pgettext_noop("last use", "in post"),
    pgettext_noop("last use", "added"),
)
"""Purposes for which the data of a person are used."""


def compute_answer_due(received: date) -> date:
    """Return the last day for answering a subject access request: one calendar month after receipt.

    If that is a weekend or bank holiday in Wales, the next working day.
    """
    from ahtc_tui.domain.dates.working_days import add_working_days, is_working_day

    due = add_months(received, ANSWER_MONTHS)
    return due if is_working_day(due) else add_working_days(due)


def compute_review_day(review_on: DateAsKnown | None, last_used: date) -> date:
    """Return the review day of a person: the set date, else 24 months after the last use."""
    return review_on.latest if review_on else add_months(last_used, REVIEW_MONTHS)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A person due for review."""

    ref: str
    name: str
    organisation: str | None
    review_on: date
    by_default: bool
    """Whether the date follows from the last use."""
    last_used: date
    last_use: str
    days_over: int
    lawful_basis: str | None
    told_on: DateAsKnown | None


def format_review_ground(review: ReviewRow | None) -> tuple[tuple[str, str | None], ...]:
    """Return the labels and values of the lawful basis and review of a person; empty without a review."""
    if review is None:
        return ()
    sentence = _("{day}: 24 months after the last use, {what} {on}")
    review_on, last = DateAsKnown(review.review_on), DateAsKnown(review.last_used)
    default = sentence.format(day=review_on, what=translate_use(review.last_use), on=last)
    return (
        (_("Lawful basis"), review.lawful_basis or _("no lawful basis recorded")),
        (_("Informed on"), str(review.told_on) if review.told_on else _("not informed")),
        (_("Review on"), default if review.by_default else str(review_on)),
    )


def translate_use(purpose: str) -> str:
    """Return the purpose of a use in the language of the interface."""
    return pgettext("last use", purpose)


@dataclass(frozen=True, slots=True)
class LastUse:
    """Last use of a person's data and its purpose."""

    on: date
    purpose: str


@dataclass(frozen=True, slots=True)
class ErasedRow:
    """A text before and after redaction."""

    table: str
    field: str
    before: str
    after: str

    @property
    def excerpt(self) -> str:
        """Part of the new text around its first difference."""
        return self._cut(self.after)

    @property
    def former_excerpt(self) -> str:
        """The same part of the text before redaction."""
        return self._cut(self.before)

    def _cut(self, text: str) -> str:
        pairs = enumerate(zip(self.before, self.after, strict=False))
        change_start = next((n for n, (old, new) in pairs if old != new), 0)
        first, end = max(0, change_start - EXCERPT_LETTERS), change_start + 2 * EXCERPT_LETTERS
        excerpt = " ".join(text[first:end].split())
        return ("… " if first else "") + excerpt + (" …" if end < len(text) else "")


@dataclass(frozen=True, slots=True)
class UndecidedText:
    """A text that may refer to the person and needs a decision."""

    table: str
    field: str
    text: str


class ErasureEffect(Enum):
    """Effect of an erasure on a row."""

    DROPPED = auto()
    REPLACED = auto()
    """The person is replaced by a post, or by no one."""
    REDACTED = auto()
    """Other text."""


@dataclass(frozen=True, slots=True)
class TableCount:
    """Effects of an erasure on one table."""

    table: str
    goes: int
    instead: int
    """Rows in which the person is replaced by a post or removed."""
    words: int
    """Rows with redacted text."""


def build_table_counts(rows: Counter[tuple[str, ErasureEffect]]) -> tuple[TableCount, ...]:
    """Return the effects of an erasure by table, from its rows by table and effect."""
    return tuple(
        TableCount(
            table,
            goes=rows[table, ErasureEffect.DROPPED],
            instead=rows[table, ErasureEffect.REPLACED],
            words=rows[table, ErasureEffect.REDACTED],
        )
        for table in sorted({table for table, _effect in rows})
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureReport:
    """Effects of an erasure or its dry run, and what is left to decide.

    The report of an erasure that an earlier command made, and this one finishes, has only its day and its files.
    """

    ref: str = ""
    name: str = ""
    done: bool
    on: date
    instead: str = ""
    """Replacement of the name in free text."""
    tables: tuple[TableCount, ...] = ()
    journal_lines: int = 0
    texts: tuple[ErasedRow, ...] = ()
    left: tuple[UndecidedText, ...] = ()
    shared: tuple[str, ...] = ()
    """Names and addresses that other records share, which are not redacted."""
    files: tuple[str, ...] = ()
    """Files of the workspace that still hold the name."""
    removed: tuple[str, ...] = ()
    backups: tuple[str, ...]
    """Earlier backups, which hold the person; a restore repeats the erasure."""
    unfinished: str = ""
    """Remaining work after the erasure, as a sentence; the next command does it. Empty if there is none."""

    @property
    def has_undecided(self) -> bool:
        """Whether a decision is left to a person."""
        return bool(self.left or self.shared or self.files or self.unfinished)


@dataclass(frozen=True, slots=True)
class Held:
    """An item of data held on a person."""

    kind: str
    """Table, "mention: ..." for a text with the name, or "journal"."""
    source: str
    """Reference and title of the record or its parent."""
    day: str | None
    through: str
    """Field that refers to the person; for the journal the time."""
    removed: bool
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Redaction:
    """A third party in the data held on a person, to redact before disclosure."""

    name: str
    file: str
    source: str
    field: str


@dataclass(frozen=True, slots=True)
class SubjectAnswer:
    """Result of a subject access request."""

    ref: str
    name: str
    file: str
    received: date
    due: date
    counts: tuple[tuple[str, int], ...]
    redactions: int
    issued: tuple[str, ...]
    """References of issued documents that hold the name."""
    unknown_accounts: tuple[str, ...] = ()
    """Accounts in the history without a recorded person; not in the archive."""


def format_subject_answer(answer: SubjectAnswer) -> str:
    """Return the due day of the answer, number of third-party mentions, and accounts that may be the person's."""
    due = _("the answer is due on {date}").format(date=format_long_date(answer.due))
    if answer.redactions:
        mentions = ngettext("1 mention of another person", "{n} mentions of other people", answer.redactions)
        sentence = _("{due}; {mentions} to check first: redactions.csv.").format(due=due, mentions=mentions)
    else:
        sentence = _("{due}; no other person is named in it.").format(due=due)
    if not answer.unknown_accounts:
        return sentence
    accounts = ", ".join(answer.unknown_accounts)
    question = _(
        "The history does not show who used these accounts: {accounts}. If one belongs to this person, say "
        "so in the answer."
    )
    return f"{sentence} {question.format(accounts=accounts)}"
