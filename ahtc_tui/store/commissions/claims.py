"""Reads the records that a paragraph can be based on, as claims; `domain.commissions.claims` words them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.commissions import claims as wording
from ahtc_tui.domain.commissions.claims import PARTNERS_TOPIC, Claim, ClaimKind
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.evidence.recommendations import RecommendationFilter
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import Language, _, choose_language, choose_printed_text, use_language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.actions import queries as actions
from ahtc_tui.store.contacts.own_post import find_own_post_ref
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.evidence import practice
from ahtc_tui.store.evidence import queries as evidence
from ahtc_tui.store.evidence import recommendations as recommendation_queries
from ahtc_tui.store.groups import queries as groups
from ahtc_tui.store.meetings import decisions
from ahtc_tui.store.meetings import queries as meetings
from ahtc_tui.store.records.cursor import KEYS, Cursor, Table, encode_keys
from ahtc_tui.store.records.rows import select_mapping, select_rows
from ahtc_tui.store.sql_fragments import HOLDS, SITS

Keys = Collection[RowKey] | None
"""Keys of the records to read; None for all."""

AIMS = "SELECT id AS key, ref, text AS name, NULL AS fact, text_cy AS name_cy FROM aims WHERE NOT deleted ORDER BY n"

POSTS = f"""SELECT p.id AS key, p.ref, p.name, (SELECT group_concat(name, ', ') FROM (SELECT q.name FROM holdings h
 JOIN named_parties q ON q.id = h.person WHERE h.post = p.id AND {HOLDS} ORDER BY h.n)) AS fact,
 NULL AS name_cy FROM named_parties p WHERE p.kind = 'post' AND NOT p.deleted ORDER BY p.n"""

ORGANISATIONS = """SELECT p.id AS key, p.ref, p.name,
 CASE WHEN o.first_responder THEN coalesce(o.first_responder_since, '') END AS fact, p.name_cy
 FROM organisations o JOIN named_parties p ON p.id = o.id WHERE NOT p.deleted ORDER BY p.n"""

DATA_SETS = """SELECT id AS key, ref, title AS name, tier AS fact, title_cy AS name_cy FROM data_sets
 WHERE NOT deleted ORDER BY n"""

TABLES: dict[ClaimKind, Table] = {
    ClaimKind.AIM: "aims",
    ClaimKind.POST: "parties",
    ClaimKind.ORGANISATION: "parties",
    ClaimKind.GROUP: "parties",
    ClaimKind.ACTION: "actions",
    ClaimKind.PRACTICE: "practices",
    ClaimKind.MEETING: "meetings",
    ClaimKind.DECISION: "decisions",
    ClaimKind.FIGURE: "figures",
    ClaimKind.DATA_SET: "data_sets",
    ClaimKind.RECOMMENDATION: "recommendations",
    ClaimKind.DOCUMENT: "documents",
}
"""Table with the references of each kind of record."""


def read_claims(cursor: Cursor, kind: ClaimKind, today: date, keys: Keys = None) -> list[Claim]:
    """Return the claims of one kind, in the order of the lists.

    They are stored and compared in English, with the latest names: a new name of an area changes no fact. Each has its
    sentence with the names of the day as well. Figures keep the day, by which their revisions are chosen.
    """
    with use_language(Language.EN):
        claims = READERS[kind](cursor, today, keys)
        sentences = {claim.key: claim.sentence for claim in claims}
        if kind is not ClaimKind.FIGURE:
            with names_on(cursor, date.max):
                claims = READERS[kind](cursor, today, keys)
    claims = [replace(claim, dated_sentence=sentences.get(claim.key, "")) for claim in claims]
    return claims if keys is None else [claim for claim in claims if claim.key in keys]


class ClaimColumns(NamedTuple):
    """Record with the fact that its claim states."""

    key: RowKey
    ref: str
    name: str
    fact: str | None
    name_cy: str | None


def _read_action_claims(cursor: Cursor, today: date, keys: Keys) -> list[Claim]:
    condition = "NOT a.deleted" if keys is None else f"a.id IN {KEYS.format(':keys')} AND NOT a.deleted"
    parameters = {"today": today.isoformat(), "keys": encode_keys(keys or ())}
    rows = actions.select_actions(cursor, f"{condition} ORDER BY a.ref_key", parameters)
    return [wording.build_action_claim(row) for row in rows]


def _read_group_claims(cursor: Cursor, today: date, _keys: Keys) -> list[Claim]:
    query = f"""SELECT s."group" AS key, s.role AS value FROM seats s JOIN named_parties p ON p.id = s.party
 WHERE p.ref = :us AND {SITS}"""
    our_roles = select_mapping(cursor, query, {"us": find_own_post_ref(cursor), "today": today.isoformat()})
    return [
        wording.build_group_claim(row, SeatRole(our_roles[row.key]).label if row.key in our_roles else None)
        for row in groups.read_groups(cursor, today=today)
    ]


def _read_practice_claims(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    matrix = practice.read_matrix(cursor)
    return [wording.build_practice_claim(row.practice, [cell for cell in row.cells if cell]) for row in matrix.rows]


def _read_meeting_claims(cursor: Cursor, today: date, _keys: Keys) -> list[Claim]:
    return [wording.build_meeting_claim(row) for row in meetings.read_meetings(cursor, today=today)]


def _read_decision_claims(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [wording.build_decision_claim(row) for row in reversed(decisions.read_decisions(cursor))]


def _read_figure_claims(cursor: Cursor, _today: date, keys: Keys) -> list[Claim]:
    """Return the claims of figures; a paragraph that rests on a revised figure states the revision."""
    if keys is None:
        rows = [row for row in evidence.read_figures(cursor) if row.is_published and not row.superseded]
        return [wording.build_figure_claim(row) for row in rows]
    current = evidence.read_current_figures(cursor, keys)
    return [replace(wording.build_figure_claim(row), key=key) for key, row in current.items()]


def _read_recommendation_claims(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [
        wording.build_recommendation_claim(row)
        for row in recommendation_queries.read_recommendations(cursor, RecommendationFilter())
    ]


def _read_document_claims(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [wording.build_document_claim(row) for row in recommendation_queries.read_documents(cursor)]


def _build_reader(
    kind: ClaimKind, topic: str, query: str, format_fact: Callable[[str | None], str | None]
) -> Callable[..., list[Claim]]:
    """Return a reader for a query with the columns key, ref, name, fact and name_cy."""

    def read_records(cursor: Cursor, today: date, _keys: Keys) -> list[Claim]:
        rows = select_rows(cursor, ClaimColumns, query, {"today": today.isoformat()})
        return [Claim(kind, row.key, row.ref, _print_name(row, kind), format_fact(row.fact), topic) for row in rows]

    return read_records


def _print_name(row: ClaimColumns, kind: ClaimKind) -> str:
    """Return a name in the current language. A Welsh paper marks texts without Welsh, but not names."""
    is_name = kind in (ClaimKind.POST, ClaimKind.ORGANISATION)
    return (choose_language if is_name else choose_printed_text)(row.name, row.name_cy)


def _format_holders(names: str | None) -> str | None:
    return _("held by {names}").format(names=names) if names else None


def _format_first_responder(since: str | None) -> str | None:
    if since is None:
        return None
    day = read_stored_date(since)
    return _("First Responder since {date}").format(date=day) if day else _("First Responder")


def _format_tier(tier: str | None) -> str | None:
    return _("primary data set") if tier == "primary" else _("secondary data set")


READERS: dict[ClaimKind, Callable[[Cursor, date, Keys], list[Claim]]] = {
    ClaimKind.AIM: _build_reader(ClaimKind.AIM, "aims", AIMS, lambda _fact: None),
    ClaimKind.POST: _build_reader(ClaimKind.POST, PARTNERS_TOPIC, POSTS, _format_holders),
    ClaimKind.ORGANISATION: _build_reader(
        ClaimKind.ORGANISATION, PARTNERS_TOPIC, ORGANISATIONS, _format_first_responder
    ),
    ClaimKind.GROUP: _read_group_claims,
    ClaimKind.ACTION: _read_action_claims,
    ClaimKind.PRACTICE: _read_practice_claims,
    ClaimKind.MEETING: _read_meeting_claims,
    ClaimKind.DECISION: _read_decision_claims,
    ClaimKind.FIGURE: _read_figure_claims,
    ClaimKind.DATA_SET: _build_reader(ClaimKind.DATA_SET, "figures", DATA_SETS, _format_tier),
    ClaimKind.RECOMMENDATION: _read_recommendation_claims,
    ClaimKind.DOCUMENT: _read_document_claims,
}
