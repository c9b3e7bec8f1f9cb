"""Reads the records behind a paper as sentences; `domain.commissions` words them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.actions.model import PartyRole
from ahtc_tui.domain.commissions import event_statements, evidence_statements, party_statements
from ahtc_tui.domain.commissions.abbreviations import Abbreviation
from ahtc_tui.domain.commissions.action_statements import ActionLinks, ActionSources, state_action
from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.commissions.event_statements import AdoptionFacts, EventFacts, EventSources, PracticeFacts
from ahtc_tui.domain.commissions.party_statements import GroupFacts, GroupSeat, PartyFacts, PartySources
from ahtc_tui.domain.commissions.statements import Statement, join_posts
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.evidence.practice import AdoptionStatus
from ahtc_tui.domain.evidence.recommendations import RecommendationFilter
from ahtc_tui.domain.i18n import Language, choose_printed_text, get_current_language, translated_names
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.sources import is_document
from ahtc_tui.domain.welsh_names import known_names, mark_name
from ahtc_tui.store.actions import queries as actions
from ahtc_tui.store.contacts.own_post import find_own_post_ref
from ahtc_tui.store.evidence import queries as evidence
from ahtc_tui.store.evidence import recommendations
from ahtc_tui.store.meetings import decisions
from ahtc_tui.store.records.cursor import KEYS, Cursor, Table, encode_keys
from ahtc_tui.store.records.rows import select_column, select_groups, select_rows
from ahtc_tui.store.sql_fragments import (
    CURRENT_HOLDER,
    GROUP_CHAIR,
    HAS_MINUTES,
    HOLDER_NUMBER,
    HOLDS,
    IS_GATHERING,
    MEETING_TITLE_CY,
    SHOWN_MEETING_TITLE,
    SHOWN_TITLE,
    SITS,
)

WELSH_LETTERS = {"AM": "AC", "MP": "AS", "MS": "AS"}
"""Letters of members of the Assembly, of Parliament and of the Senedd in Welsh; those of honours are the same."""


def write_welsh_letters(column: str) -> str:
    """Return SQL for the letters in a column in Welsh."""
    sql = f"' ' || {column} || ' '"
    for english, welsh in WELSH_LETTERS.items():
        sql = f"replace({sql}, ' {english} ', ' {welsh} ')"
    return f"trim({sql})"


NOTE_NAMES = {"day": "when", "published_on": "when", "state": "status"}
"""Names of fields in the sources of single fields of the reference data, where they differ."""

CHANGES = f"""SELECT c.row_id AS key, c.field, c.value, c."transaction" AS step FROM change c
 WHERE c."table" = :table AND c.row_id IN {KEYS.format(":keys")}
 ORDER BY c.wall_ms, c.seq, c.device"""
SOURCES = """SELECT id AS key, source, source_notes AS notes FROM {table} WHERE id IN {keys}"""


class FieldChange(NamedTuple):
    """A change of a field in the order of the journal."""

    key: RowKey
    field: str
    value: str | None
    step: bytes


class RecordSource(NamedTuple):
    """Source of a record, and JSON of the sources of single fields."""

    key: RowKey
    source: str | None
    notes: str | None


@dataclass(frozen=True, slots=True)
class FactSources:
    """Sources of the records of one table, with the fields that were changed after their source was entered."""

    sources: dict[RowKey, RecordSource]
    changed_fields: frozenset[tuple[RowKey, str]]

    def has_source(self, key: RowKey) -> bool:
        """Return whether a record has a source of its own."""
        return key in self.sources and bool(self.sources[key].source)

    def cite(self, key: RowKey, *fields: str) -> tuple[str, ...]:
        """Return the sources of the given fields of a record, each once; empty if any field has no source."""
        record = self.sources.get(key)
        if record is None or any((key, field) in self.changed_fields for field in fields):
            return ()
        notes = json.loads(record.notes) if record.notes else {}
        cited = [notes.get(field) or notes.get(NOTE_NAMES.get(field)) or record.source for field in fields]
        cited = cited or [record.source]
        return tuple(dict.fromkeys(source for source in cited if source)) if all(map(is_document, cited)) else ()


def read_fact_sources(cursor: Cursor, table: Table, keys: Collection[RowKey]) -> FactSources:
    """Return the sources of records of a table.

    A field counts as changed where its value differs from the one that it had when the source was entered.
    """
    parameters = {"table": table, "keys": encode_keys(keys)}
    query = SOURCES.format(table=f'"{table}"', keys=KEYS.format(":keys"))
    sources = {row.key: row for row in select_rows(cursor, RecordSource, query, {"keys": parameters["keys"]})}
    changes = [
        (change, values)
        for change in select_rows(cursor, FieldChange, CHANGES, parameters)
        if (values := _read(change))
    ]
    sourced_in = {change.key: change.step for change, values in changes if {"source", "source_notes"} & {*values}}
    current: dict[tuple[RowKey, str], Any] = {}
    sourced: dict[tuple[RowKey, str], Any] = {}
    past_source: set[RowKey] = set()
    for change, values in changes:
        places = {(change.key, field): value for field, value in values.items()}
        is_sourcing = change.step == sourced_in.get(change.key)
        past_source |= {change.key} if is_sourcing else set()
        current |= places
        if is_sourcing or change.key not in past_source:
            sourced |= places
    changed = frozenset(place for place, value in current.items() if sourced.get(place) != value)
    return FactSources(sources, changed)


def _read(change: FieldChange) -> dict[str, Any]:
    """Return the fields that a change wrote; the first change of a record has all of them."""
    value = json.loads(change.value) if change.value is not None else None
    if change.field == "_row":
        return value if isinstance(value, dict) else {}
    return {change.field: value}


Statements = dict[RowKey, list[Statement]]

HOLDER_FIELD = CURRENT_HOLDER.replace("q.{field}", "{field}").replace("{post}", "p.id")
WELSH_NAMES = """SELECT name_cy FROM parties WHERE name_cy <> ''
 UNION SELECT name_cy FROM aliases WHERE name_cy <> '' UNION SELECT name_cy FROM areas WHERE name_cy <> ''"""
LETTERS = f"""(SELECT CASE WHEN shows_welsh_names() THEN ' ' || {write_welsh_letters("e.postnominal")}
 ELSE ' ' || e.postnominal END FROM people e WHERE e.id = {{}}.id AND e.postnominal <> '')"""
"""Letters after the name of a person: " AM", in Welsh " AC"."""

HOLDING = CURRENT_HOLDER.replace("q.{field}", "h.id").replace("{post}", "p.id")
PARTIES = f"""SELECT p.id AS key, p.name, u.name AS parent,
 {HOLDER_FIELD.format(field=f"q.name || coalesce({LETTERS.format('q')}, '')")} AS holder,
 {HOLDING} AS holding, {HOLDER_FIELD.format(field="q.id")} AS holder_key,
 {HOLDER_FIELD.format(field="h.from_on")} AS holder_from, {HOLDER_FIELD.format(field=HOLDER_NUMBER)} AS ordinal,
 (SELECT CASE WHEN e.other_roles LIKE '[%' THEN (SELECT group_concat(value, char(10)) FROM json_each(e.other_roles))
 ELSE e.other_roles END FROM people e WHERE e.id = {HOLDER_FIELD.format(field="q.id")}) AS other_roles,
 t.established_on, o.first_responder, o.first_responder_since, o.competent_authority
 FROM named_parties p
 LEFT JOIN organisations o ON o.id = p.id LEFT JOIN posts t ON t.id = p.id LEFT JOIN named_parties u ON u.id = o.parent
 WHERE p.id IN {KEYS.format(":keys")} AND NOT p.deleted"""
GROUPS = f"""SELECT g.id AS key, p.name, g.state, c.name || coalesce({LETTERS.format("c")}, '') AS chair,
 (SELECT s.id FROM seats s WHERE s."group" = g.id AND s.role = 'chair' AND s.party = c.id AND {SITS}
 ORDER BY s.from_on DESC, s.n LIMIT 1) AS chair_seat, l.name AS leader,
 CASE WHEN NOT shows_welsh_names() AND b.name <> p.name THEN b.name END AS former_name
 FROM groups g JOIN parties b ON b.id = g.id JOIN named_parties p ON p.id = g.id
 LEFT JOIN named_parties c ON c.id = {GROUP_CHAIR.format(group="g")}
 LEFT JOIN named_parties l ON l.id = g.lead_organisation WHERE g.id IN {KEYS.format(":keys")} AND NOT g.deleted"""
SEATS = f"""SELECT s."group", s.id AS key, coalesce(p.name, s.org_class) AS name, s.role, p.ref = :us AS is_ours,
 p.id IS NULL AS is_class FROM seats s LEFT JOIN named_parties p ON p.id = s.party
 WHERE s."group" IN {KEYS.format(":keys")} AND {SITS}
 AND coalesce(p.kind, '') <> 'person' ORDER BY s.n"""
PRACTICES = f"""SELECT r.id AS key, r.title, r.title_cy, x.name AS origin, r.venue, p.name AS lead, p.ref AS lead_ref,
 b.name AS recognised_by, f.name AS first_for FROM practices r LEFT JOIN named_areas x ON x.id = r.origin_area
 LEFT JOIN named_parties p ON p.id = r.lead LEFT JOIN named_parties b ON b.id = r.recognised_by
 LEFT JOIN named_areas f ON f.id = r.first_for WHERE r.id IN {KEYS.format(":keys")} AND NOT r.deleted"""
ADOPTIONS = f"""SELECT a.practice, a.id AS key, coalesce(x.name, p.name) AS name, a.organisation IS NOT NULL AS is_body,
 a.status, a.since, (SELECT group_concat(hex(y.id), char(10)) FROM areas y
 WHERE y.id = a.area OR y.police = a.organisation) AS areas FROM adoptions a LEFT JOIN named_areas x ON x.id = a.area
 LEFT JOIN named_parties p ON p.id = a.organisation
 WHERE a.practice IN {KEYS.format(":keys")} AND NOT a.deleted ORDER BY a.n"""
EVENTS = f"""SELECT m.id AS key, m.title, {MEETING_TITLE_CY.format("m")} AS title_cy,
 {IS_GATHERING.format("m")} AS is_gathering, m.kind NOT IN ('visit', 'conference') AS is_private,
 CASE WHEN {HAS_MINUTES.format("m")} THEN 'held' ELSE m.state END AS state, m.day,
 CASE WHEN m.kind = 'meeting' THEN (SELECT g.name FROM named_parties g WHERE g.id = m."group") END AS body,
 m.recurrence, m.venue, coalesce((SELECT x.name FROM areas y JOIN named_areas x ON x.id = y.id
 WHERE y.name = m.place), m.place) AS place, m.occasion, h.name AS host,
 k.name || coalesce({LETTERS.format("k")}, '') AS keynote,
 (SELECT t.name FROM holdings h JOIN named_parties t ON t.id = h.post WHERE h.person = k.id
 AND {HOLDS} ORDER BY h.n LIMIT 1) AS keynote_post, k.id AS keynote_key, m.attendance_text
 FROM meetings m LEFT JOIN named_parties h ON h.id = m.host LEFT JOIN named_parties k ON k.id = m.keynote
 WHERE m.id IN {KEYS.format(":keys")} AND NOT m.deleted"""
PROGRAMMES = f"""SELECT i.meeting AS key, {SHOWN_TITLE.format("i")} || coalesce(char(10) || p.name, '') AS value
 FROM agenda_items i LEFT JOIN named_parties p ON p.id = i.presenter AND p.kind <> 'person'
 WHERE i.meeting IN {KEYS.format(":keys")} AND NOT i.deleted ORDER BY i.position, i.n"""
GUESTS = f"""SELECT i.meeting AS key, coalesce(p.name, i.words) AS value FROM invitations i
 LEFT JOIN named_parties p ON p.id = i.party WHERE i.meeting IN {KEYS.format(":keys")} AND NOT i.deleted
 AND coalesce(p.kind, '') <> 'person' ORDER BY i.party IS NOT NULL, i.n"""
LINKS = f"""SELECT a.id AS key, a.meeting, a."group", a.partner_text,
 (SELECT json_group_array(hex(r)) FROM (SELECT a.recommendation AS r WHERE a.recommendation IS NOT NULL UNION
 SELECT l.recommendation FROM action_recommendations l WHERE l.action = a.id AND NOT l.deleted)) AS recommendations
 FROM actions a WHERE a.id IN {KEYS.format(":keys")}"""
AREAS = f"""SELECT action AS key, area AS value FROM action_areas WHERE action IN {KEYS.format(":keys")}
 AND NOT deleted ORDER BY n"""
PARTICIPANTS = f"""SELECT l.action, l.role, p.name, p.id AS party FROM action_parties l
 JOIN named_parties p ON p.id = l.party WHERE l.action IN {KEYS.format(":keys")} AND NOT l.deleted ORDER BY l.n"""
TEXTS = {
    ClaimKind.AIM: "SELECT id AS key, text AS name, text_cy AS name_cy, NULL AS tier FROM aims",
    ClaimKind.DATA_SET: "SELECT id AS key, title AS name, title_cy AS name_cy, tier FROM data_sets",
}


class TextFacts(NamedTuple):
    """An aim or a data set."""

    key: RowKey
    name: str
    name_cy: str | None
    tier: str | None


class LinkColumns(NamedTuple):
    """Records to which an action refers."""

    key: RowKey
    meeting: RowKey | None
    group: RowKey | None
    partner_text: str | None
    recommendations: str


class Participant(NamedTuple):
    """A party that takes part in an action."""

    action: RowKey
    role: PartyRole
    name: str
    party: RowKey


class Adoption(NamedTuple):
    """Take-up of a practice by a place."""

    practice: RowKey
    key: RowKey
    name: str
    is_body: bool
    status: AdoptionStatus
    since: DateAsKnown | None
    areas: tuple[str, ...]


class MeetingName(NamedTuple):
    """A meeting at which an action was agreed."""

    ref: str
    title: str
    day: DateAsKnown | None


def read_abbreviations(cursor: Cursor) -> list[Abbreviation]:
    """Return the short names of bodies and posts, in the current language, without those that two of them share."""
    query = """SELECT short, name, kind = 'post' AS is_post FROM named_parties p WHERE short <> '' AND kind <> 'person'
 AND NOT deleted AND NOT EXISTS (SELECT 1 FROM parties other
 WHERE other.short = p.short AND other.id <> p.id AND NOT other.deleted) ORDER BY n"""
    names = select_column(cursor, WELSH_NAMES) if get_current_language() is Language.CY else []
    with translated_names(), known_names(names):
        rows = select_rows(cursor, Abbreviation, query)
        return [row._replace(name=mark_name(row.name)) for row in rows]


def read_statements(cursor: Cursor, kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    """Return the sentences about records of one kind, in the current language, by key of the record."""
    names = select_column(cursor, WELSH_NAMES) if get_current_language() is Language.CY else []
    with translated_names(), known_names(names):
        statements = READERS[kind](cursor, kind, keys, today)
        return {key: [statement.mark_names() for statement in listed] for key, listed in statements.items()}


def _read_actions(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    parameters = {"today": today.isoformat(), "keys": encode_keys(keys)}
    rows = actions.select_actions(cursor, f"a.id IN {KEYS.format(':keys')} AND NOT a.deleted", parameters)
    query = f"""SELECT DISTINCT m.ref, {SHOWN_MEETING_TITLE.format("m")} AS title, m.day FROM actions a
 JOIN meetings m ON m.id = a.meeting WHERE a.id IN {KEYS.format(":keys")}"""
    meetings = {
        meeting.ref: ", ".join(part for part in (meeting.title, format_day(meeting.day)) if part)
        for meeting in select_rows(cursor, MeetingName, query, {"keys": parameters["keys"]})
    }
    sources, links = read_fact_sources(cursor, "actions", keys), _read_links(cursor, keys)
    own_post = find_own_post_ref(cursor)
    statements: Statements = {}
    for row in rows:
        position = sources.cite(row.key, "title", "status", "lead", "due", "closed_on")
        if not sources.has_source(row.key) and row.source in meetings:
            position = (meetings[row.source],)
        people = sources.cite(row.key, "partner_text")
        statements[row.key] = state_action(
            row, links[row.key], ActionSources(position, people), today, is_ours=row.lead_ref == own_post
        )
    return statements


def _read_links(cursor: Cursor, keys: Collection[RowKey]) -> dict[RowKey, ActionLinks]:
    """Return the records to which actions refer, and who takes part in them."""
    parameters = {"keys": encode_keys(keys)}
    participants: dict[RowKey, list[Participant]] = {}
    for participant in select_rows(cursor, Participant, PARTICIPANTS, parameters):
        participants.setdefault(participant.action, []).append(participant)
    areas = select_groups(cursor, AREAS, parameters)
    links = {}
    for row in select_rows(cursor, LinkColumns, LINKS, parameters):
        people = participants.get(row.key, [])
        partners = [person.name for person in people if person.role in (PartyRole.PARTNER, PartyRole.PARTICIPANT)]
        links[row.key] = ActionLinks(
            row.meeting,
            row.group,
            tuple(RowKey(bytes.fromhex(key)) for key in json.loads(row.recommendations)),
            tuple(person.party.hex() for person in people if person.role is PartyRole.BENEFICIARY),
            tuple(partners),
            tuple(person.name for person in people if person.role is PartyRole.SUPPORT),
            choose_printed_text(row.partner_text or "", None),
            tuple(area.hex() for area in areas.get(row.key, ())),
        )
    return links


def _read_parties(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    rows = select_rows(cursor, PartyFacts, PARTIES, {"keys": encode_keys(keys), "today": today.isoformat()})
    holdings = read_fact_sources(cursor, "holdings", [row.holding for row in rows if row.holding])
    people = read_fact_sources(cursor, "people", [row.holder_key for row in rows if row.holder_key])
    posts, bodies = read_fact_sources(cursor, "posts", keys), read_fact_sources(cursor, "organisations", keys)
    statements: Statements = {}
    for row in rows:
        sources = PartySources(
            holder=holdings.cite(row.holding, "post", "person", "from_on") if row.holding else (),
            roles=people.cite(row.holder_key, "other_roles") if row.holder_key else (),
            established=posts.cite(row.key, "established_on"),
            first_responder=bodies.cite(row.key, "first_responder", "first_responder_since"),
            competent_authority=bodies.cite(row.key, "competent_authority"),
            parent=bodies.cite(row.key, "parent"),
        )
        statements[row.key] = party_statements.state_party(row, sources)
    return statements


def _read_groups(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    parameters = {"keys": encode_keys(keys), "today": today.isoformat(), "us": find_own_post_ref(cursor)}
    seats: dict[RowKey, list[GroupSeat]] = {}
    for seat in select_rows(cursor, GroupSeat, SEATS, parameters):
        seats.setdefault(seat.group, []).append(seat)
    rows = select_rows(cursor, GroupFacts, GROUPS, parameters)
    group_sources = read_fact_sources(cursor, "groups", keys)
    seat_keys = [seat.key for listed in seats.values() for seat in listed]
    stored = read_fact_sources(cursor, "seats", [*seat_keys, *(row.chair_seat for row in rows if row.chair_seat)])
    seat_sources = {key: stored.cite(key, "party", "role", "org_class") for key in stored.sources}
    fields = {"state": "state", "chair": "chair", "leader": "lead_organisation"}
    return {
        row.key: party_statements.state_group(
            row,
            seats.get(row.key, ()),
            {name: group_sources.cite(row.key, field) for name, field in fields.items()},
            seat_sources,
        )
        for row in rows
    }


def _read_practices(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], _today: date) -> Statements:
    adoptions = select_rows(cursor, Adoption, ADOPTIONS, {"keys": encode_keys(keys)})
    adoption_sources = read_fact_sources(cursor, "adoptions", [adoption.key for adoption in adoptions])
    sources = read_fact_sources(cursor, "practices", keys)
    fields = ("lead", "origin_area", "venue", "first_for", "recognised_by", "title")
    statements: Statements = {}
    for row in select_rows(cursor, PracticeFacts, PRACTICES, {"keys": encode_keys(keys)}):
        places = [
            AdoptionFacts(
                adoption.name, adoption.is_body, adoption.status, adoption.since,
                adoption_sources.cite(adoption.key, "status", "since"),
                tuple(area.lower() for area in adoption.areas),
            )
            for adoption in adoptions if adoption.practice == row.key
        ]  # fmt: skip
        statements[row.key] = event_statements.state_practice(
            row, places, {f: sources.cite(row.key, f) for f in fields}
        )
    return statements


def _read_events(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    parameters = {"keys": encode_keys(keys), "today": today.isoformat()}
    programmes, guests = (select_groups(cursor, query, {"keys": parameters["keys"]}) for query in (PROGRAMMES, GUESTS))
    stored = read_fact_sources(cursor, "meetings", keys)
    statements: Statements = {}
    for row in select_rows(cursor, EventFacts, EVENTS, parameters):
        sources = EventSources(
            event=stored.cite(row.key, "title", "day", "place", "occasion"),
            venue=stored.cite(row.key, "venue"),
            host=stored.cite(row.key, "host"),
            keynote=stored.cite(row.key, "keynote"),
            attendance=stored.cite(row.key, "attendance_text"),
            record=stored.cite(row.key),
        )
        programme, invited = programmes.get(row.key, ()), join_posts(guests.get(row.key, ()))
        statements[row.key] = event_statements.state_event(row, programme, invited, sources, today)
    return statements


def _read_texts(cursor: Cursor, kind: ClaimKind, keys: Collection[RowKey], _today: date) -> Statements:
    table: Table = "aims" if kind is ClaimKind.AIM else "data_sets"
    query = f"{TEXTS[kind]} WHERE id IN {KEYS.format(':keys')} AND NOT deleted ORDER BY n"
    sources = read_fact_sources(cursor, table, keys)
    statements: Statements = {}
    for row in select_rows(cursor, TextFacts, query, {"keys": encode_keys(keys)}):
        text = choose_printed_text(row.name, row.name_cy).rstrip(".")
        cited = sources.cite(row.key, "text" if kind is ClaimKind.AIM else "title")
        statements[row.key] = (
            evidence_statements.state_aim(text, cited)
            if kind is ClaimKind.AIM
            else evidence_statements.state_data_set(text, row.tier, cited)
        )
    return statements


def _read_decisions(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], _today: date) -> Statements:
    sources = read_fact_sources(cursor, "decisions", keys)
    fields = ("text", "decided_on", "group")
    rows = [row for row in decisions.read_decisions(cursor) if row.key in keys]
    return {row.key: evidence_statements.state_decision(row, sources.cite(row.key, *fields)) for row in rows}


def _read_figures(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], _today: date) -> Statements:
    current = evidence.read_current_figures(cursor, keys)
    sources = read_fact_sources(cursor, "figures", {row.key for row in current.values()})
    fields = ("title", "value", "period", "caveat")
    return {key: evidence_statements.state_figure(row, sources.cite(row.key, *fields)) for key, row in current.items()}


def _read_recommendations(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], _today: date) -> Statements:
    sources = read_fact_sources(cursor, "recommendations", keys)
    rows = recommendations.read_recommendations(cursor, RecommendationFilter())
    return {
        row.key: evidence_statements.state_recommendation(row, sources.cite(row.key, "title", "response"))
        for row in rows
        if row.key in keys
    }


def _read_documents(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    sources = read_fact_sources(cursor, "documents", keys)
    statements: Statements = {}
    for row in recommendations.read_documents(cursor):
        if row.key not in keys:
            continue
        fields = ("title", "body", "expected_on" if row.awaited else "published_on")
        cited = sources.cite(row.key, *fields)
        if row.reference and cited:
            with_number = sources.cite(row.key, *fields, "reference")
            row, cited = (row, with_number) if with_number else (replace(row, reference=None), cited)
        statements[row.key] = evidence_statements.state_document(row, cited, today)
    return statements


READERS: dict[ClaimKind, Callable[[Cursor, ClaimKind, Collection[RowKey], date], Statements]] = {
    ClaimKind.AIM: _read_texts,
    ClaimKind.POST: _read_parties,
    ClaimKind.ORGANISATION: _read_parties,
    ClaimKind.GROUP: _read_groups,
    ClaimKind.ACTION: _read_actions,
    ClaimKind.PRACTICE: _read_practices,
    ClaimKind.MEETING: _read_events,
    ClaimKind.DECISION: _read_decisions,
    ClaimKind.FIGURE: _read_figures,
    ClaimKind.DATA_SET: _read_texts,
    ClaimKind.RECOMMENDATION: _read_recommendations,
    ClaimKind.DOCUMENT: _read_documents,
}
