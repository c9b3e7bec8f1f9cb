"""Reads the actions to chase, their leads, and the last chasers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.documents.chasers import Addressee, ChaseRow, Sender
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.today import SOON_DAYS
from ahtc_tui.store.actions.queries import read_numbered_actions
from ahtc_tui.store.documents.published_names import POST_OF, WELSH_POST_OF
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_mapping, select_one, select_row
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, HOLDS, LANGUAGES, PARTY_ADDRESS, REPRESENTATIVE
from ahtc_tui.store.today import LATE, REVIEW_DUE, SOON

PRESSING = f"""(({LATE}) OR ({SOON}) OR (a.status = 'continuing' AND NOT a.deleted AND {REVIEW_DUE}))"""
"""Whether an action is late, due soon, or a continuing duty with a review due."""

LED_BY = f"""(a.lead = :lead OR a.lead IN (SELECT h.post FROM holdings h WHERE h.person = :lead
 AND {HOLDS}))"""

READER = "CASE p.kind WHEN 'person' THEN p.id WHEN 'organisation' THEN w.id END"
"""Key of the person who reads a letter to a person or an organisation; a letter to a post is addressed to the post."""

HOLDER = CURRENT_HOLDER.format(field="name", post="p.id")
ADDRESSEE = f"""SELECT p.id AS key, p.ref, p.name, p.name_cy, p.kind = 'person' AS is_reader, p.postal_address,
 CASE WHEN p.kind = 'person' THEN coalesce(nullif(p.salutation, ''), p.name) ELSE
 coalesce(nullif(w.salutation, ''), w.name, nullif(p.salutation, ''), {HOLDER}) END AS salutation,
 coalesce(nullif(trim(w.email), ''), {PARTY_ADDRESS.format(party="p")}) AS email,
 (SELECT e.language FROM people e WHERE e.language IN ({LANGUAGES}) AND e.id = CASE p.kind WHEN 'person' THEN p.id
 WHEN 'post' THEN {CURRENT_HOLDER.format(field="id", post="p.id")} ELSE w.id END) AS language,
 CASE p.kind WHEN 'person' THEN p.name WHEN 'post' THEN {HOLDER} ELSE w.name END AS reader,
 coalesce({POST_OF.format(person=READER)}, r.role || coalesce(', ' || b.name, ''), b.name) AS post,
 {WELSH_POST_OF.format(person=READER)} AS post_cy, o.name AS organisation, o.name_cy AS organisation_cy
 FROM named_parties p LEFT JOIN named_parties w ON w.id = {REPRESENTATIVE.format(party="p", group=":group")}
 LEFT JOIN people r ON r.id = {READER} LEFT JOIN named_parties b ON b.id = r.organisation
 LEFT JOIN posts t ON t.id = p.id LEFT JOIN named_parties o ON o.id = t.organisation WHERE p.id = :key"""


class LedAction(NamedTuple):
    """Action to chase, with the key of its lead; None where it has no lead."""

    lead: RowKey | None
    action: ActionRow


AFTER_MEETING = f"""((a.meeting = :meeting AND a.is_open AND NOT a.deleted AND a.status <> 'continuing')
 OR (a."group" = (SELECT "group" FROM meetings WHERE id = :meeting) AND {PRESSING}))"""
"""Whether an action was agreed at the meeting, or is pressing and of its group."""


def read_pressing_actions(cursor: Cursor, today: date, lead: RowKey | None, meeting: RowKey | None) -> list[LedAction]:
    """Return the actions to chase by due day, then by review day; with a lead only its own and its posts' actions.

    With a meeting: all open actions that it agreed, and the pressing actions of its group.
    """
    parameters: dict[str, str | RowKey | None] = {"today": today.isoformat(), "lead": lead, "meeting": meeting}
    parameters["soon"] = (today + timedelta(SOON_DAYS)).isoformat()
    condition = AFTER_MEETING if meeting else PRESSING
    query = f"""SELECT a.n AS key, a.lead AS value FROM actions a WHERE {condition} AND {LED_BY if lead else "1"}
 ORDER BY a.due_day, a.review_on, a.ref_key, a.n"""
    leads = select_mapping(cursor, query, parameters)
    return list(map(LedAction, leads.values(), read_numbered_actions(cursor, leads, today)))


def read_addressee(cursor: Cursor, key: RowKey, today: date, group: RowKey | None = None) -> Addressee:
    """Return the lead as the addressee of a letter on a day: an organisation through its representative.

    The representative is the one on its seat in `group`, else on its latest seat.
    """
    return select_one(cursor, Addressee, ADDRESSEE, {"key": key, "today": today.isoformat(), "group": group})


def read_last_chase_days(cursor: Cursor, actions: Iterable[RowKey]) -> dict[RowKey, date]:
    """Return the day of the last chaser by action; actions without one are left out."""
    query = f"""SELECT action AS key, max(chased_on) AS value FROM chases WHERE NOT deleted
 AND action IN {KEYS.format("?")} GROUP BY action"""
    days = select_mapping(cursor, query, (encode_keys(actions),))
    return {key: date.fromisoformat(day[:10]) for key, day in days.items()}


def read_last_chase(cursor: Cursor, action: RowKey) -> ChaseRow | None:
    """Return the last chaser for an action; None where there is none."""
    query = """SELECT c.chased_on, p.name AS party, c.channel FROM chases c JOIN named_parties p ON p.id = c.party
 WHERE c.action = ? AND NOT c.deleted ORDER BY c.chased_on DESC, c.n DESC LIMIT 1"""
    return select_row(cursor, ChaseRow, query, (action,))


def read_sender(cursor: Cursor, key: RowKey) -> Sender:
    """Return a party as the sender of letters."""
    return select_one(cursor, Sender, "SELECT name, email, name_cy FROM named_parties WHERE id = ?", (key,))
