"""Reads contacts for export: post, holder, groups and time of the last change of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ahtc_tui.domain.contacts.model import ContactRow, PartyKind
from ahtc_tui.domain.fields.model import Place
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.imports.contacts import ExportedContact
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.contact_points import PointRow, build_points, list_point_rows
from ahtc_tui.store.contacts.filter_terms import (
    IN_AREA,
    MEMBERSHIPS,
    OF_ORGANISATION,
    PARTY_AREA,
    ListReader,
    build_contact_translators,
)
from ahtc_tui.store.contacts.party_lookup import order_name
from ahtc_tui.store.contacts.queries import PARTY_ALIASES
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_groups, select_mapping, select_rows
from ahtc_tui.store.search.filters import read_condition
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, HOLDS, build_stated_json

POST_NOW = f"""(SELECT q.name FROM holdings h JOIN named_parties q ON q.id = h.post WHERE h.person = p.id
 AND {HOLDS}
 ORDER BY h.from_on DESC, h.n LIMIT 1)"""

HOLDER = CURRENT_HOLDER.format(field="name", post="p.id")
ROWS = f"""SELECT p.id AS key, p.ref, p.kind, p.name, e.postnominal,
 o.name AS organisation,
 coalesce(e.role, {POST_NOW}) AS role,
 CASE p.kind WHEN 'post' THEN {HOLDER} END AS holder, x.name AS area, p.email,
 p.phone, e.language, NULL AS groups, coalesce(nullif(p.salutation, ''),
 CASE p.kind WHEN 'person' THEN p.name WHEN 'post' THEN {HOLDER} END) AS salutation, p.postal_address,
 {build_stated_json(ContactRow, PARTY_ALIASES, Place.WORKBOOK)} AS stated, 0 AS changed_ms
 FROM named_parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 LEFT JOIN organisations g ON g.id = p.id LEFT JOIN named_areas x ON x.id = p.area
 LEFT JOIN named_parties o ON o.id = coalesce(e.organisation, t.organisation)
 WHERE NOT p.deleted"""


@dataclass(frozen=True, slots=True)
class ContactExportFilter:
    """Contacts to export; None or empty selects all."""

    kinds: tuple[PartyKind, ...]
    words: str = ""
    organisation: RowKey | None = None
    area: RowKey | None = None
    group: RowKey | None = None


def read_card_uids(cursor: Cursor) -> dict[RowKey, str]:
    """Return the UIDs of the contacts that came with a card of another program."""
    return select_mapping(cursor, "SELECT id AS key, card_uid AS value FROM parties WHERE card_uid <> ''")


def read_export_contacts(
    cursor: Cursor, contact_filter: ContactExportFilter, today: date, read_list: ListReader | None = None
) -> list[ExportedContact]:
    """Return the contacts that match a filter, by name.

    `read_list` returns the members of a circulation list that the filter names. Raises BadInput.
    """
    kinds = tuple(kind.value for kind in contact_filter.kinds)
    translators = build_contact_translators(cursor, today, read_list)
    test, match_parameters = read_condition(
        contact_filter.words, kinds, "p.id", FilterNoun.CONTACTS, translators, today
    )
    tests = ["p.kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)), test]
    tests += (
        [OF_ORGANISATION.format(column="p.id", organisations="(SELECT :organisation AS value)")]
        if contact_filter.organisation
        else []
    )
    if contact_filter.area:
        tests.append(IN_AREA.format(column=PARTY_AREA, areas="(SELECT :area AS value)"))
    if contact_filter.group:
        tests.append(f"p.id IN (SELECT member FROM ({MEMBERSHIPS}) WHERE body = :group)")
    keys = {"organisation": contact_filter.organisation, "area": contact_filter.area, "group": contact_filter.group}
    parameters = {**match_parameters, **keys, "today": today.isoformat()}
    rows = select_rows(cursor, ExportedContact, f"{ROWS} AND {' AND '.join(tests)}", parameters)
    groups, changes = _read_group_names(cursor, today), _read_change_times(cursor)
    points: dict[RowKey, list[PointRow]] = {}
    for point in list_point_rows(cursor):
        points.setdefault(point.party, []).append(point)
    contacts = [
        replace(
            row,
            groups=tuple(groups.get(row.key, ())),
            emails=build_points("email", row.email, points.get(row.key, ())),
            phones=build_points("phone", row.phone, points.get(row.key, ())),
            changed_ms=changes.get(row.key) or int.from_bytes(row.key[:6]),  # a UUIDv7 begins with its time
        )
        for row in rows
    ]
    return sorted(contacts, key=lambda contact: (order_name(contact.name), contact.ref))


def _read_group_names(cursor: Cursor, today: date) -> dict[RowKey, list[str]]:
    query = f"""SELECT DISTINCT m.member AS key, p.name AS value FROM ({MEMBERSHIPS}) m
 JOIN named_parties p ON p.id = m.body WHERE NOT p.deleted ORDER BY sort_key(p.name)"""
    return select_groups(cursor, query, {"today": today.isoformat()})


def _read_change_times(cursor: Cursor) -> dict[RowKey, int]:
    """Return the time of the last change of each contact or of its holdings, in milliseconds since 1970."""
    query = """SELECT party AS key, max(wall_ms) AS value FROM (SELECT row_id AS party, wall_ms FROM change
 WHERE "table" IN ('parties', 'people', 'posts', 'organisations') UNION ALL SELECT h.post, c.wall_ms FROM change c
 JOIN holdings h ON h.id = c.row_id WHERE c."table" = 'holdings' UNION ALL SELECT l.party, c.wall_ms FROM change c
 JOIN contact_points l ON l.id = c.row_id WHERE c."table" = 'contact_points') GROUP BY party"""
    return select_mapping(cursor, query)
