"""Sentences of a paper about posts, organisations and groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ahtc_tui.domain.commissions.statements import (
    LED,
    LONG_LIST,
    Forms,
    ListedName,
    Sources,
    Statement,
    Weight,
    format_when,
    join_phrases,
    join_posts,
    name_in_text,
    state_text,
)
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.groups.model import GroupState, SeatRole, find_class, translate_class
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
from ahtc_tui.domain.text.english_phrases import (
    is_plural,
)
from ahtc_tui.domain.welsh_names import WelshName

FIRST_RESPONDER = ngettext_noop("{subjects} is a First Responder", "{subjects} are First Responders")
FIRST_RESPONDER_SINCE = ngettext_noop(
    "{subjects} became a First Responder {when}", "{subjects} became First Responders {when}"
)
COMPETENT_AUTHORITY = ngettext_noop(
    "{subjects} is a Competent Authority, which decides whether a person has been trafficked",
    "{subjects} are Competent Authorities, which decide whether a person has been trafficked",
)
PART_OF = ngettext_noop("{subjects} is part of {parent}", "{subjects} are part of {parent}")
POST_SINCE = ngettext_noop(
    "The post of {subjects} has been in existence since {day}",
    "The posts of {subjects} have been in existence since {day}",
)
CHAIRED = ngettext_noop("{chair} chairs {subjects}{state}", "{chair} chairs {subjects}{state}")
MEMBERS = ngettext_noop("The members of {subjects} include {listed}", "{listed} are represented on {subjects}")
MEMBERS_AGAIN = ngettext_noop("Its members include {listed}", "{listed} are represented on {subjects}")
INVOLVED = ngettext_noop("{listed} is involved in this work", "{listed} are involved in this work")
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
    SeatRole.CHAIR: ngettext_noop(
        "The Co-ordinator {also}chairs {subjects}", "The Co-ordinator {also}chairs {subjects}"
    ),
    SeatRole.DEPUTY_CHAIR: ngettext_noop(
        "The Co-ordinator is {also}deputy chair of {subjects}", "The Co-ordinator is {also}deputy chair of {subjects}"
    ),
    SeatRole.MEMBER: ngettext_noop(
        "The Co-ordinator is {also}a member of {subjects}", "The Co-ordinator is {also}a member of {subjects}"
    ),
    SeatRole.LEAD: ngettext_noop("The Co-ordinator {also}leads {subjects}", "The Co-ordinator {also}leads {subjects}"),
    SeatRole.CO_OPTED: ngettext_noop(
        "The Co-ordinator has {also}been co-opted onto {subjects}",
        "The Co-ordinator has {also}been co-opted onto {subjects}",
    ),
    SeatRole.REPRESENTS_WALES: ngettext_noop(
        "The Co-ordinator {also}represents Wales on {subjects}", "The Co-ordinator {also}represents Wales on {subjects}"
    ),
    SeatRole.ATTENDS: ngettext_noop(
        "The Co-ordinator {also}attends {subjects}", "The Co-ordinator {also}attends {subjects}"
    ),
    SeatRole.OBSERVER: ngettext_noop(
        "The Co-ordinator is {also}an observer on {subjects}", "The Co-ordinator is {also}an observer on {subjects}"
    ),
    SeatRole.SECRETARIAT: ngettext_noop(
        "The Co-ordinator {also}provides the secretariat of {subjects}",
        "The Co-ordinator {also}provides the secretariat of {subjects}",
    ),
}
STATE_CLAUSES: dict[GroupState, str] = {
    GroupState.PROPOSED: gettext_noop(", which has been proposed"),
    GroupState.DEVELOPING: gettext_noop(", which is being developed"),
    GroupState.ESTABLISHED: gettext_noop(", which has been established"),
    GroupState.DORMANT: gettext_noop(", which is dormant"),
    GroupState.CLOSED: gettext_noop(", which has closed"),
}
MOST_MEMBERS = 8
"""Number of members that a paper names; of more it names the first ones, "among them"."""


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """Facts about a post or organisation that a paper states."""

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
    competent_authority: bool | None


@dataclass(frozen=True, slots=True)
class PartySources:
    """Sources of the facts of a post or organisation."""

    holder: Sources = ()
    roles: Sources = ()
    established: Sources = ()
    first_responder: Sources = ()
    competent_authority: Sources = ()
    parent: Sources = ()


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Facts about a group that a paper states."""

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


def state_party(row: PartyFacts, sources: PartySources) -> list[Statement]:
    """Return who holds a post and since when, and what an organisation belongs to."""
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
    if row.competent_authority:
        statements.append(Statement(COMPETENT_AUTHORITY, name, (), sources.competent_authority, names=(row.name,)))
    if row.parent:
        values = (("parent", name_in_text(row.parent)),)
        statements.append(Statement(PART_OF, name, values, sources.parent, weight=Weight.BELONGING))
    return statements


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
    lead = (("lead", _("the Co-ordinator")),)
    for seat in ours:
        is_plain = seat.role in plain
        statements.append(
            Statement(
                ROLES[seat.role], name, lead, seat_sources.get(seat.key, ()), most=LONG_LIST, is_thing=True,
                states=is_named if is_plain else takes_part,
                unless=frozenset({f"duty:{key}"} if is_plain else ()),
            )
        )  # fmt: skip
    statements += _state_members(row, name, members, seat_sources, is_stated=is_stated)
    if is_joint:
        listed = _list_seats(attendants, seat_sources)
        statements.append(Statement(ATTENDED, name, listed=listed, is_thing=True, states=takes_part))
    return statements


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
            is_several = len(part) > 1 or is_plural(part[0].name) or part[0].is_class
            statements.append(
                Statement(INVOLVED, "", listed=listed, most=1, names=names, unless=named, place=2, is_plural=is_several)
            )
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


def name_class(name: str) -> str:
    """Return a class of bodies, such as the police, in Welsh; one without Welsh is marked."""
    return WelshName(translate_class(name)) if find_class(name) else choose_printed_text(name, None)


def _name_seat(seat: GroupSeat) -> str:
    """Return a seat in running text: the Co-ordinator, a name with its article, or a class."""
    if seat.is_ours:
        return _("the Co-ordinator")
    is_english = get_current_language() is Language.EN
    is_mass = seat.is_class and seat.name == seat.name.lower() and not is_plural(seat.name)
    if seat.is_class and not is_english:
        return name_class(seat.name)
    return f"the {seat.name}" if is_mass and is_english else name_in_text(seat.name)
