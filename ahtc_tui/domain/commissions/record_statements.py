"""Sentences of a paper about groups, people, good practice, events, figures and documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.commissions.statements import (
    WHOLE_SENTENCE,
    Forms,
    Statement,
    end_sentence,
    format_when,
    join_phrases,
    name_in_text,
    quote,
)
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.evidence.practice import AdoptionRow, AdoptionStatus
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow
from ahtc_tui.domain.groups.model import GroupState, SeatRole
from ahtc_tui.domain.i18n import _, choose_printed_text, ngettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.series_description import format_rule

PARTNERS = ngettext_noop("The partner in this work is {subjects}", "The partners in this work are {subjects}")
FIRST_RESPONDER = ngettext_noop("{subjects} is a First Responder", "{subjects} are First Responders")
FIRST_RESPONDER_SINCE = ngettext_noop(
    "{subjects} became a First Responder {when}", "{subjects} became First Responders {when}"
)
PART_OF = ngettext_noop("{subjects} is part of {parent}", "{subjects} are part of {parent}")
CHAIRED = ngettext_noop("{chair} chairs {subjects}", "{chair} chairs {subjects}")
STATES: dict[GroupState, Forms] = {
    GroupState.PROPOSED: ngettext_noop("{subjects} has been proposed", "{subjects} have been proposed"),
    GroupState.DEVELOPING: ngettext_noop("{subjects} is being developed", "{subjects} are being developed"),
    GroupState.ESTABLISHED: ngettext_noop("{subjects} has been established", "{subjects} have been established"),
    GroupState.DORMANT: ngettext_noop("{subjects} is dormant", "{subjects} are dormant"),
    GroupState.CLOSED: ngettext_noop("{subjects} has closed", "{subjects} have closed"),
}
ROLES: dict[SeatRole, Forms] = {
    SeatRole.CHAIR: ngettext_noop("The Co-ordinator chairs {subjects}", "The Co-ordinator chairs {subjects}"),
    SeatRole.DEPUTY_CHAIR: ngettext_noop(
        "The Co-ordinator is deputy chair of {subjects}", "The Co-ordinator is deputy chair of {subjects}"
    ),
    SeatRole.MEMBER: ngettext_noop(
        "The Co-ordinator is a member of {subjects}", "The Co-ordinator is a member of {subjects}"
    ),
    SeatRole.LEAD: ngettext_noop("The Co-ordinator leads {subjects}", "The Co-ordinator leads {subjects}"),
    SeatRole.CO_OPTED: ngettext_noop(
        "The Co-ordinator has been co-opted onto {subjects}", "The Co-ordinator has been co-opted onto {subjects}"
    ),
    SeatRole.REPRESENTS_WALES: ngettext_noop(
        "The Co-ordinator represents Wales on {subjects}", "The Co-ordinator represents Wales on {subjects}"
    ),
    SeatRole.ATTENDS: ngettext_noop("The Co-ordinator attends {subjects}", "The Co-ordinator attends {subjects}"),
    SeatRole.OBSERVER: ngettext_noop(
        "The Co-ordinator is an observer on {subjects}", "The Co-ordinator is an observer on {subjects}"
    ),
    SeatRole.SECRETARIAT: ngettext_noop(
        "The Co-ordinator provides the secretariat of {subjects}",
        "The Co-ordinator provides the secretariat of {subjects}",
    ),
}
DATA_SETS: dict[str | None, Forms] = {
    "primary": ngettext_noop("The primary data set is {subjects}", "The primary data sets are {subjects}"),
    "secondary": ngettext_noop("The secondary data set is {subjects}", "The secondary data sets are {subjects}"),
}
AIMS = ngettext_noop("The aim is {subjects}", "The aims are {subjects}")
LONG_LIST = 30
"""Number of names in one sentence."""


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A post or organisation with what a paper states of it."""

    key: RowKey
    name: str
    source: str | None
    parent: str | None
    holder: str | None
    """Current holder of a post, with letters after the name."""
    holder_from: DateAsKnown | None
    other_roles: tuple[str, ...]
    """Other roles of the holder."""
    first_responder: bool | None
    first_responder_since: DateAsKnown | None


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group with what a paper states of it."""

    key: RowKey
    name: str
    state: GroupState
    chair: str | None
    our_role: SeatRole | None
    source: str | None


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """A practice without its places."""

    key: RowKey
    title: str
    title_cy: str | None
    origin: str | None
    venue: str | None
    lead: str | None
    recognised_by: str | None
    first_for: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class EventFacts:
    """A meeting or other dated event."""

    key: RowKey
    title: str
    title_cy: str | None
    is_gathering: bool
    day: DateAsKnown | None
    recurrence: str | None
    venue: str | None
    place: str | None
    occasion: str | None
    host: str | None
    keynote: str | None
    attendance_text: str | None
    source: str | None


def _state(sentence: str, source: str | None) -> Statement:
    """Return a whole sentence as a statement that is joined with no other."""
    return Statement(WHOLE_SENTENCE, end_sentence(sentence), source=source or "", most=1)


def _mention(name: str, source: str) -> Statement:
    """Return the statement that a party is concerned, which is left out where another one names it."""
    return Statement(PARTNERS, name_in_text(name), (), source, LONG_LIST, only_name=name)


def state_party(row: PartyFacts) -> list[Statement]:
    """Return who holds a post, what an organisation belongs to, or that it is concerned."""
    name, source = name_in_text(row.name), row.source or ""
    statements = []
    if row.holder:
        pattern = _("{holder} took up post as {post} {when}") if row.holder_from else _("{holder} is {post}")
        when = format_when(row.holder_from) if row.holder_from else ""
        posts = join_phrases([name, *(name_in_text(role) for role in row.other_roles)])
        statements.append(_state(pattern.format(holder=row.holder, post=posts, when=when), source))
    if row.first_responder and row.first_responder_since:
        when = format_when(row.first_responder_since)
        statements.append(Statement(FIRST_RESPONDER_SINCE, name, (("when", when),), source))
    elif row.first_responder:
        statements.append(Statement(FIRST_RESPONDER, name, (), source))
    if row.parent:
        statements.append(Statement(PART_OF, name, (("parent", name_in_text(row.parent)),), source))
    return statements or [_mention(row.name, source)]


def state_group(row: GroupFacts) -> list[Statement]:
    """Return the state of a group, who chairs it, and the role of the Co-ordinator."""
    name, source = name_in_text(row.name), row.source or ""
    statements = []
    if row.chair:
        statements.append(Statement(CHAIRED, name, (("chair", name_in_text(row.chair)),), source))
    if row.our_role:
        statements.append(Statement(ROLES[row.our_role], name, (), source, LONG_LIST))
    if row.state in STATES:
        statements.insert(0, Statement(STATES[row.state], name, (), source, LONG_LIST))
    return statements or [_mention(row.name, source)]


def state_practice(row: PracticeFacts, cells: Iterable[AdoptionRow]) -> list[Statement]:
    """Return where a practice is used, where it began, who leads it, and who recognised it."""
    title = quote(choose_printed_text(row.title, row.title_cy))
    places: dict[AdoptionStatus, list[str]] = {}
    for cell in cells:
        places.setdefault(cell.status, []).append(name_in_text(cell.place))
    phrases = {
        AdoptionStatus.ADOPTED: _("has been adopted in {places}"),
        AdoptionStatus.UNDER_WAY: _("is under way in {places}"),
        AdoptionStatus.PLANNED: _("is planned in {places}"),
        AdoptionStatus.DECLINED: _("has been declined in {places}"),
    }
    uses = [phrase.format(places=join_phrases(places[key])) for key, phrase in phrases.items() if key in places]
    facts = [
        (_("is led by {name}"), row.lead),
        (_("began in {name}"), row.origin),
        (_("takes place at {name}"), row.venue),
        (_("is a first for {name}"), row.first_for),
        (_("has been recognised by {name}"), row.recognised_by),
    ]
    origins = [phrase.format(name=name_in_text(name)) for phrase, name in facts if name]
    sentences = [join_phrases(phrases) for phrases in (origins, uses) if phrases] or [_("is recorded")]
    text = _("The practice {title} {facts}").format(title=title, facts=sentences[0])
    if sentences[1:]:
        text = f"{text}. " + _("It {facts}").format(facts=sentences[1])
    return [_state(text, row.source)]


def state_event(row: EventFacts, today: date) -> list[Statement]:
    """Return when and where an event took place, or takes place, with its host, speaker and attendance."""
    title, source = choose_printed_text(row.title, row.title_cy), row.source
    day_text = format_when(row.day) if row.day else ""
    when = format_rule(row.recurrence) if row.recurrence else day_text
    if not row.is_gathering:
        day = format_day(row.day)
        text = end_sentence(f"{title} ({day})" if day else title)
        return [Statement(WHOLE_SENTENCE, text, (), source or "", 1, only_name=row.title)]
    place = ", ".join(part for part in (row.venue, row.place) if part and "://" not in part)
    is_past = row.day is not None and row.day.latest <= today and not row.recurrence
    parts = [
        when,
        _("at {place}").format(place=name_in_text(place)) if place else "",
        _("to mark {occasion}").format(occasion=row.occasion) if row.occasion else "",
    ]
    details = ", ".join(part for part in parts if part)
    pattern = _("{title} took place {details}") if is_past else _("{title} is to take place {details}")
    sentence = pattern.format(title=name_in_text(title), details=details) if details else title
    sentences = [sentence[:1].upper() + sentence[1:]]
    if row.host:
        sentences.append(_("The host was {name}").format(name=name_in_text(row.host)))
    if row.keynote:
        sentences.append(_("{name} gave the keynote address").format(name=row.keynote))
    if row.attendance_text:
        sentences.append(_("It was attended by {people}").format(people=row.attendance_text))
    return [_state(sentence, source) for sentence in sentences]


def state_decision(row: Decision) -> list[Statement]:
    """Return who decided what, and when."""
    text = quote(row.printed_text.rstrip("."))
    when = format_when(row.decided_on) if row.decided_on else ""
    if row.body:
        pattern = _("{body} decided {when}: {text}") if when else _("{body} decided: {text}")
    else:
        pattern = _("It was decided {when}: {text}") if when else _("It was decided: {text}")
    sentence = pattern.format(body=name_in_text(row.body or ""), when=when, text=text)
    return [_state(sentence[:1].upper() + sentence[1:], row.source)]


def state_figure(row: FigureRow) -> list[Statement]:
    """Return a figure with its period and its caveat."""
    title = quote(row.printed_title)
    pattern = _("The figure for {title} is {amount} ({period})")
    if not row.used:
        pattern = _("Another source gives {amount} for {title} ({period})")
    statements = [_state(pattern.format(title=title, amount=row.amount, period=format_day(row.period)), row.source)]
    return statements + ([_state(caveat, row.source)] if (caveat := row.printed_caveat) else [])


def state_recommendation(row: RecommendationRow) -> list[Statement]:
    """Return a recommendation with its response."""
    title = quote(row.printed_title)
    if not row.response:
        return [_state(_("The recommendation {title} has no answer yet").format(title=title), row.source)]
    pattern = _("The response to {title} is: {response}")
    return [_state(pattern.format(title=title, response=choose_printed_text(row.response, None)), row.source)]


def state_document(row: DocumentRow) -> list[Statement]:
    """Return a document with its body, its number, and the day of its publication."""
    title = quote(row.printed_title) + (f" ({row.reference})" if row.reference else "")
    body = name_in_text(row.body) if row.body else ""
    if row.awaited:
        pattern = _("{title} is expected {when}") if row.expected_on else _("{title} is expected")
    elif row.published_on:
        pattern = _("{title} was published by {body} {when}") if body else _("{title} was published {when}")
    else:
        pattern = _("{title} is a document of {body}") if body else _("{title} is a document")
    day = row.expected_on if row.awaited else row.published_on
    return [_state(pattern.format(title=title, body=body, when=format_when(day) if day else ""), row.source)]
