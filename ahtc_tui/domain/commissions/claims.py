"""Claims: the sentence that a paper can state from one record, and whether it is an achievement or a plan.

A claim depends on the record alone, not on today's date, so it changes only when the record does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.actions.model import ActionRow, Marking, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.evidence.practice import AdoptionRow, PracticeRow
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow
from ahtc_tui.domain.groups.model import GroupKind, GroupRow
from ahtc_tui.domain.i18n import _, choose_printed_text, ngettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.meetings.series_words import format_rule


class ClaimKind(StrEnum):
    """Kinds of record that can support a paragraph."""

    AIM = "aim"
    POST = "post"
    ORGANISATION = "organisation"
    GROUP = "group"
    ACTION = "action"
    PRACTICE = "practice"
    MEETING = "meeting"
    DECISION = "decision"
    FIGURE = "figure"
    DATA_SET = "data_set"
    RECOMMENDATION = "recommendation"
    DOCUMENT = "document"


class ClaimStatus(StrEnum):
    """Status of a claim: achieved, still to come, or a fact."""

    ACHIEVED = "achieved"
    TO_COME = "to_come"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence and the record that supports it."""

    kind: ClaimKind
    key: RowKey
    ref: str
    title: str
    statement: str | None
    """Statement after the title; None where the title is the whole claim."""
    topic: str
    """Topic by which a draft selects it: the number of an objective, "fora", "practice" ..."""
    status: ClaimStatus = ClaimStatus.FACT
    day: DateAsKnown | None = None
    """Day on which it was achieved or held, if known."""
    marking: Marking = Marking.OFFICIAL
    dated_sentence: str = ""
    """Sentence with the names that are valid on the day of the workspace."""

    @property
    def sentence(self) -> str:
        """Title and statement in one sentence."""
        return f"{self.title}: {self.statement}" if self.statement else self.title

    @property
    def shown_sentence(self) -> str:
        """Sentence for readers; the other one is stored and compared."""
        return self.dated_sentence or self.sentence

    def is_outside(self, first: date | None, last: date | None) -> bool:
        """Whether it was achieved or held on a known day outside the period of a paper."""
        if self.day is None or self.status is ClaimStatus.TO_COME:
            return False
        return bool((first and self.day.latest < first) or (last and self.day.latest > last))


UNFILED_TOPIC = "other"
"""Topic of actions without an objective."""
PARTNERS_TOPIC = "partners"
"""Topic of posts and organisations."""


def build_action_claim(row: ActionRow) -> Claim:
    """Claim of an action: achieved when done, otherwise its status, lead, due date and latest update."""
    parts = [row.status.label.lower()]
    if row.status is Status.DONE:
        if row.closed_on:
            parts.append(str(row.closed_on))
    else:
        if row.lead:
            parts.append(_("lead {name}").format(name=row.lead_short or row.lead))
        if row.due:
            parts.append(_("due {day}").format(day=row.due))
    statement = ", ".join(parts)
    if row.printed_update and row.is_open:
        statement = f"{statement}. {row.printed_update}"
    return Claim(
        ClaimKind.ACTION,
        row.key,
        row.ref,
        row.printed_title,
        statement,
        row.objective or UNFILED_TOPIC,
        ClaimStatus.ACHIEVED if row.status is Status.DONE else ClaimStatus.TO_COME,
        row.closed_on,
        row.marking,
    )


def build_group_claim(row: GroupRow, our_role: str | None) -> Claim:
    """Claim of a group: its state, its chair and the role of the Co-ordinator."""
    parts = [row.state.label.lower()]
    if row.chair:
        parts.append(_("chaired by {name}").format(name=row.chair))
    if our_role:
        parts.append(_("the Co-ordinator: {role}").format(role=our_role[:1].lower() + our_role[1:]))
    topic = "fora" if row.kind is GroupKind.FORUM else "boards"
    return Claim(ClaimKind.GROUP, row.key, row.ref, row.name, ", ".join(parts), topic)


def build_practice_claim(row: PracticeRow, cells: Iterable[AdoptionRow]) -> Claim:
    """Claim of a practice: the places by adoption status."""
    places: dict[str, list[str]] = {}
    for cell in cells:
        places.setdefault(cell.status.label.lower(), []).append(cell.place)
    statement = "; ".join(f"{status} ({', '.join(names)})" for status, names in places.items())
    return Claim(ClaimKind.PRACTICE, row.key, row.ref, row.printed_title, statement or None, "practice")


def build_meeting_claim(row: MeetingRow) -> Claim:
    """Claim of a meeting: its day and place."""
    day = format_rule(row.recurrence) if row.recurrence else str(row.day or "")
    statement = ", ".join(part for part in (day, row.location) if part)
    return Claim(
        ClaimKind.MEETING, row.key, row.ref, row.printed_title, statement or None, "events", day=row.day,
        marking=row.marking,
    )  # fmt: skip


def build_decision_claim(row: Decision) -> Claim:
    """Claim of a decision: the body and the day."""
    statement = ", ".join(part for part in (row.body or "", str(row.decided_on) if row.decided_on else "") if part)
    return Claim(
        ClaimKind.DECISION, row.key, row.ref, row.printed_text, statement or None, "decisions", day=row.decided_on
    )


def build_figure_claim(row: FigureRow) -> Claim:
    """Claim of a figure: value, unit and period with source, use and caveat."""
    parts = [f"{row.amount} ({row.period})"]
    if row.source:
        parts.append(_("source: {source}").format(source=row.source))
    if row.use:
        parts.append(row.use)
    if row.caveat:
        parts.append(choose_printed_text(row.caveat, None))
    return Claim(ClaimKind.FIGURE, row.key, row.ref, row.printed_title, "; ".join(parts), "figures")


def build_recommendation_claim(row: RecommendationRow) -> Claim:
    """Claim of a recommendation: the response and the actions that implement it."""
    response = choose_printed_text(row.response, None) if row.response else _("no answer yet")
    refs = ngettext("action {refs}", "actions {refs}", len(row.actions), refs=", ".join(row.actions))
    actions = f"; {refs}" if row.actions else ""
    title, statement = row.printed_title, response + actions
    return Claim(ClaimKind.RECOMMENDATION, row.key, row.ref, title, statement, "recommendations")


def build_document_claim(row: DocumentRow) -> Claim:
    """Claim of a document: its body, reference and day of publication or expected day."""
    parts = [part for part in (row.body, row.reference, str(row.published_on) if row.published_on else None) if part]
    if row.awaited:
        parts.append(_("expected {when}").format(when=row.expected_on or _("without a date")))
    return Claim(ClaimKind.DOCUMENT, row.key, row.ref, row.printed_title, ", ".join(parts) or None, "documents")
