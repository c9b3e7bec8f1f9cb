"""The records that a paper can rest on. Reads only; their words are in `domain.commissions.claims`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.commissions import claims as of
from ahtc_tui.domain.commissions.claims import PARTNERS_TOPIC, Claim, ClaimKind
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.evidence.recommendations import RecommendationFilter
from ahtc_tui.domain.groups.membership import OUR_POST
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.actions import queries as actions
from ahtc_tui.store.contacts.party_lookup import KEYS, encode_keys
from ahtc_tui.store.evidence import practice
from ahtc_tui.store.evidence import queries as evidence
from ahtc_tui.store.evidence import recommendations as recommendation_queries
from ahtc_tui.store.groups import queries as groups
from ahtc_tui.store.meetings import decisions
from ahtc_tui.store.meetings import queries as meetings
from ahtc_tui.store.records.table_names import Table
from ahtc_tui.store.sql_fragments import IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Keys = Collection[RowKey] | None
"""The records that are asked for; None for all that stand."""


def read_claims(cursor: Cursor, kind: ClaimKind, today: date, keys: Keys = None) -> list[Claim]:
    """The claims of one kind, in the order in which the office lists its records."""
    claims = READERS[kind](cursor, today, keys)
    return claims if keys is None else [claim for claim in claims if claim.key in keys]


def _read_action_claims(cursor: Cursor, today: date, keys: Keys) -> list[Claim]:
    condition = "NOT a.deleted" if keys is None else f"a.id IN {KEYS.format(':keys')} AND NOT a.deleted"
    rows = cursor.execute(
        f"SELECT {actions.COLUMNS} FROM actions a {actions.JOINS} WHERE {condition} ORDER BY a.ref_key",
        {"today": today.isoformat(), "keys": encode_keys(keys or ())},
    )
    return [of.build_action_claim(actions.build_row(line)) for line in rows]


def _read_group_claims(cursor: Cursor, today: date, _keys: Keys) -> list[Claim]:
    our_roles = dict(
        cursor.execute(
            f'SELECT s."group", s.role FROM seats s JOIN parties p ON p.id = s.party WHERE p.ref = :us'
            f" AND {IN_FORCE.format('s')}",
            {"us": OUR_POST, "today": today.isoformat()},
        ).fetchall()
    )
    return [
        of.build_group_claim(row, SeatRole(our_roles[row.key]).label if row.key in our_roles else None)
        for row in groups.read_groups(cursor, today=today)
    ]


def _read_practice_claims(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    matrix = practice.read_matrix(cursor)
    return [of.build_practice_claim(row.practice, [cell for cell in row.cells if cell]) for row in matrix.rows]


def _read_meeting_claims(cursor: Cursor, today: date, _keys: Keys) -> list[Claim]:
    return [of.build_meeting_claim(row) for row in meetings.read_meetings(cursor, today=today)]


def _read_decision_claims(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [of.build_decision_claim(row) for row in reversed(decisions.read_decisions(cursor))]


def _read_figure_claims(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [of.build_figure_claim(row) for row in evidence.read_figures(cursor) if not row.superseded]


def _read_recommendation_claims(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [
        of.build_recommendation_claim(row)
        for row in recommendation_queries.read_recommendations(cursor, RecommendationFilter())
    ]


def _read_document_claims(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [of.build_document_claim(row) for row in recommendation_queries.read_documents(cursor)]


def _build_reader(
    kind: ClaimKind, topic: str, query: str, format_fact: Callable[[str | None], str | None]
) -> Callable[..., list[Claim]]:
    """A reader of records whose one fact the query gives: key, reference, name, fact."""

    def read_records(cursor: Cursor, today: date, _keys: Keys) -> list[Claim]:
        rows = cursor.execute(query, {"today": today.isoformat()})
        return [Claim(kind, key, ref, name, format_fact(fact), topic) for key, ref, name, fact in rows]

    return read_records


AIMS = "SELECT id, ref, text, NULL FROM aims WHERE NOT deleted ORDER BY n"
POSTS = f"""SELECT p.id, p.ref, p.name, (SELECT group_concat(name, ', ') FROM (SELECT q.name FROM holdings h
 JOIN parties q ON q.id = h.person WHERE h.post = p.id AND {IN_FORCE.format("h")} ORDER BY h.n))
 FROM parties p WHERE p.kind = 'post' AND NOT p.deleted ORDER BY p.n"""
ORGANISATIONS = """SELECT p.id, p.ref, p.name, CASE WHEN o.first_responder THEN coalesce(o.first_responder_since, '')
 END FROM organisations o JOIN parties p ON p.id = o.id WHERE NOT p.deleted ORDER BY p.n"""
DATA_SETS = "SELECT id, ref, title, tier FROM data_sets WHERE NOT deleted ORDER BY n"


def _format_holders(names: str | None) -> str | None:
    return _("held by {names}").format(names=names) if names else None


def _format_first_responder(since: str | None) -> str | None:
    if since is None:
        return None
    day = read_stored_date(since)
    return _("First Responder since {day}").format(day=day) if day else _("First Responder")


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
"""Where the records of a kind have their references."""
