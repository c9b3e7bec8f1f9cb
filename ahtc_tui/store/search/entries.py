"""What the full-text index holds of each kind of record. Definitions only."""

from __future__ import annotations

from typing import NamedTuple

from ahtc_tui.store.records.table_names import Table


class SearchDocument(NamedTuple):
    """One kind of record in the index. `SELECT r.n, {ref}, {title}, {body} FROM {source} WHERE {shown}`."""

    code: int
    """The row number in the index is `n * KINDS + code`, so no table of numbers is needed."""
    table: Table
    ref: str
    title: str
    body: str
    source: str
    condition: str = "1"
    """A part of a record that was removed is not found either."""


KIND_SLOTS = 32

PARTY_NAMES = (
    "(SELECT group_concat(coalesce(p.short || ' ', '') || p.name, ' ') FROM {link} l JOIN parties p ON p.id = l.party"
    " WHERE l.{of} = r.id AND NOT l.deleted)"
)
ALIASES = "(SELECT group_concat(name, ' ') FROM aliases l WHERE l.party = r.id AND NOT l.deleted)"


IN_AREA = "(SELECT x.name || ' ' || coalesce(x.name_cy, '') FROM areas x WHERE x.id = p.area)"
POST_LINKS = (
    "(SELECT group_concat(q.name, ' ') FROM holdings l JOIN parties q ON q.id = l.{other}"
    " WHERE l.{this} = r.id AND NOT l.deleted)"
)
"""Who held a post, or which posts a person held, at any time."""


def _build_party_document(code: int, table: Table, extra: str, joins: str = "") -> SearchDocument:
    body = (
        f"coalesce(p.name_cy, '') || ' ' || coalesce(p.short, '') || ' ' || coalesce({ALIASES}, '')"
        f" || ' ' || coalesce({IN_AREA}, '') || ' ' || {extra}"
    )
    return SearchDocument(
        code, table, "p.ref", "p.name", body, f"{table} r JOIN parties p ON p.id = r.id {joins}", "NOT p.deleted"
    )


JOIN_ORGANISATION = "LEFT JOIN parties o ON o.id = r.organisation"
NOTE_TEXT = "coalesce(r.note, '')"

DOCUMENTS: dict[str, SearchDocument] = {
    "action": SearchDocument(
        0,
        "actions",
        "r.ref",
        "r.title",
        "coalesce(r.detail, '') || ' ' || coalesce(lead.short, '') || ' ' || coalesce(lead.name, '') || ' ' ||"
        " coalesce("
        + PARTY_NAMES.format(link="action_parties", of="action")
        + ", '') || ' ' || coalesce(r.partner_text, '') || ' ' || coalesce(r.outcome, '') || ' ' ||"
        " coalesce(r.evidence, '') || ' ' || coalesce(r.note, '')",
        "actions r LEFT JOIN parties lead ON lead.id = r.lead",
    ),
    "update": SearchDocument(
        1, "updates", "a.ref", "a.title", "r.text", "updates r JOIN actions a ON a.id = r.action", "NOT a.deleted"
    ),
    "meeting": SearchDocument(
        2,
        "meetings",
        "r.ref",
        "r.title",
        "coalesce(r.venue, '') || ' ' || coalesce(r.place, '') || ' ' || coalesce(r.occasion, '') || ' ' || coalesce("
        + PARTY_NAMES.format(link="invitations", of="meeting")
        + ", '') || ' ' || coalesce((SELECT group_concat(l.title, ' ') FROM agenda_items l WHERE l.meeting = r.id"
        " AND NOT l.deleted), '') || ' ' || coalesce(r.note, '')",
        "meetings r",
    ),
    "minute": SearchDocument(
        3,
        "minute_lines",
        "m.ref",
        "m.title",
        "r.text || ' ' || coalesce(r.text_cy, '')",
        "minute_lines r JOIN meetings m ON m.id = r.meeting",
        "NOT m.deleted",
    ),
    "decision": SearchDocument(
        4, "decisions", "r.ref", "r.text", "coalesce(r.text_cy, '') || ' ' || coalesce(r.reason, '')", "decisions r"
    ),
    "group": _build_party_document(5, "groups", "coalesce(r.purpose, '') || ' ' || coalesce(r.note, '')"),
    "seat": SearchDocument(
        6,
        "seats",
        "r.ref",
        "coalesce(p.name, r.org_class) || ', ' || g.name",
        "coalesce(p.short, '') || ' ' || coalesce(g.short, '') || ' ' || r.role || ' ' || coalesce(r.note, '')",
        'seats r JOIN parties g ON g.id = r."group" LEFT JOIN parties p ON p.id = r.party',
        "NOT g.deleted",
    ),
    "person": _build_party_document(
        7,
        "people",
        "coalesce(r.role, '') || ' ' || coalesce(r.other_roles, '') || ' ' || coalesce(o.name, '') || ' ' || coalesce("
        + POST_LINKS.format(this="person", other="post")
        + ", '') || ' ' || "
        + NOTE_TEXT,
        JOIN_ORGANISATION,
    ),
    "post": _build_party_document(
        8,
        "posts",
        "coalesce(o.name, '') || ' ' || coalesce("
        + POST_LINKS.format(this="post", other="person")
        + ", '') || ' ' || "
        + NOTE_TEXT,
        JOIN_ORGANISATION,
    ),
    "organisation": _build_party_document(
        9, "organisations", "coalesce(o.name, '') || ' ' || " + NOTE_TEXT, "LEFT JOIN parties o ON o.id = r.parent"
    ),
    "objective": SearchDocument(10, "objectives", "r.ref", "r.title", "''", "objectives r"),
    "practice": SearchDocument(
        11,
        "practices",
        "r.ref",
        "r.title",
        "coalesce(r.venue, '') || ' ' || coalesce(lead.name, '') || ' ' || coalesce("
        "(SELECT group_concat(coalesce(p.name, x.name) || ' ' || coalesce(l.evidence, ''), ' ')"
        " FROM adoptions l LEFT JOIN parties p ON p.id = l.organisation LEFT JOIN areas x ON x.id = l.area"
        " WHERE l.practice = r.id AND NOT l.deleted), '')",
        "practices r LEFT JOIN parties lead ON lead.id = r.lead",
    ),
    "recommendation": SearchDocument(
        12,
        "recommendations",
        "r.ref",
        "r.title",
        "coalesce(r.response, '') || ' ' || coalesce(r.evidence, '') || ' ' || d.title",
        "recommendations r JOIN documents d ON d.id = r.document",
        "NOT d.deleted",
    ),
    "document": SearchDocument(
        13, "documents", "r.ref", "r.title", "coalesce(r.reference, '') || ' ' || coalesce(r.note, '')", "documents r"
    ),
    "figure": SearchDocument(14, "figures", "r.ref", "r.title", "coalesce(r.caveat, '') || ' ' || r.unit", "figures r"),
    "data_set": SearchDocument(15, "data_sets", "r.ref", "r.title", "coalesce(r.frequency, '')", "data_sets r"),
    "paper": SearchDocument(16, "papers", "r.ref", "r.title", "coalesce(r.withheld_because, '')", "papers r"),
    "engagement": SearchDocument(17, "engagements", "r.ref", "r.subject", "coalesce(r.text, '')", "engagements r"),
    "web_page": SearchDocument(18, "web_pages", "r.ref", "r.subject", "coalesce(r.link, '')", "web_pages r"),
    "paragraph": SearchDocument(
        19,
        "paragraphs",
        "c.ref",
        "c.title || ', ' || q.number || '.' || r.number || coalesce(' ' || r.title, '')",
        "q.text || ' ' || coalesce(r.text, '')",
        "paragraphs r JOIN commission_questions q ON q.id = r.question JOIN commissions c ON c.id = q.commission",
        "NOT q.deleted AND NOT c.deleted",
    ),
    "forward_item": SearchDocument(
        20,
        "forward_items",
        "g.ref",
        "r.title",
        "g.name || ' ' || coalesce(p.name, '') || ' ' || coalesce(r.note, '')",
        'forward_items r JOIN parties g ON g.id = r."group" LEFT JOIN parties p ON p.id = r.presenter',
        "NOT g.deleted",
    ),
    "amendment": SearchDocument(
        25,
        "amendments",
        "m.ref",
        "m.title",
        "r.was || ' ' || r.now || ' ' || coalesce(r.reason, '')",
        "amendments r JOIN meetings m ON m.id = r.meeting",
        "NOT m.deleted",
    ),
    "session": SearchDocument(
        26,
        "sessions",
        "r.ref",
        "r.title",
        "coalesce(r.place, '') || ' ' || coalesce(x.name, '') || ' ' || coalesce(q.title, '') || ' ' || coalesce("
        "(SELECT group_concat(p.name, ' ') FROM session_numbers l JOIN parties p ON p.id = l.organisation"
        " WHERE l.session = r.id AND NOT l.deleted), '') || ' ' || coalesce(r.note, '')",
        "sessions r LEFT JOIN areas x ON x.id = r.area LEFT JOIN practices q ON q.id = r.practice",
    ),
}

DOCUMENTS["commission"] = SearchDocument(
    28,
    "commissions",
    "r.ref",
    "r.title",
    "coalesce(r.reference, '') || ' ' || coalesce(p.name, '') || ' ' || coalesce(r.note, '')",
    "commissions r LEFT JOIN parties p ON p.id = r.asked_by",
)
DOCUMENTS["milestone"] = SearchDocument(
    27,
    "milestones",
    "o.ref",
    "r.title",
    "r.ref || ' ' || o.title || ' ' || coalesce(r.note, '')",
    "milestones r JOIN objectives o ON o.id = r.objective",
    "NOT o.deleted",
)

KIND_BY_CODE = {doc.code: kind for kind, doc in DOCUMENTS.items()}
