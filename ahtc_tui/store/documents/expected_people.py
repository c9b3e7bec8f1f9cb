"""Reads who is expected at a meeting: invited and seated parties with the person, post and organisation of each."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import InviteRole, Presence
from ahtc_tui.store.documents.published_names import POST_OF
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, FILLS, GROUP_CHAIR, SEAT_MEMBER, SEAT_NAME, SITS

EXPECTED = f"""WITH seated AS (SELECT s.* FROM meetings m JOIN seats s ON s."group" = m."group" WHERE m.id = :meeting
 AND {SITS}),
 expected(rank, place, sub, member, party, words, deputy, seat, role, state, deputy_for) AS (
 SELECT 0, 0, 0, c.id, c.id, NULL, 0, c.name, 'chair', NULL, NULL FROM meetings m JOIN groups g ON g.id = m."group"
 JOIN named_parties c ON c.id = {GROUP_CHAIR.format(group="g")} WHERE m.id = :meeting
 AND c.id NOT IN (SELECT party FROM seated WHERE party IS NOT NULL)
 UNION ALL SELECT s.role <> 'chair', s.n, 0, s.party, coalesce((SELECT o.person FROM occupancies o WHERE o.seat = s.id
 AND NOT o.deputy AND {FILLS} ORDER BY o.from_on DESC, o.n DESC LIMIT 1), s.party), NULL, 0,
 {SEAT_MEMBER}, CASE s.role WHEN 'chair' THEN s.role END, NULL, NULL
 FROM seated s LEFT JOIN named_parties p ON p.id = s.party
 UNION ALL SELECT s.role <> 'chair', s.n, o.n, NULL, o.person, NULL, 1, {SEAT_MEMBER}, NULL, NULL, NULL
 FROM seated s JOIN occupancies o ON o.seat = s.id AND o.deputy AND {FILLS}
 LEFT JOIN named_parties p ON p.id = s.party
 UNION ALL SELECT 2, n, 0, party, party, words, 0, NULL, role, NULL, NULL FROM invitations WHERE meeting = :meeting
 AND NOT deleted
 UNION ALL SELECT 3, a.n, 0, a.party, a.party, a.words, 0, NULL, NULL, a.state,
 coalesce(d.name, {SEAT_NAME.format(seat="a.seat")}) FROM attendances a
 LEFT JOIN named_parties d ON d.id = a.deputy_for WHERE a.meeting = :meeting AND NOT a.deleted),
 persons AS (SELECT e.*, p.kind, p.name, CASE p.kind WHEN 'person' THEN p.id
 WHEN 'post' THEN {CURRENT_HOLDER.format(field="id", post="p.id")} END AS person
 FROM expected e LEFT JOIN named_parties p ON p.id = e.party)
 SELECT e.member, e.party, e.person, e.kind, coalesce(e.name, e.words) AS name, w.name AS holder,
 CASE e.kind WHEN 'post' THEN e.name ELSE coalesce({POST_OF.format(person="e.person")}, r.role) END AS post,
 CASE WHEN e.kind IN ('organisation', 'group') THEN e.name ELSE coalesce(o.name, ro.name) END AS organisation,
 e.deputy, e.seat, e.role, e.state, e.deputy_for
 FROM persons e LEFT JOIN named_parties w ON w.id = e.person LEFT JOIN people r ON r.id = e.person
 LEFT JOIN named_parties ro ON ro.id = r.organisation LEFT JOIN posts k ON k.id = e.party
 LEFT JOIN named_parties o ON o.id = k.organisation ORDER BY e.rank, e.place, e.sub"""
"""The chair, the seats in order, each followed by its deputies; then invitations; then the recorded attendance."""


class ExpectedParty(NamedTuple):
    """A seat, an invitation or a line of attendance, with the names of the day of the meeting."""

    member: RowKey | None
    """The member of a seat, or the invited party; the person in the seat may be another."""
    party: RowKey | None
    person: RowKey | None
    kind: PartyKind | None
    name: str | None
    """Name of the party, or words where it is not in the register; None for a seat of a class of organisations."""
    holder: str | None
    """The person, or the holder of the post."""
    post: str | None
    organisation: str | None
    deputy: bool
    """Whether it is a standing deputy of the seat."""
    seat: str | None
    """Member whose seat it is; None without a seat."""
    role: InviteRole | None
    state: Presence | None
    deputy_for: str | None


def read_expected_parties(cursor: Cursor, meeting: RowKey, day: date) -> list[ExpectedParty]:
    """Return the seats, invitations and recorded attendance of a meeting on its day; a party may be in several."""
    with names_on(cursor, day):
        return select_rows(cursor, ExpectedParty, EXPECTED, {"meeting": meeting, "today": day.isoformat()})
