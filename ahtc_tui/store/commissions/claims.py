"""The records that a paper can rest on. Reads only; their words are in `domain.commissions.claims`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.commissions import claims as of
from ahtc_tui.domain.commissions.claims import PARTNERS, Claim, ClaimKind
from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.evidence.recommendations import RecommendationFilter
from ahtc_tui.domain.groups.membership import OUR_POST
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.actions import queries as actions
from ahtc_tui.store.contacts.party_lookup import KEYS, listed
from ahtc_tui.store.evidence import practice, recommendations
from ahtc_tui.store.evidence import queries as evidence
from ahtc_tui.store.groups import queries as groups
from ahtc_tui.store.meetings import decisions
from ahtc_tui.store.meetings import queries as meetings
from ahtc_tui.store.sql_fragments import IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Keys = Collection[bytes] | None
"""The records that are asked for; None for all that stand."""


def claims(cursor: Cursor, kind: ClaimKind, today: date, keys: Keys = None) -> list[Claim]:
    """The claims of one kind, in the order in which the office lists its records."""
    found = READERS[kind](cursor, today, keys)
    return found if keys is None else [claim for claim in found if claim.key in keys]


def _actions(cursor: Cursor, today: date, keys: Keys) -> list[Claim]:
    which = "NOT a.deleted" if keys is None else f"a.id IN {KEYS.format(':keys')} AND NOT a.deleted"
    lines = cursor.execute(
        f"SELECT {actions.COLUMNS} FROM actions a {actions.JOINS} WHERE {which} ORDER BY a.ref_key",
        {"today": today.isoformat(), "keys": listed(keys or ())},
    )
    return [of.of_action(actions.row(line)) for line in lines]


def _groups(cursor: Cursor, today: date, _keys: Keys) -> list[Claim]:
    ours = dict(
        cursor.execute(
            f'SELECT s."group", s.role FROM seats s JOIN parties p ON p.id = s.party WHERE p.ref = :us'
            f" AND {IN_FORCE.format('s')}",
            {"us": OUR_POST, "today": today.isoformat()},
        ).fetchall()
    )
    return [
        of.of_group(row, SeatRole(ours[row.key]).label if row.key in ours else None)
        for row in groups.listed(cursor, today=today)
    ]


def _practices(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    found = practice.matrix(cursor)
    return [of.of_practice(row.practice, [cell for cell in row.cells if cell]) for row in found.rows]


def _meetings(cursor: Cursor, today: date, _keys: Keys) -> list[Claim]:
    return [of.of_meeting(row) for row in meetings.listed(cursor, today=today)]


def _decisions(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [of.of_decision(row) for row in reversed(decisions.listed(cursor))]


def _figures(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [of.of_figure(row) for row in evidence.figures(cursor) if not row.superseded]


def _recommendations(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [of.of_recommendation(row) for row in recommendations.recommendations(cursor, RecommendationFilter())]


def _documents(cursor: Cursor, _today: date, _keys: Keys) -> list[Claim]:
    return [of.of_document(row) for row in recommendations.documents(cursor)]


def _plain(
    kind: ClaimKind, topic: str, query: str, said: Callable[[str | None], str | None]
) -> Callable[..., list[Claim]]:
    """A reader of records whose one fact the query gives: key, reference, name, fact."""

    def read(cursor: Cursor, today: date, _keys: Keys) -> list[Claim]:
        lines = cursor.execute(query, {"today": today.isoformat()})
        return [Claim(kind, key, ref, name, said(fact), topic) for key, ref, name, fact in lines]

    return read


AIMS = "SELECT id, ref, text, NULL FROM aims WHERE NOT deleted ORDER BY n"
POSTS = f"""SELECT p.id, p.ref, p.name, (SELECT group_concat(name, ', ') FROM (SELECT q.name FROM holdings h
 JOIN parties q ON q.id = h.person WHERE h.post = p.id AND {IN_FORCE.format("h")} ORDER BY h.n))
 FROM parties p WHERE p.kind = 'post' AND NOT p.deleted ORDER BY p.n"""
ORGANISATIONS = """SELECT p.id, p.ref, p.name, CASE WHEN o.first_responder THEN coalesce(o.first_responder_since, '')
 END FROM organisations o JOIN parties p ON p.id = o.id WHERE NOT p.deleted ORDER BY p.n"""
DATA_SETS = "SELECT id, ref, title, tier FROM data_sets WHERE NOT deleted ORDER BY n"


def _held(names: str | None) -> str | None:
    return _("held by {names}").format(names=names) if names else None


def _responder(since: str | None) -> str | None:
    if since is None:
        return None
    day = from_stored(since)
    return _("First Responder since {day}").format(day=day) if day else _("First Responder")


def _tier(tier: str | None) -> str | None:
    return _("primary data set") if tier == "primary" else _("secondary data set")


READERS: dict[ClaimKind, Callable[[Cursor, date, Keys], list[Claim]]] = {
    ClaimKind.AIM: _plain(ClaimKind.AIM, "aims", AIMS, lambda _fact: None),
    ClaimKind.POST: _plain(ClaimKind.POST, PARTNERS, POSTS, _held),
    ClaimKind.ORGANISATION: _plain(ClaimKind.ORGANISATION, PARTNERS, ORGANISATIONS, _responder),
    ClaimKind.GROUP: _groups,
    ClaimKind.ACTION: _actions,
    ClaimKind.PRACTICE: _practices,
    ClaimKind.MEETING: _meetings,
    ClaimKind.DECISION: _decisions,
    ClaimKind.FIGURE: _figures,
    ClaimKind.DATA_SET: _plain(ClaimKind.DATA_SET, "figures", DATA_SETS, _tier),
    ClaimKind.RECOMMENDATION: _recommendations,
    ClaimKind.DOCUMENT: _documents,
}
TABLES = {
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
