"""Reads the records behind a paper as sentences; `domain.commissions` words them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.commissions import record_statements as wording
from ahtc_tui.domain.commissions.action_statements import state_action
from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.commissions.record_statements import EventFacts, GroupFacts, PartyFacts, PracticeFacts
from ahtc_tui.domain.commissions.statements import Statement, quote
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.evidence.recommendations import RecommendationFilter
from ahtc_tui.domain.groups.membership import OUR_POST
from ahtc_tui.domain.i18n import choose_printed_text, translated_names
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.english_phrases import begins_with_verb, lower_first
from ahtc_tui.store.actions import queries as actions
from ahtc_tui.store.evidence import practice, recommendations
from ahtc_tui.store.evidence import queries as evidence
from ahtc_tui.store.meetings import decisions
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.sql_fragments import (
    CURRENT_HOLDER,
    GROUP_CHAIR,
    IN_FORCE,
    IS_GATHERING,
    MEETING_TITLE_CY,
    SHOWN_MEETING_TITLE,
)

Statements = dict[RowKey, list[Statement]]

HOLDER_FIELD = CURRENT_HOLDER.replace("q.{field}", "{field}").replace("{post}", "p.id")
LETTERS = "(SELECT ' ' || e.postnominal FROM people e WHERE e.id = {}.id AND e.postnominal <> '')"
"""Letters after the name of a person: " AM"."""

PARTIES = f"""SELECT p.id AS key, p.name, p.source, u.name AS parent,
 {HOLDER_FIELD.format(field=f"q.name || coalesce({LETTERS.format('q')}, '')")} AS holder,
 {HOLDER_FIELD.format(field="h.from_on")} AS holder_from,
 (SELECT CASE WHEN e.other_roles LIKE '[%' THEN (SELECT group_concat(value, char(10)) FROM json_each(e.other_roles))
 ELSE e.other_roles END FROM people e WHERE e.id = {HOLDER_FIELD.format(field="q.id")}) AS other_roles,
 o.first_responder, o.first_responder_since FROM named_parties p LEFT JOIN organisations o ON o.id = p.id
 LEFT JOIN posts t ON t.id = p.id LEFT JOIN named_parties u ON u.id = o.parent
 WHERE p.id IN {KEYS.format(":keys")} AND NOT p.deleted"""
GROUPS = f"""SELECT g.id AS key, p.name, g.state, c.name || coalesce({LETTERS.format("c")}, '') AS chair,
 (SELECT s.role FROM seats s JOIN named_parties us ON us.id = s.party WHERE s."group" = g.id AND us.ref = :us
 AND {IN_FORCE.format("s")} LIMIT 1) AS our_role, p.source FROM groups g JOIN named_parties p ON p.id = g.id
 LEFT JOIN named_parties c ON c.id = {GROUP_CHAIR.format(group="g")}
 WHERE g.id IN {KEYS.format(":keys")} AND NOT g.deleted"""
PRACTICES = f"""SELECT r.id AS key, r.title, r.title_cy, x.name AS origin, r.venue, p.name AS lead,
 b.name AS recognised_by, f.name AS first_for, r.source FROM practices r LEFT JOIN named_areas x ON x.id = r.origin_area
 LEFT JOIN named_parties p ON p.id = r.lead LEFT JOIN named_parties b ON b.id = r.recognised_by
 LEFT JOIN named_areas f ON f.id = r.first_for WHERE r.id IN {KEYS.format(":keys")} AND NOT r.deleted"""
EVENTS = f"""SELECT m.id AS key, m.title, {MEETING_TITLE_CY.format("m")} AS title_cy,
 {IS_GATHERING.format("m")} AS is_gathering, m.day, m.recurrence, m.venue,
 m.place, m.occasion, h.name AS host, k.name || coalesce({LETTERS.format("k")}, '') AS keynote, m.attendance_text,
 m.source
 FROM meetings m LEFT JOIN named_parties h ON h.id = m.host LEFT JOIN named_parties k ON k.id = m.keynote
 WHERE m.id IN {KEYS.format(":keys")} AND NOT m.deleted"""
TEXTS = {
    ClaimKind.AIM: "SELECT id AS key, text AS name, text_cy AS name_cy, source, NULL AS tier FROM aims",
    ClaimKind.DATA_SET: "SELECT id AS key, title AS name, title_cy AS name_cy, source, tier FROM data_sets",
}


class TextFacts(NamedTuple):
    """An aim or a data set."""

    key: RowKey
    name: str
    name_cy: str | None
    source: str | None
    tier: str | None


class MeetingName(NamedTuple):
    """A meeting at which an action was agreed."""

    ref: str
    title: str
    day: DateAsKnown | None


def read_statements(cursor: Cursor, kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    """Return the sentences about records of one kind, in the current language, by key of the record."""
    with translated_names():
        return READERS[kind](cursor, kind, keys, today)


def _read_actions(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    parameters = {"today": today.isoformat(), "keys": encode_keys(keys)}
    rows = actions.select_actions(cursor, f"a.id IN {KEYS.format(':keys')} AND NOT a.deleted", parameters)
    query = f"""SELECT DISTINCT m.ref, {SHOWN_MEETING_TITLE.format("m")} AS title, m.day FROM actions a
 JOIN meetings m ON m.id = a.meeting WHERE a.id IN {KEYS.format(":keys")}"""
    meetings = {
        meeting.ref: ", ".join(part for part in (meeting.title, format_day(meeting.day)) if part)
        for meeting in select_rows(cursor, MeetingName, query, {"keys": parameters["keys"]})
    }
    return {row.key: state_action(row, meetings.get(row.source or "", row.source or "")) for row in rows}


def _read_parties(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    rows = select_rows(cursor, PartyFacts, PARTIES, {"keys": encode_keys(keys), "today": today.isoformat()})
    return {row.key: wording.state_party(row) for row in rows}


def _read_groups(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    parameters = {"keys": encode_keys(keys), "today": today.isoformat(), "us": OUR_POST}
    return {row.key: wording.state_group(row) for row in select_rows(cursor, GroupFacts, GROUPS, parameters)}


def _read_practices(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], _today: date) -> Statements:
    cells = {row.practice.key: [cell for cell in row.cells if cell] for row in practice.read_matrix(cursor).rows}
    rows = select_rows(cursor, PracticeFacts, PRACTICES, {"keys": encode_keys(keys)})
    return {row.key: wording.state_practice(row, cells.get(row.key, ())) for row in rows}


def _read_events(cursor: Cursor, _kind: ClaimKind, keys: Collection[RowKey], today: date) -> Statements:
    rows = select_rows(cursor, EventFacts, EVENTS, {"keys": encode_keys(keys)})
    return {row.key: wording.state_event(row, today) for row in rows}


def _read_texts(cursor: Cursor, kind: ClaimKind, keys: Collection[RowKey], _today: date) -> Statements:
    query = f"{TEXTS[kind]} WHERE id IN {KEYS.format(':keys')} AND NOT deleted ORDER BY n"
    statements: Statements = {}
    for row in select_rows(cursor, TextFacts, query, {"keys": encode_keys(keys)}):
        text = choose_printed_text(row.name, row.name_cy).rstrip(".")
        forms = wording.AIMS if kind is ClaimKind.AIM else wording.DATA_SETS[row.tier or "secondary"]
        subject = f"to {lower_first(text)}" if kind is ClaimKind.AIM and begins_with_verb(text) else quote(text)
        statements[row.key] = [Statement(forms, subject, (), row.source or "")]
    return statements


def _read_decisions(cursor: Cursor, _kind: ClaimKind, _keys: Collection[RowKey], _today: date) -> Statements:
    return {row.key: wording.state_decision(row) for row in decisions.read_decisions(cursor)}


def _read_figures(cursor: Cursor, _kind: ClaimKind, _keys: Collection[RowKey], _today: date) -> Statements:
    return {row.key: wording.state_figure(row) for row in evidence.read_figures(cursor)}


def _read_recommendations(cursor: Cursor, _kind: ClaimKind, _keys: Collection[RowKey], _today: date) -> Statements:
    rows = recommendations.read_recommendations(cursor, RecommendationFilter())
    return {row.key: wording.state_recommendation(row) for row in rows}


def _read_documents(cursor: Cursor, _kind: ClaimKind, _keys: Collection[RowKey], _today: date) -> Statements:
    return {row.key: wording.state_document(row) for row in recommendations.read_documents(cursor)}


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
