"""Sentences of a paper about good practice and about events."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ahtc_tui.domain.commissions.statements import (
    LED,
    LONG_LIST,
    Forms,
    ListedName,
    Sources,
    Statement,
    format_when,
    join_phrases,
    name_in_text,
    quote,
    state_text,
)
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.evidence.practice import AdoptionStatus
from ahtc_tui.domain.i18n import (
    ENGLISH_ONLY,
    Language,
    _,
    choose_printed_text,
    get_current_language,
    ngettext_noop,
)
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.series_words import format_rule
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.english_phrases import (
    add_definite_article,
    format_headline,
    is_plural,
    lower_first,
)
from ahtc_tui.domain.text.welsh_mutations import format_headline as format_welsh_headline
from ahtc_tui.domain.welsh_names import WelshName

BEGAN = ngettext_noop("{subjects} began in {name}", "{subjects} began in {name}")
TAKES_PLACE = ngettext_noop("{subjects} takes place at {name}", "{subjects} take place at {name}")
FIRST_FOR = ngettext_noop("{subjects} is a first for {name}", "{subjects} are a first for {name}")
RECOGNISED = ngettext_noop(
    "{name} has recognised {subjects} as good practice", "{name} has recognised {subjects} as good practice"
)
HAS = ngettext_noop("{listed} has {subjects}", "{listed} have {subjects}")
HAS_SINCE = ngettext_noop("{listed} has had {subjects} since {day}", "{listed} have had {subjects} since {day}")
"""Take-up of a practice that is a post or a person: "a council Chief Executive as champion"."""
MEETS: dict[str, Forms] = {
    "held": ngettext_noop("{body} met {subjects}{place}", "{body} met {subjects}{place}"),
    "past": ngettext_noop("{body} was to meet {subjects}{place}", "{body} was to meet {subjects}{place}"),
    "coming": ngettext_noop("{body} is to meet {subjects}{place}", "{body} is to meet {subjects}{place}"),
}
"""Meetings of a group, which share a sentence where the place is one."""
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
    """Whether it is a meeting of a group, whose agenda and invitations are not published."""
    state: MeetingState
    day: DateAsKnown | None
    body: str | None
    """Group that meets, if it is a meeting of one."""
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
        forms = TAKE_UP[status][is_body]
        if since:
            forms = SINCE_BY if is_body else SINCE_IN
        is_had = is_english and status is AdoptionStatus.ADOPTED and name.startswith(("a ", "an "))
        if is_had:
            forms = HAS_SINCE if since else HAS
        statements.append(
            Statement(
                forms,
                name,
                (("day", since),),
                listed=tuple(ListedName(name_in_text(place.name), place.sources) for place in part),
                most=1,
                is_plural=len(part) > 1 if is_had else is_several,
                is_thing=not is_had,
                short_name=_("this practice"),
                names=tuple(place.name for place in part),
                states=frozenset(f"take-up:{status.value}:{area}" for place in part for area in place.areas),
                unless=frozenset(f"day:{place.since.stored_text}" for place in part if place.since),
            )
        )
    return statements


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
                is_thing=True, short_name=_("this practice"), names=(value,) if field == "origin_area" else (),
                unless=unless,
            )
        )  # fmt: skip
    return statements


def state_event(
    row: EventFacts, agenda: Sequence[str], invited: Sequence[str], sources: EventSources, today: date
) -> list[Statement]:
    """Return when and where an event took place, or is to, with its programme, guests, host, speaker and attendance."""
    is_past = row.day is not None and row.day.latest <= today and not row.recurrence
    if row.state is MeetingState.CANCELLED or (
        row.state is MeetingState.TENTATIVE and is_past and not row.is_gathering
    ):
        return []
    return (
        _state_gathering(row, agenda, invited, sources, is_past=is_past)
        if row.is_gathering
        else _state_headline(row, sources.event)
    )


def _state_headline(row: EventFacts, sources: Sources) -> list[Statement]:
    """Return an event without participants, such as a launch: its date, or a title that is a sentence."""
    title = choose_printed_text(row.title, row.title_cy)
    is_tentative = row.state is MeetingState.TENTATIVE
    format_title = format_headline if get_current_language() is Language.EN else format_welsh_headline
    sentence = None if is_tentative else format_title(title)
    if sentence is None:
        return []
    if row.day is None:
        return [replace(state_text(sentence, sources), place=0)]
    text = f"{sentence} {format_when(row.day)}"
    unless = {f"due:{row.day.latest}" if is_tentative else f"day:{row.day.stored_text}"}
    return [replace(state_text(text, sources, unless=unless), place=0)]


def _state_gathering(
    row: EventFacts, agenda: Sequence[str], invited: Sequence[str], sources: EventSources, *, is_past: bool
) -> list[Statement]:
    """Return that people met, or are to meet, with the details of the event in further sentences."""
    is_held = is_past and row.state is MeetingState.HELD
    venue = row.venue if (sources.venue or not sources.event) and not _is_link(row.venue) else None
    place = ", ".join(part for part in (venue, row.place) if part and not _is_link(part))
    details = _format_details(row, place, has_venue=venue is not None)
    if not details:
        return []
    title = name_in_text(row.body or choose_printed_text(row.title, row.title_cy))
    cited = dict.fromkeys((*sources.event, *(sources.venue if venue else ()))) if sources.event else {}
    key = row.key.hex()
    states = {f"held:{key}", f"day:{row.day.stored_text}"} if row.day else {f"held:{key}"}
    unless = frozenset[str]() if place else frozenset({f"meeting:{key}"})
    further = _state_details(row, agenda, invited, sources, is_held=is_held)
    if row.venue and not venue and not _is_link(row.venue):
        pattern = _("The venue was {place}") if is_past else _("The venue is {place}")
        further.append(state_text(pattern.format(place=name_in_text(row.venue)), ()))
    if row.body:
        forms = MEETS["held" if is_held else "past" if is_past else "coming"]
        when = _format_days(row)
        values = (("body", title), ("place", details.removeprefix(when) if when else ""))
        most = 1 if further or not when else LONG_LIST
        meeting = Statement(
            forms, when or details, values, tuple(cited), most=most, states=frozenset(states), unless=unless
        )
        return [meeting, *further]
    if is_held:
        pattern = _("{title} took place {details}")
    else:
        pattern = _("{title} was to take place {details}") if is_past else _("{title} is to take place {details}")
    text = capitalise(pattern.format(title=title, details=details))
    return [state_text(text, tuple(cited), states=states, unless=unless), *further]


def _format_days(row: EventFacts) -> str:
    """Return the day of an event, or the rule of its days."""
    if row.recurrence:
        return format_rule(row.recurrence)
    return format_when(row.day) if row.day else ""


def _is_link(place: str | None) -> bool:
    return place is not None and "://" in place


def _format_details(row: EventFacts, place: str, *, has_venue: bool) -> str:
    """Return when, where and on what occasion an event takes place."""
    parts = [days] if (days := _format_days(row)) else []
    if has_venue:
        parts.append(_("at {place}").format(place=name_in_text(place)))
    elif place:
        parts.append(_("in {place}").format(place=place))
    if row.occasion:
        parts.append(_("to mark {occasion}").format(occasion=row.occasion))
    details = " ".join(parts)
    return details.replace(f"{place} ", f"{place}, ", 1) if row.occasion and "," in place else details


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
    if row.host:
        host = Statement(HOST, "", (("name", name_in_text(row.host)),), sources.host, names=(row.host,))
        statements.append(host)
    if row.attendance_text and is_held:
        text = _("It was attended by {people}").format(people=choose_printed_text(row.attendance_text, None))
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
    is_welsh_title = get_current_language() is Language.CY and ENGLISH_ONLY not in title
    named = WelshName(lower_first(title)) if is_welsh_title else lower_first(title)
    if not speaker:
        return named
    text = _("{item} by {name}").format(item=named, name=name_in_text(speaker))
    return WelshName(text) if is_welsh_title else text
