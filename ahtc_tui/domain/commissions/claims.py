"""What a record lets the office claim in a paper: one sentence for each, and whether it is an achievement or a plan.

A claim says only what the record itself holds, never what the clock makes of it: so it changes when the record does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking, Status
from ahtc_tui.domain.groups.model import GroupKind
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.domain.evidence.model import FigureRow
    from ahtc_tui.domain.evidence.practice import AdoptionRow, PracticeRow
    from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow
    from ahtc_tui.domain.groups.model import GroupRow
    from ahtc_tui.domain.meetings.decisions import Decision
    from ahtc_tui.domain.meetings.model import MeetingRow


class ClaimKind(StrEnum):
    """The kinds of record that a paragraph can rest on."""

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


class Standing(StrEnum):
    """How a claim reads in a paper."""

    ACHIEVED = "achieved"
    TO_COME = "to_come"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, and the record that it rests on."""

    kind: ClaimKind
    key: bytes
    ref: str
    title: str
    said: str | None
    """What there is to say of it; None where its name is all."""
    topic: str
    """Under what a draft looks for it: the number of an objective, "fora", "practice" ..."""
    standing: Standing = Standing.FACT
    day: DateAsKnown | None = None
    """When it was achieved or held; None where nobody said."""
    marking: Marking = Marking.OFFICIAL

    @property
    def sentence(self) -> str:
        """The claim as a paper has it."""
        return f"{self.title}: {self.said}" if self.said else self.title

    def outside(self, first: date | None, last: date | None) -> bool:
        """Achieved or held on a day that is known, before or after the period of a paper."""
        if self.day is None or self.standing is Standing.TO_COME:
            return False
        return bool((first and self.day.latest < first) or (last and self.day.latest > last))


UNFILED = "other"
"""The topic of an action under no objective."""
PARTNERS = "partners"
"""The topic of posts and organisations."""


def of_action(row: ActionRow) -> Claim:
    """Achieved when it is done; what was cancelled, waits or goes on is still said."""
    said = [row.status.label.lower()]
    if row.status is Status.DONE:
        said += [str(row.closed_on)] if row.closed_on else []
    else:
        said += [_("lead {name}").format(name=row.lead_label)] if row.lead else []
        said += [_("due {day}").format(day=row.due)] if row.due else []
    told = f"{', '.join(said)}. {row.latest_update}" if row.latest_update and row.open else ", ".join(said)
    return Claim(
        ClaimKind.ACTION,
        row.key,
        row.ref,
        row.title,
        told,
        row.objective or UNFILED,
        Standing.ACHIEVED if row.status is Status.DONE else Standing.TO_COME,
        row.closed_on,
        row.marking,
    )


def of_group(row: GroupRow, ours: str | None) -> Claim:
    """Where it stands, who chairs it, and what our post is on it."""
    said = [row.state.label.lower()]
    said += [_("chaired by {name}").format(name=row.chair)] if row.chair else []
    said += [_("the Co-ordinator: {role}").format(role=ours.lower())] if ours else []
    topic = "fora" if row.kind is GroupKind.FORUM else "boards"
    return Claim(ClaimKind.GROUP, row.key, row.ref, row.name, ", ".join(said), topic)


def of_practice(row: PracticeRow, cells: Iterable[AdoptionRow]) -> Claim:
    """Every place that says something, by how far it is."""
    places: dict[str, list[str]] = {}
    for cell in cells:
        places.setdefault(cell.status.label.lower(), []).append(cell.place)
    said = "; ".join(f"{status} ({', '.join(names)})" for status, names in places.items())
    return Claim(ClaimKind.PRACTICE, row.key, row.ref, row.title, said or None, "practice")


def of_meeting(row: MeetingRow) -> Claim:
    """What was held, when and where."""
    said = ", ".join(part for part in (str(row.day) if row.day else "", row.where) if part)
    return Claim(
        ClaimKind.MEETING, row.key, row.ref, row.title, said or None, "events", day=row.day,
        marking=row.marking,
    )  # fmt: skip


def of_decision(row: Decision) -> Claim:
    """Who decided it, and when."""
    said = ", ".join(part for part in (row.body or "", str(row.decided_on) if row.decided_on else "") if part)
    return Claim(ClaimKind.DECISION, row.key, row.ref, row.text, said or None, "decisions", day=row.decided_on)


def of_figure(row: FigureRow) -> Claim:
    """The value with its period, never without its source, its caveat, and which of several sources is used."""
    said = [f"{row.value_text} {row.unit} ({row.period})"]
    said += [_("source: {source}").format(source=row.source)] if row.source else []
    said += [row.use] if row.use else []
    said += [row.caveat] if row.caveat else []
    return Claim(ClaimKind.FIGURE, row.key, row.ref, row.title, "; ".join(said), "figures")


def of_recommendation(row: RecommendationRow) -> Claim:
    """The answer, and the actions that carry it out."""
    said = [row.response or _("no answer yet")]
    said += [_("actions {refs}").format(refs=", ".join(row.actions))] if row.actions else []
    return Claim(ClaimKind.RECOMMENDATION, row.key, row.ref, row.title, "; ".join(said), "recommendations")


def of_document(row: DocumentRow) -> Claim:
    """Whose it is, its number, and when it came or should come."""
    said = [part for part in (row.body, row.reference, str(row.published_on) if row.published_on else None) if part]
    if row.awaited:
        said.append(_("awaited {when}").format(when=row.expected_on or _("without a date")))
    return Claim(ClaimKind.DOCUMENT, row.key, row.ref, row.title, ", ".join(said) or None, "documents")
