"""Which entries of the full-text index a write makes stale. Definitions only."""

from __future__ import annotations

from ahtc_tui.store.search.entries import DOCUMENTS

OWN_ENTRY = "SELECT id FROM {table} WHERE id IN ({keys})"

STALE_ENTRIES: dict[str, list[tuple[str, str]]] = {
    doc.table: [(kind, OWN_ENTRY.replace("{table}", doc.table))] for kind, doc in DOCUMENTS.items()
}
"""Table to the kinds whose text a write to it changes, each with the query that finds their records."""

for _table, _kind, _query in (
    ("actions", "update", "SELECT id FROM updates WHERE action IN ({keys})"),
    ("action_parties", "action", "SELECT action FROM action_parties WHERE id IN ({keys})"),
    ("invitations", "meeting", "SELECT meeting FROM invitations WHERE id IN ({keys})"),
    ("agenda_items", "meeting", "SELECT meeting FROM agenda_items WHERE id IN ({keys})"),
    ("session_numbers", "session", "SELECT session FROM session_numbers WHERE id IN ({keys})"),
    ("parties", "session", "SELECT session FROM session_numbers WHERE organisation IN ({keys})"),
    ("areas", "session", "SELECT id FROM sessions WHERE area IN ({keys})"),
    ("practices", "session", "SELECT id FROM sessions WHERE practice IN ({keys})"),
    ("adoptions", "practice", "SELECT practice FROM adoptions WHERE id IN ({keys})"),
    ("areas", "practice", "SELECT practice FROM adoptions WHERE area IN ({keys})"),
    *(
        ("areas", kind, f"SELECT id FROM parties WHERE area IN ({{keys}}) AND kind = '{kind}'")
        for kind in ("group", "person", "post", "organisation")
    ),
    ("holdings", "person", "SELECT person FROM holdings WHERE id IN ({keys}) AND person IS NOT NULL"),
    ("holdings", "post", "SELECT post FROM holdings WHERE id IN ({keys})"),
    ("parties", "person", "SELECT person FROM holdings WHERE post IN ({keys}) AND person IS NOT NULL"),
    ("parties", "post", "SELECT post FROM holdings WHERE person IN ({keys})"),
    ("objectives", "milestone", "SELECT id FROM milestones WHERE objective IN ({keys})"),
    ("documents", "recommendation", "SELECT id FROM recommendations WHERE document IN ({keys})"),
    ("meetings", "minute", "SELECT id FROM minute_lines WHERE meeting IN ({keys})"),
    ("meetings", "amendment", "SELECT id FROM amendments WHERE meeting IN ({keys})"),
    *(
        ("aliases", kind, f"SELECT r.id FROM {kind_table} r JOIN aliases l ON l.party = r.id WHERE l.id IN ({{keys}})")
        for kind, kind_table in (
            ("group", "groups"),
            ("person", "people"),
            ("post", "posts"),
            ("organisation", "organisations"),
        )
    ),
    ("commission_questions", "paragraph", "SELECT id FROM paragraphs WHERE question IN ({keys})"),
    (
        "commissions",
        "paragraph",
        "SELECT r.id FROM paragraphs r JOIN commission_questions q ON q.id = r.question WHERE q.commission IN ({keys})",
    ),
    ("parties", "commission", "SELECT id FROM commissions WHERE asked_by IN ({keys})"),
    ("parties", "action", "SELECT id FROM actions WHERE lead IN ({keys})"),
    ("parties", "action", "SELECT action FROM action_parties WHERE party IN ({keys})"),
    ("parties", "meeting", "SELECT meeting FROM invitations WHERE party IN ({keys})"),
    ("parties", "seat", "SELECT id FROM seats WHERE party IN ({keys})"),
    ("parties", "seat", 'SELECT id FROM seats WHERE "group" IN ({keys})'),
    ("parties", "practice", "SELECT id FROM practices WHERE lead IN ({keys})"),
    ("parties", "practice", "SELECT practice FROM adoptions WHERE organisation IN ({keys})"),
    ("parties", "person", "SELECT id FROM people WHERE id IN ({keys}) OR organisation IN ({keys})"),
    ("parties", "post", "SELECT id FROM posts WHERE id IN ({keys}) OR organisation IN ({keys})"),
    ("parties", "organisation", "SELECT id FROM organisations WHERE id IN ({keys}) OR parent IN ({keys})"),
    ("parties", "group", "SELECT id FROM groups WHERE id IN ({keys})"),
    ("parties", "forward_item", 'SELECT id FROM forward_items WHERE presenter IN ({keys}) OR "group" IN ({keys})'),
):
    STALE_ENTRIES.setdefault(_table, []).append((_kind, _query))
