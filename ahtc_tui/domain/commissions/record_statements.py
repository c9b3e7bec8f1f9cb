"""Sentences of a paper about groups, people, good practice, events, figures and documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ahtc_tui.domain.commissions.statements import (
    WHOLE_SENTENCE,
    Forms,
    ListedName,
    Statement,
    Weight,
    end_sentence,
    format_when,
    join_phrases,
    join_posts,
    name_in_text,
    quote,
)
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.evidence.practice import AdoptionStatus
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow
from ahtc_tui.domain.groups.model import GroupState, SeatRole
from ahtc_tui.domain.i18n import (
    Language,
    _,
    choose_printed_text,
    get_current_language,
    gettext_noop,
    ngettext,
    ngettext_noop,
)
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.series_description import format_rule
from ahtc_tui.domain.text.english_phrases import (
    add_definite_article,
    begins_with_verb,
    format_headline,
    is_participle,
    is_plural,
    lower_first,
)

Sources = tuple[str, ...]
"""Sources that carry a fact; empty where it has none."""
CONCERNED = ngettext_noop("Those concerned include {subjects}", "Those concerned include {subjects}")
FIRST_RESPONDER = ngettext_noop("{subjects} is a First Responder", "{subjects} are First Responders")
FIRST_RESPONDER_SINCE = ngettext_noop(
    "{subjects} became a First Responder {when}", "{subjects} became First Responders {when}"
)
PART_OF = ngettext_noop("{subjects} is part of {parent}", "{subjects} are part of {parent}")
POST_SINCE = ngettext_noop(
    "The post of {subjects} has been in existence since {day}",
    "The posts of {subjects} have been in existence since {day}",
)
CHAIRED = ngettext_noop("{chair} chairs {subjects}{state}", "{chair} chairs {subjects}{state}")
LED = ngettext_noop("{leader} leads {subjects}{state}", "{leader} leads {subjects}{state}")
MEMBERS = ngettext_noop("The members of {subjects} include {listed}", "{listed} are represented on {subjects}")
MEMBERS_AGAIN = ngettext_noop("Its members include {listed}", "{listed} are represented on {subjects}")
INVOLVED = ngettext_noop("Those involved include {listed}", "Those involved include {listed}")
CLASSES = ngettext_noop("{listed} are represented on {subjects}", "{listed} are represented on {subjects}")
ATTENDED = ngettext_noop("{listed} attend {subjects}", "{listed} attend {subjects}")
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
STATE_CLAUSES: dict[GroupState, str] = {
    GroupState.PROPOSED: gettext_noop(", which has been proposed"),
    GroupState.DEVELOPING: gettext_noop(", which is being developed"),
    GroupState.ESTABLISHED: gettext_noop(", which has been established"),
    GroupState.DORMANT: gettext_noop(", which is dormant"),
    GroupState.CLOSED: gettext_noop(", which has closed"),
}
DATA_SETS: dict[str | None, Forms] = {
    "primary": ngettext_noop("The primary data set is {subjects}", "The primary data sets are {subjects}"),
    "secondary": ngettext_noop("The secondary data set is {subjects}", "The secondary data sets are {subjects}"),
}
AIMS = ngettext_noop("The aim is {subjects}", "The aims are {subjects}")
BEGAN = ngettext_noop("{subjects} began in {name}", "{subjects} began in {name}")
TAKES_PLACE = ngettext_noop("{subjects} takes place at {name}", "{subjects} take place at {name}")
FIRST_FOR = ngettext_noop("{subjects} is a first for {name}", "{subjects} are a first for {name}")
RECOGNISED = ngettext_noop(
    "{name} has recognised {subjects} as good practice", "{name} has recognised {subjects} as good practice"
)
HOST = ngettext_noop("The host was {name}", "The host was {name}")
TAKE_UP: dict[AdoptionStatus, tuple[Forms, Forms]] = {
    AdoptionStatus.ADOPTED: (
        ngettext_noop("{subjects} has been adopted in {listed}", "{subjects} have been adopted in {listed}"),
        ngettext_noop("{subjects} has been adopted by {listed}", "{subjects} have been adopted by {listed}"),
    ),
    AdoptionStatus.UNDER_WAY: (
        ngettext_noop("{subjects} is under way in {listed}", "{subjects} are under way in {listed}"),
        ngettext_noop("{subjects} is being taken up by {listed}", "{subjects} are being taken up by {listed}"),
    ),
    AdoptionStatus.PLANNED: (
        ngettext_noop("{subjects} is planned in {listed}", "{subjects} are planned in {listed}"),
        ngettext_noop("{subjects} is planned for {listed}", "{subjects} are planned for {listed}"),
    ),
    AdoptionStatus.DECLINED: (
        ngettext_noop("{subjects} has been declined in {listed}", "{subjects} have been declined in {listed}"),
        ngettext_noop("{subjects} has been declined by {listed}", "{subjects} have been declined by {listed}"),
    ),
}
"""Take-up of a practice by areas, and by bodies."""
SINCE_IN = ngettext_noop(
    "{subjects} has been in place in {listed} since {day}", "{subjects} have been in place in {listed} since {day}"
)
SINCE_BY = ngettext_noop(
    "{subjects} has been in place at {listed} since {day}", "{subjects} have been in place at {listed} since {day}"
)
LONG_LIST = 30
"""Number of names in one sentence."""
MOST_MEMBERS = 8
"""Number of members that a paper names; of more it names the first ones, "among them"."""


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A post or organisation with what a paper states of it."""

    key: RowKey
    name: str
    parent: str | None
    holder: str | None
    """Current holder of a post, with letters after the name."""
    holding: RowKey | None
    holder_key: RowKey | None
    holder_from: DateAsKnown | None
    ordinal: int | None
    other_roles: tuple[str, ...]
    """Other roles of the holder."""
    established_on: DateAsKnown | None
    first_responder: bool | None
    first_responder_since: DateAsKnown | None


@dataclass(frozen=True, slots=True)
class PartySources:
    """Sources of the facts of a post or organisation."""

    holder: Sources = ()
    roles: Sources = ()
    established: Sources = ()
    first_responder: Sources = ()
    parent: Sources = ()
    record: Sources = ()


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group with what a paper states of it."""

    key: RowKey
    name: str
    state: GroupState
    chair: str | None
    chair_seat: RowKey | None
    leader: str | None
    former_name: str | None
    """Name of the register, where the group has another one today."""


@dataclass(frozen=True, slots=True)
class GroupSeat:
    """A seat in force on a group, with the name of its party or class."""

    group: RowKey
    key: RowKey
    name: str
    role: SeatRole
    is_ours: bool
    is_class: bool


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """A practice without its places."""

    key: RowKey
    title: str
    title_cy: str | None
    origin: str | None
    venue: str | None
    lead: str | None
    lead_ref: str | None
    recognised_by: str | None
    first_for: str | None


@dataclass(frozen=True, slots=True)
class AdoptionFacts:
    """Take-up of a practice by a place."""

    name: str
    is_body: bool
    status: AdoptionStatus
    since: DateAsKnown | None
    sources: Sources = ()
    areas: tuple[str, ...] = ()
    """Hexadecimal keys of the place as an area, and of the areas that a police force covers."""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """A meeting or other dated event."""

    key: RowKey
    title: str
    title_cy: str | None
    is_gathering: bool
    is_private: bool
    """Whether its agenda and invitations are those of a meeting of a group."""
    state: str
    day: DateAsKnown | None
    recurrence: str | None
    venue: str | None
    place: str | None
    occasion: str | None
    host: str | None
    keynote: str | None
    keynote_post: str | None
    keynote_key: RowKey | None
    attendance_text: str | None


@dataclass(frozen=True, slots=True)
class EventSources:
    """Sources of the facts of an event."""

    event: Sources = ()
    venue: Sources = ()
    host: Sources = ()
    keynote: Sources = ()
    attendance: Sources = ()
    record: Sources = ()


def state_text(sentence: str, sources: Sources, *, states: Iterable[str] = (), unless: Iterable[str] = ()) -> Statement:
    """Return a whole sentence as a statement that is joined with no other."""
    return Statement(
        WHOLE_SENTENCE, end_sentence(sentence), sources=sources, most=1, states=frozenset(states),
        unless=frozenset(unless),
    )  # fmt: skip


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def state_party(row: PartyFacts, sources: PartySources) -> list[Statement]:
    """Return who holds a post and since when, what an organisation belongs to, or that it is concerned."""
    name = name_in_text(row.name)
    statements = []
    if row.established_on:
        day = (("day", format_day(row.established_on)),)
        states = frozenset({f"day:{row.established_on.stored_text}"})
        statements.append(
            Statement(POST_SINCE, _drop_article(name), day, sources.established, states=states, unless=_is_closed(row))
        )
    if row.holder:
        statements.append(_state_holder(row, name, sources))
    if row.first_responder and row.first_responder_since:
        when = format_when(row.first_responder_since)
        stated = frozenset({f"responder:{row.key.hex()}", f"day:{row.first_responder_since.stored_text}"})
        values = (("when", when),)
        statements.append(Statement(FIRST_RESPONDER_SINCE, name, values, sources.first_responder, unless=stated))
    elif row.first_responder:
        statements.append(Statement(FIRST_RESPONDER, name, (), sources.first_responder))
    if row.parent:
        values = (("parent", name_in_text(row.parent)),)
        statements.append(Statement(PART_OF, name, values, sources.parent, weight=Weight.BELONGING))
    mention = Statement(CONCERNED, name, (), sources.record, most=LONG_LIST, weight=Weight.MENTION, names=(row.name,))
    return statements or [mention]


def _is_closed(row: PartyFacts) -> frozenset[str]:
    """Return the key of an action that was completed on the day since which a post exists: it was the appointment."""
    return frozenset({f"closed:{row.established_on.stored_text}"}) if row.established_on else frozenset()


def _state_holder(row: PartyFacts, name: str, sources: PartySources) -> Statement:
    """Return who holds a post, since when, and the other roles of the holder."""
    when = format_when(row.holder_from) if row.holder_from else ""
    states = {f"day:{row.holder_from.stored_text}"} if row.holder_from else set()
    if row.ordinal and row.ordinal > 1 and when and get_current_language() is Language.EN:
        number = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}.get(row.ordinal, f"{row.ordinal}th")
        text = f"{row.holder} is the {number} {_drop_article(name)} and took up post {when}"
        return state_text(text, sources.holder, states=states)
    pattern = _("{holder} took up post as {post} {when}") if when else _("{holder} is {post}")
    posts = join_phrases([name, *(name_in_text(role) for role in row.other_roles)])
    cited = sources.holder + sources.roles if row.other_roles else sources.holder
    carried = cited if sources.holder and (sources.roles or not row.other_roles) else ()
    unless = {f"holder:{row.holder_key.hex()}"} if row.holder_key and not row.other_roles else set()
    text = pattern.format(holder=row.holder, post=posts, when=when)
    statement = state_text(text, carried, states=states, unless=unless)
    head, comma, _body = row.name.partition(", ")
    return replace(statement, short_lead=name_in_text(head) if comma else name)


def _drop_article(name: str) -> str:
    return name.removeprefix("the ")


def state_group(
    row: GroupFacts, seats: Sequence[GroupSeat], sources: Mapping[str, Sources], seat_sources: Mapping[RowKey, Sources]
) -> list[Statement]:
    """Return the state of a group, who chairs or leads it, the role of the Co-ordinator, and its other members."""
    name, key = name_in_text(row.name), row.key.hex()
    is_named, takes_part = frozenset({f"group:{key}"}), frozenset({f"group:{key}", f"seat:{key}"})
    statements = _state_leader(row, name, sources, seat_sources)
    attendants = [seat for seat in seats if seat.role is SeatRole.ATTENDS]
    is_joint = len(attendants) > 1
    members = [seat for seat in seats if seat.role is SeatRole.MEMBER and seat.name not in row.name]
    ours = [seat for seat in seats if seat.is_ours and seat not in members and not (is_joint and seat in attendants)]
    plain = (SeatRole.MEMBER, SeatRole.ATTENDS)
    is_stated = bool(statements) or any(seat.role not in plain for seat in ours)
    if not is_stated or all(seat.is_ours for seat in members):
        ours += [seat for seat in members if seat.is_ours]
        members = [seat for seat in members if not seat.is_ours]
    for seat in ours:
        is_plain = seat.role in plain
        statements.append(
            Statement(
                ROLES[seat.role], name, (), seat_sources.get(seat.key, ()), most=LONG_LIST, is_thing=True,
                states=is_named if is_plain else takes_part,
                unless=frozenset({f"duty:{key}"} if is_plain else ()),
            )
        )  # fmt: skip
    statements += _state_members(row, name, members, seat_sources, is_stated=is_stated)
    if is_joint:
        listed = _list_seats(attendants, seat_sources)
        statements.append(Statement(ATTENDED, name, listed=listed, is_thing=True, states=takes_part))
    mention = Statement(
        CONCERNED, name, (), sources["record"], most=LONG_LIST, weight=Weight.MENTION, names=(row.name,)
    )
    return statements or [mention]


def _state_leader(
    row: GroupFacts, name: str, sources: Mapping[str, Sources], seat_sources: Mapping[RowKey, Sources]
) -> list[Statement]:
    """Return who chairs or leads a group, with its state in one sentence where one source carries both."""
    key = row.key.hex()
    if row.former_name:
        name = _("{name} (formerly {former})").format(name=name, former=name_in_text(row.former_name))
    leader, forms, label = (row.chair, CHAIRED, "chair") if row.chair else (row.leader, LED, "leader")
    cited = seat_sources.get(row.chair_seat, ()) if row.chair and row.chair_seat else sources[label]
    state = frozenset({f"state:{key}", f"group:{key}"}) if row.state in STATES else frozenset[str]()
    is_joined = bool(leader and state) and cited == sources["state"]
    statements = []
    if state and not is_joined:
        statements.append(
            Statement(STATES[row.state], name, (), sources["state"], most=LONG_LIST, is_thing=True, states=state)
        )
    if leader:
        clause = _(STATE_CLAUSES[row.state]) if is_joined else ""
        values = ((label, name_in_text(leader)), ("state", clause))
        states = frozenset({f"group:{key}"}) | (state if is_joined else frozenset())
        statements.append(Statement(forms, name, values, cited, is_thing=True, states=states))
    return statements


def _state_members(
    row: GroupFacts,
    name: str,
    members: Sequence[GroupSeat],
    seat_sources: Mapping[RowKey, Sources],
    *,
    is_stated: bool,
) -> list[Statement]:
    """Return the members of a group: classes and named members, with and without a source, in separate sentences."""
    key, statements = row.key.hex(), []
    parts: dict[tuple[bool, bool], list[GroupSeat]] = {}
    is_mixed = any(not seat.is_class and seat_sources.get(seat.key) for seat in members)
    for seat in members:
        sources = seat_sources.get(seat.key, ())
        parts.setdefault(
            (seat.is_class and not (is_mixed and _has_peer(seat, members, seat_sources)), bool(sources)), []
        ).append(seat)
    for (is_class, _has_source), part in parts.items():
        listed = _list_seats(part, seat_sources)
        duty = frozenset({f"duty:{key}"} if not is_stated else ())
        forms, most = (CLASSES, LONG_LIST) if is_class else (MEMBERS, 1)
        named = frozenset({f"group:{key}"})
        statements.append(
            Statement(
                forms, name, listed=listed, most=most, is_thing=True, states=named, unless=duty,
                again=None if is_class else MEMBERS_AGAIN,
            )
        )  # fmt: skip
        if not is_stated:
            names = tuple(seat.name for seat in part)
            statements.append(Statement(INVOLVED, "", listed=listed, most=1, names=names, unless=named, place=2))
    return statements


def _has_peer(seat: GroupSeat, members: Sequence[GroupSeat], seat_sources: Mapping[RowKey, Sources]) -> bool:
    """Return whether a named member has the source of a class, so that one sentence lists both."""
    sources = seat_sources.get(seat.key)
    return any(not other.is_class and seat_sources.get(other.key) == sources for other in members)


def _list_seats(seats: Sequence[GroupSeat], seat_sources: Mapping[RowKey, Sources]) -> tuple[ListedName, ...]:
    """Return the names of seats for a list; of many the first ones, which the last entry says."""
    posts: dict[tuple[str, Sources], list[GroupSeat]] = {}
    for seat in seats[:MOST_MEMBERS]:
        title, comma, _body = seat.name.partition(", ")
        posts.setdefault((title if comma else seat.key.hex(), seat_sources.get(seat.key, ())), []).append(seat)
    shown = [
        ListedName(join_posts(seat.name for seat in held)[0] if len(held) > 1 else _name_seat(held[0]), sources)
        for (_title, sources), held in posts.items()
    ]
    if (more := len(seats) - MOST_MEMBERS) > 0:
        all_sources = dict.fromkeys(source for seat in seats for source in seat_sources.get(seat.key, ()))
        shown.append(ListedName(ngettext("{n} other", "{n} others", more), tuple(all_sources)))
    return tuple(shown)


def _name_seat(seat: GroupSeat) -> str:
    """Return a seat in running text: the Co-ordinator, a name with its article, or a class."""
    if seat.is_ours:
        return _("the Co-ordinator")
    is_english = get_current_language() is Language.EN
    is_mass = seat.is_class and seat.name == seat.name.lower() and not is_plural(seat.name)
    return f"the {seat.name}" if is_mass and is_english else name_in_text(seat.name)


def state_practice(
    row: PracticeFacts, places: Sequence[AdoptionFacts], sources: Mapping[str, Sources]
) -> list[Statement]:
    """Return where a practice began and takes place, who leads and recognised it, and where it has been taken up."""
    title = choose_printed_text(row.title, row.title_cy)
    is_english = get_current_language() is Language.EN
    name = add_definite_article(title) if is_english else quote(title)
    is_several = is_english and is_plural(title)
    statements = _state_practice_facts(row, name, sources, is_several=is_several)
    groups: dict[tuple[AdoptionStatus, bool, str, bool], list[AdoptionFacts]] = {}
    for place in places:
        since = format_day(place.since) if place.since and place.status is AdoptionStatus.ADOPTED else ""
        groups.setdefault((place.status, place.is_body, since, bool(place.sources)), []).append(place)
    for (status, is_body, since, _has_source), part in groups.items():
        if status not in TAKE_UP:
            continue
        forms = (SINCE_BY if is_body else SINCE_IN) if since else TAKE_UP[status][is_body]
        statements.append(
            Statement(
                forms,
                name,
                (("day", since),),
                listed=tuple(ListedName(name_in_text(place.name), place.sources) for place in part),
                most=1,
                is_plural=is_several,
                is_thing=True,
                names=tuple(place.name for place in part),
                states=frozenset(f"take-up:{status.value}:{area}" for place in part for area in place.areas),
                unless=frozenset(f"day:{place.since.stored_text}" for place in part if place.since),
            )
        )
    return statements or [Statement(CONCERNED, name, (), sources["title"], most=LONG_LIST, weight=Weight.MENTION)]


def _state_practice_facts(
    row: PracticeFacts, name: str, sources: Mapping[str, Sources], *, is_several: bool
) -> list[Statement]:
    """Return who leads a practice, where it began and takes place, and who recognised it."""
    facts: list[tuple[Forms, str, str | None]] = [
        (LED, "lead", row.lead), (BEGAN, "origin_area", row.origin), (TAKES_PLACE, "venue", row.venue),
        (FIRST_FOR, "first_for", row.first_for), (RECOGNISED, "recognised_by", row.recognised_by),
    ]  # fmt: skip
    statements = []
    for forms, field, value in facts:
        if not value:
            continue
        label = "leader" if field == "lead" else "name"
        unless = frozenset({f"lead:{row.lead_ref}"}) if field == "lead" and row.lead_ref else frozenset[str]()
        statements.append(
            Statement(
                forms, name, ((label, name_in_text(value)), ("state", "")), sources[field], (), 1, is_several,
                is_thing=True, names=(value,) if field == "origin_area" else (), unless=unless,
            )
        )  # fmt: skip
    return statements


def state_event(
    row: EventFacts, agenda: Sequence[str], invited: Sequence[str], sources: EventSources, today: date
) -> list[Statement]:
    """Return when and where an event took place, or is to, with its programme, guests, host, speaker and attendance."""
    is_past = row.day is not None and row.day.latest <= today and not row.recurrence
    if row.state == "cancelled" or (row.state == "tentative" and is_past and not row.is_gathering):
        return []
    return (
        _state_gathering(row, agenda, invited, sources, is_past=is_past)
        if row.is_gathering
        else [_state_headline(row, sources.event)]
    )


def _state_headline(row: EventFacts, sources: Sources) -> Statement:
    """Return an event that nobody attends, such as a launch; it adds its day only."""
    title = choose_printed_text(row.title, row.title_cy)
    when = format_when(row.day) if row.day else ""
    sentence = None
    if get_current_language() is Language.EN and row.state != "tentative":
        sentence = format_headline(title)
    day = format_day(row.day)
    text = f"{sentence} {when}".rstrip() if sentence else f"{title} ({day})" if day else title
    unless = {f"day:{row.day.stored_text}"} if row.day else set()
    if row.state == "tentative":
        unless = {f"due:{row.day.latest}"} if row.day else set()
    return replace(state_text(text, sources, unless=unless), place=0)


def _state_gathering(
    row: EventFacts, agenda: Sequence[str], invited: Sequence[str], sources: EventSources, *, is_past: bool
) -> list[Statement]:
    title = name_in_text(choose_printed_text(row.title, row.title_cy))
    day_text = format_when(row.day) if row.day else ""
    key, held = row.key.hex(), is_past and row.state in ("held", "issued", "agreed", "closed")
    has_venue = bool(sources.venue) and row.venue is not None and "://" not in row.venue
    place = ", ".join(part for part in (row.venue if has_venue else "", row.place) if part and "://" not in part)
    parts = [
        format_rule(row.recurrence) if row.recurrence else day_text,
        _("at {place}").format(place=name_in_text(place))
        if has_venue
        else _("in {place}").format(place=place)
        if place
        else "",
        _("to mark {occasion}").format(occasion=row.occasion) if row.occasion else "",
    ]
    details = (" " if get_current_language() is Language.EN else ", ").join(part for part in parts if part)
    if row.occasion and "," in place:
        details = details.replace(f"{place} ", f"{place}, ", 1)
    if held:
        pattern = _("{title} took place {details}")
    else:
        pattern = _("{title} was to take place {details}") if is_past else _("{title} is to take place {details}")
    text = _begin(pattern.format(title=title, details=details)) if details else title
    cited = tuple(dict.fromkeys((*sources.event, *(sources.venue if has_venue else ())))) if sources.event else ()
    covered = {f"meeting:{key}"} if not place else set()
    stated = {f"held:{key}"}
    if row.day:
        stated.add(f"day:{row.day.stored_text}")
    statements = [state_text(text, cited, states=stated, unless=covered)]
    statements += _state_details(row, agenda, invited, sources, is_held=held)
    return statements


def _state_details(
    row: EventFacts, agenda: Sequence[str], invited: Sequence[str], sources: EventSources, *, is_held: bool
) -> list[Statement]:
    """Return programme, guests, host, speaker and attendance of an event."""
    statements = []
    if agenda and not row.is_private:
        pattern = _("The programme included {items}") if is_held else _("The programme includes {items}")
        items = join_phrases([_name_item(item) for item in agenda])
        statements.append(state_text(pattern.format(items=items), sources.record))
    if invited and not row.is_private:
        statements.append(
            state_text(_("Those invited included {names}").format(names=join_phrases(invited)), sources.record)
        )
    if row.venue and not sources.venue and "://" not in row.venue:
        statements.append(state_text(_("The venue was {place}").format(place=name_in_text(row.venue)), ()))
    if row.host:
        host = Statement(HOST, "", (("name", name_in_text(row.host)),), sources.host, names=(row.host,))
        statements.append(host)
    if row.attendance_text and is_held:
        text = _("It was attended by {people}").format(people=row.attendance_text)
        counts = {f"count:{number}" for number in re.findall("[0-9]+", row.attendance_text)}
        statements.append(state_text(text, sources.attendance, states=counts))
    if row.keynote:
        post = f", {row.keynote_post}," if row.keynote_post else ""
        holder = {f"holder:{row.keynote_key.hex()}"} if row.keynote_key and post else set()
        pattern = _("{name} gave the keynote address") if is_held else _("{name} is to give the keynote address")
        statements.append(state_text(pattern.format(name=f"{row.keynote}{post}"), sources.keynote, states=holder))
    return statements


def _name_item(item: str) -> str:
    """Return an item of a programme with its speaker after a line break: "a briefing by the Head of the Centre"."""
    title, _break, speaker = item.partition("\n")
    named = lower_first(title) if get_current_language() is Language.EN else title
    return _("{item} by {name}").format(item=named, name=name_in_text(speaker)) if speaker else named


def state_decision(row: Decision, sources: Sources) -> list[Statement]:
    """Return who decided what, and when."""
    text = row.printed_text.rstrip(".")
    when = format_when(row.decided_on) if row.decided_on else ""
    work = re.sub(r"^(?:(?:agreement|agreed|decision|decided) )?to (?=\w)", "", text, flags=re.IGNORECASE)
    body = name_in_text(row.body or "")
    if get_current_language() is Language.EN and (work != text or begins_with_verb(text)):
        pattern = _("{body} decided {when} to {work}") if body else _("It was decided {when} to {work}")
        sentence = pattern.format(body=body, when=when, work=lower_first(work)).replace("  ", " ")
    else:
        if row.body:
            pattern = _("{body} decided {when}: {text}") if when else _("{body} decided: {text}")
        else:
            pattern = _("It was decided {when}: {text}") if when else _("It was decided: {text}")
        sentence = pattern.format(body=body, when=when, text=quote(text))
    return [state_text(_begin(sentence), sources)]


def state_figure(row: FigureRow, sources: Sources = ()) -> list[Statement]:
    """Return a figure with its period and its caveat; the unit is left out where the title names it."""
    is_named = row.unit.rsplit(" ", 1)[-1].casefold() in row.printed_title.casefold()
    pattern = _("The figure for {title} {when} was {amount}")
    if not row.used:
        pattern = _("Another source gives {amount} for {title} {when}")
    amount = row.value_text if is_named else row.amount
    text = pattern.format(title=quote(row.printed_title), amount=amount, when=format_when(row.period))
    caveat = row.printed_caveat or ""
    if get_current_language() is Language.EN and is_participle(caveat.split(" ", 1)[0].casefold()):
        text = f"{text}, {lower_first(caveat)}"
    elif caveat:
        text = f"{end_sentence(text)} {caveat}" if caveat.endswith(".") else f"{text} ({caveat})"
    return [state_text(text, sources, unless={f"count:{row.value}", f"day:{row.period.stored_text}"})]


def state_recommendation(row: RecommendationRow, sources: Sources) -> list[Statement]:
    """Return a recommendation with its response, unless the paragraph states an action that answers it."""
    title = row.printed_title
    named = (
        f"to {lower_first(title)}"
        if get_current_language() is Language.EN and begins_with_verb(title)
        else quote(title)
    )
    unless = {f"recommendation:{row.key.hex()}"}
    if not row.response:
        return [state_text(_("The recommendation {title} has no answer yet").format(title=named), (), unless=unless)]
    response = choose_printed_text(row.response, None).rstrip(".")
    first = response.split(" ", 1)[0].casefold()
    if get_current_language() is Language.EN and is_participle(first):
        text = _("The recommendation {title} has been {response}").format(title=named, response=lower_first(response))
    else:
        text = _("The response to {title} is: {response}").format(title=named, response=response)
    return [state_text(text, sources, unless=unless)]


def state_document(row: DocumentRow, sources: Sources, today: date) -> list[Statement]:
    """Return who published a document and when, or when it is or was expected; without a day it is only mentioned."""
    title = quote(row.printed_title) + (f" ({row.reference})" if row.reference else "")
    body = name_in_text(row.body) if row.body else ""
    day = row.expected_on if row.awaited else row.published_on
    if day is None:
        text = _("{title} is expected").format(title=title) if row.awaited else title
        weight = Weight.FACT if row.awaited else Weight.MENTION
        forms = WHOLE_SENTENCE if row.awaited else CONCERNED
        return [Statement(forms, end_sentence(text) if row.awaited else text, (), sources, most=1, weight=weight)]
    if row.awaited:
        pattern = _("{title} was expected {when}") if row.is_overdue(today) else _("{title} is expected {when}")
        unless = {f"due:{day.latest}"}
    else:
        pattern = _("{body} published {title} {when}") if body else _("{title} was published {when}")
        unless = set()
    text = _begin(pattern.format(title=title, body=body, when=format_when(day)))
    states = {f"day:{day.stored_text}"}
    return [state_text(text, sources, states=states, unless=unless)]
