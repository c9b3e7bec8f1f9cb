"""The documents of the full-text index, and which writes make them stale."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from ahtc_tui.store.records.cursor import Table


def _name_nothing() -> str:
    return ""


class SearchDocument(NamedTuple):
    """One kind of record in the index, as `SELECT r.n, {ref}, {title}, {body} FROM {source} WHERE {condition}`."""

    code: int
    """The rowid in the index is `n * KIND_SLOTS + code`."""
    table: Table
    ref: str
    title: str
    body: str
    source: str
    condition: str = "1"
    """Excludes the parts of removed records."""
    shown_title: str = ""
    """Title of a hit, if it is the title of another record; its words are not searched."""
    name_stated_columns: Callable[[], str] = _name_nothing
    """Returns SQL after the body: the columns that the row classes state as searched. A function, because only a
    write needs it: a search would otherwise load the row classes of four nouns.
    """

    @property
    def indexed_text(self) -> str:
        """SQL of the body with the stated columns."""
        return self.body + self.name_stated_columns()


KIND_SLOTS = 32

PARTY_NAMES = (
    "(SELECT group_concat(coalesce(p.short || ' ', '') || p.name, ' ') FROM {link} l JOIN parties p ON p.id = l.party"
    " WHERE l.{of} = r.id AND NOT l.deleted)"
)
ALIASES = (
    "(SELECT group_concat(concat_ws(' ', name, name_cy), ' ') FROM aliases l WHERE l.party = r.id AND NOT l.deleted)"
)

DATED_NAMES = """(SELECT group_concat(concat_ws(' ', l.name, l.name_cy), ' ') FROM aliases l
 WHERE l.party = {party} AND NOT l.deleted AND coalesce(l.from_on, l.to_on) IS NOT NULL)"""
"""Names that a party has, had or will have for a period."""

POINTS = """coalesce(p.email || ' ', '') || coalesce(p.phone || ' ', '') || coalesce((SELECT group_concat(
 coalesce(l.email, l.phone), ' ') FROM contact_points l WHERE l.party = r.id AND NOT l.deleted), '')"""

IN_AREA = "(SELECT x.name || ' ' || coalesce(x.name_cy, '') FROM areas x WHERE x.id = p.area)"
POST_LINKS = (
    "(SELECT group_concat(q.name, ' ') FROM holdings l JOIN parties q ON q.id = l.{other}"
    " WHERE l.{this} = r.id AND NOT l.deleted)"
)
"""The holders of a post, or the posts of a person, at any time."""


def _build_party_document(code: int, table: Table, extra: str, joins: str = "") -> SearchDocument:
    body = (
        f"coalesce(p.name_cy, '') || ' ' || coalesce(p.short, '') || ' ' || coalesce({ALIASES}, '')"
        f" || ' ' || coalesce({IN_AREA}, '') || ' ' || {POINTS} || ' ' || {extra}"
    )
    source = f"{table} r JOIN parties p ON p.id = r.id {joins}"
    stated = partial(_name_party_columns, table)
    return SearchDocument(code, table, "p.ref", "p.name", body, source, "NOT p.deleted", name_stated_columns=stated)


def _name_party_columns(table: Table) -> str:
    from ahtc_tui.domain.contacts.model import ContactCard, ContactRow
    from ahtc_tui.domain.groups.model import GroupCard, GroupRow
    from ahtc_tui.store.sql_fragments import build_search_text

    return (
        build_search_text("p", ContactRow, ContactCard, table="parties")
        + build_search_text("r", ContactRow, ContactCard, table=table)
        + (build_search_text("r", GroupRow, GroupCard) if table == "groups" else "")
    )


def _name_action_columns() -> str:
    from ahtc_tui.domain.actions.model import ActionCard, ActionRow
    from ahtc_tui.store.sql_fragments import build_search_text

    return build_search_text("r", ActionRow, ActionCard)


def _name_meeting_columns() -> str:
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.store.sql_fragments import build_search_text

    return build_search_text("r", MeetingRow)


JOIN_ORGANISATION = "LEFT JOIN parties o ON o.id = r.organisation"
NOTE_TEXT = "coalesce(p.note, '') || ' ' || coalesce(r.note, '')"

DOCUMENTS: dict[str, SearchDocument] = {
    "action": SearchDocument(
        0,
        "actions",
        "r.ref",
        "r.title",
        "coalesce(r.title_cy, '') || ' ' || coalesce(r.detail, '') || ' ' || coalesce(r.detail_cy, '') || ' ' ||"
        " coalesce(lead.short, '') || ' ' || coalesce(lead.name, '') || ' ' ||"
        " coalesce("
        + DATED_NAMES.format(party="r.lead")
        + " || ' ', '') || coalesce("
        + PARTY_NAMES.format(link="action_parties", of="action")
        + ", '') || ' ' || coalesce(r.partner_text, '') || ' ' || coalesce(r.evidence, '') || ' ' ||"
        " coalesce(r.note, '')",
        "actions r LEFT JOIN parties lead ON lead.id = r.lead",
        name_stated_columns=_name_action_columns,
    ),
    "update": SearchDocument(
        1,
        "updates",
        "a.ref",
        "NULL",
        "r.text",
        "updates r JOIN actions a ON a.id = r.action",
        "NOT a.deleted",
        "a.title",
    ),
    "meeting": SearchDocument(
        2,
        "meetings",
        "r.ref",
        "r.title",
        "coalesce(r.title_cy, '') || ' ' || coalesce(r.venue, '') || ' ' ||"
        " coalesce(r.place, '') || ' ' || coalesce(r.occasion, '') || ' ' || coalesce("
        + PARTY_NAMES.format(link="invitations", of="meeting")
        + ", '') || ' ' || coalesce((SELECT group_concat(l.title || coalesce(' ' || l.title_cy, ''), ' ')"
        " FROM agenda_items l WHERE l.meeting = r.id AND NOT l.deleted), '') || ' ' || coalesce(r.note, '')",
        "meetings r",
        name_stated_columns=_name_meeting_columns,
    ),
    "minute": SearchDocument(
        3,
        "minute_lines",
        "m.ref",
        "NULL",
        "r.text || ' ' || coalesce(r.text_cy, '')",
        "minute_lines r JOIN meetings m ON m.id = r.meeting",
        "NOT m.deleted",
        "m.title",
    ),
    "decision": SearchDocument(
        4, "decisions", "r.ref", "r.text", "coalesce(r.text_cy, '') || ' ' || coalesce(r.reason, '')", "decisions r"
    ),
    "group": _build_party_document(5, "groups", "coalesce(r.purpose, '') || ' ' || " + NOTE_TEXT),
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
        9,
        "organisations",
        "coalesce(o.name, '')"
        " || CASE WHEN r.competent_authority THEN ', Competent Authority, Awdurdod Cymwys' ELSE '' END"
        " || CASE WHEN r.first_responder THEN ', First Responder, Ymatebwr Cyntaf' ELSE '' END || ' ' || " + NOTE_TEXT,
        "LEFT JOIN parties o ON o.id = r.parent",
    ),
    "objective": SearchDocument(10, "objectives", "r.ref", "r.title", "coalesce(r.title_cy, '')", "objectives r"),
    "practice": SearchDocument(
        11,
        "practices",
        "r.ref",
        "r.title",
        "coalesce(r.venue, '') || ' ' || coalesce(lead.name, '') || ' ' || coalesce("
        "(SELECT group_concat(coalesce(p.name, x.name) || ' ' || coalesce(l.evidence, ''), ' ')"
        " FROM adoptions l LEFT JOIN parties p ON p.id = l.organisation LEFT JOIN areas x ON x.id = l.area"
        " WHERE l.practice = r.id AND NOT l.deleted), '') || coalesce(' ' || r.title_cy, '')",
        "practices r LEFT JOIN parties lead ON lead.id = r.lead",
    ),
    "recommendation": SearchDocument(
        12,
        "recommendations",
        "r.ref",
        "r.title",
        "coalesce(r.response, '') || ' ' || coalesce(r.evidence, '') || ' ' || d.title"
        " || coalesce(' ' || r.title_cy, '')",
        "recommendations r JOIN documents d ON d.id = r.document",
        "NOT d.deleted",
    ),
    "document": SearchDocument(
        13,
        "documents",
        "r.ref",
        "r.title",
        "coalesce(r.reference, '') || ' ' || coalesce(r.note, '') || coalesce(' ' || r.title_cy, '')",
        "documents r",
    ),
    "figure": SearchDocument(
        14,
        "figures",
        "r.ref",
        "r.title",
        "CASE WHEN r.at_least THEN 'over ' ELSE '' END || format('%.15g ', r.value) || r.unit"
        " || CASE WHEN r.at_least THEN format(', dros %.15g', r.value) ELSE '' END"
        " || coalesce(' ' || r.caveat, '') || coalesce(' ' || r.title_cy, '')",
        "figures r",
    ),
    "data_set": SearchDocument(
        15,
        "data_sets",
        "r.ref",
        "r.title",
        "coalesce(r.frequency, '') || coalesce(' ' || r.title_cy, '')",
        "data_sets r",
    ),
    "paper": SearchDocument(
        16,
        "papers",
        "r.ref",
        "r.title",
        "coalesce(r.withheld_because, '') || coalesce(' ' || r.title_cy, '')",
        "papers r",
    ),
    "engagement": SearchDocument(17, "engagements", "r.ref", "r.subject", "coalesce(r.text, '')", "engagements r"),
    "interest": SearchDocument(
        29,
        "interests",
        "r.ref",
        "r.text",
        "p.name || coalesce(' ' || o.name, '') || coalesce(' ' || r.note, '')",
        "interests r JOIN parties p ON p.id = r.party LEFT JOIN parties o ON o.id = r.organisation",
    ),
    "promise": SearchDocument(
        30,
        "promises",
        "r.ref",
        "r.text",
        "coalesce(r.text_cy, '') || ' ' || coalesce(b.name, '') || ' ' || coalesce(t.name, '') || ' '"
        " || coalesce(r.outcome, '') || ' ' || coalesce(r.note, '')",
        "promises r LEFT JOIN parties b ON b.id = r.promised_by LEFT JOIN parties t ON t.id = r.promised_to",
    ),
    "web_page": SearchDocument(18, "web_pages", "r.ref", "r.subject", "coalesce(r.link, '')", "web_pages r"),
    "paragraph": SearchDocument(
        19,
        "paragraphs",
        "c.ref",
        "c.title || ', ' || q.number || '.' || r.number || coalesce(' ' || r.title, '')",
        "q.text || coalesce(' ' || q.text_cy, '') || coalesce(' ' || r.title_cy, '') || ' ' || coalesce(r.text, '')"
        " || coalesce(' ' || r.text_cy, '')",
        "paragraphs r JOIN commission_questions q ON q.id = r.question JOIN commissions c ON c.id = q.commission",
        "NOT q.deleted AND NOT c.deleted",
    ),
    "forward_item": SearchDocument(
        20,
        "forward_items",
        "g.ref",
        "r.title",
        "coalesce(r.title_cy, '') || ' ' || g.name || ' ' || coalesce(p.name, '') || ' ' || coalesce(r.note, '')",
        'forward_items r JOIN parties g ON g.id = r."group" LEFT JOIN parties p ON p.id = r.presenter',
        "NOT g.deleted",
    ),
    "amendment": SearchDocument(
        25,
        "amendments",
        "m.ref",
        "NULL",
        "r.was || ' ' || r.now || ' ' || coalesce(r.reason, '')",
        "amendments r JOIN meetings m ON m.id = r.meeting",
        "NOT m.deleted",
        "m.title",
    ),
    "session": SearchDocument(
        26,
        "sessions",
        "r.ref",
        "r.title",
        "coalesce(r.place, '') || ' ' || coalesce(x.name, '') || ' ' || coalesce(q.title, '') || ' ' || coalesce("
        "(SELECT group_concat(p.name, ' ') FROM session_numbers l JOIN parties p ON p.id = l.organisation"
        " WHERE l.session = r.id AND NOT l.deleted), '') || ' ' || coalesce(r.note, '')"
        " || coalesce(' ' || r.title_cy, '')",
        "sessions r LEFT JOIN areas x ON x.id = r.area LEFT JOIN practices q ON q.id = r.practice",
    ),
    "commission": SearchDocument(
        28,
        "commissions",
        "r.ref",
        "r.title",
        "coalesce(r.reference, '') || ' ' || coalesce(p.name, '') || ' ' || coalesce(r.note, '')"
        " || coalesce(' ' || r.title_cy, '')",
        "commissions r LEFT JOIN parties p ON p.id = r.asked_by",
    ),
    "milestone": SearchDocument(
        27,
        "milestones",
        "o.ref",
        "r.title",
        "r.ref || ' ' || o.title || ' ' || coalesce(r.note, '') || coalesce(' ' || r.title_cy, '')",
        "milestones r JOIN objectives o ON o.id = r.objective",
        "NOT o.deleted",
    ),
}

KIND_BY_CODE = {doc.code: kind for kind, doc in DOCUMENTS.items()}

FORMER_HOLDERS = """SELECT unhex(json_extract(value, CASE field WHEN 'person' THEN '$' ELSE '$.person' END)) AS person
 FROM change WHERE "table" = 'holdings' AND row_id IN {keys} AND field IN ('person', '_row') AND person IS NOT NULL"""
"""The people whom a holding named before: an heir takes over one without a person, and an undo takes it back."""

OWN_ENTRY = "SELECT id FROM {table} WHERE id IN {keys}"

STALE_ENTRIES: dict[str, list[tuple[str, str]]] = {
    doc.table: [(kind, OWN_ENTRY.replace("{table}", doc.table))] for kind, doc in DOCUMENTS.items()
}
"""By table, the kinds whose text a write to it changes, each with the query for their keys."""

for _table, _kind, _query in (
    ("actions", "update", "SELECT id FROM updates WHERE action IN {keys}"),
    ("action_parties", "action", "SELECT action FROM action_parties WHERE id IN {keys}"),
    ("invitations", "meeting", "SELECT meeting FROM invitations WHERE id IN {keys}"),
    ("agenda_items", "meeting", "SELECT meeting FROM agenda_items WHERE id IN {keys}"),
    ("session_numbers", "session", "SELECT session FROM session_numbers WHERE id IN {keys}"),
    ("parties", "session", "SELECT session FROM session_numbers WHERE organisation IN {keys}"),
    ("areas", "session", "SELECT id FROM sessions WHERE area IN {keys}"),
    ("practices", "session", "SELECT id FROM sessions WHERE practice IN {keys}"),
    ("adoptions", "practice", "SELECT practice FROM adoptions WHERE id IN {keys}"),
    ("areas", "practice", "SELECT practice FROM adoptions WHERE area IN {keys}"),
    *(
        ("areas", kind, f"SELECT id FROM parties WHERE area IN {{keys}} AND kind = '{kind}'")
        for kind in ("group", "person", "post", "organisation")
    ),
    ("holdings", "person", "SELECT person FROM holdings WHERE id IN {keys} AND person IS NOT NULL"),
    ("holdings", "person", FORMER_HOLDERS),
    ("holdings", "post", "SELECT post FROM holdings WHERE id IN {keys}"),
    ("parties", "person", "SELECT person FROM holdings WHERE post IN {keys} AND person IS NOT NULL"),
    ("parties", "post", "SELECT post FROM holdings WHERE person IN {keys}"),
    ("objectives", "milestone", "SELECT id FROM milestones WHERE objective IN {keys}"),
    ("documents", "recommendation", "SELECT id FROM recommendations WHERE document IN {keys}"),
    ("meetings", "minute", "SELECT id FROM minute_lines WHERE meeting IN {keys}"),
    ("meetings", "amendment", "SELECT id FROM amendments WHERE meeting IN {keys}"),
    *(
        (parts, kind, f"SELECT r.id FROM {kind_table} r JOIN {parts} l ON l.party = r.id WHERE l.id IN {{keys}}")
        for parts in ("aliases", "contact_points")
        for kind, kind_table in (
            ("group", "groups"),
            ("person", "people"),
            ("post", "posts"),
            ("organisation", "organisations"),
        )
    ),
    ("aliases", "action", "SELECT id FROM actions WHERE lead IN (SELECT party FROM aliases WHERE id IN {keys})"),
    ("commission_questions", "paragraph", "SELECT id FROM paragraphs WHERE question IN {keys}"),
    (
        "commissions",
        "paragraph",
        "SELECT r.id FROM paragraphs r JOIN commission_questions q ON q.id = r.question WHERE q.commission IN {keys}",
    ),
    ("parties", "interest", "SELECT id FROM interests WHERE party IN {keys}"),
    ("parties", "interest", "SELECT id FROM interests WHERE organisation IN {keys}"),
    ("parties", "promise", "SELECT id FROM promises WHERE promised_by IN {keys} OR promised_to IN {keys}"),
    ("parties", "commission", "SELECT id FROM commissions WHERE asked_by IN {keys}"),
    ("parties", "action", "SELECT id FROM actions WHERE lead IN {keys}"),
    ("parties", "action", "SELECT action FROM action_parties WHERE party IN {keys}"),
    ("parties", "meeting", "SELECT meeting FROM invitations WHERE party IN {keys}"),
    ("parties", "seat", "SELECT id FROM seats WHERE party IN {keys}"),
    ("parties", "seat", 'SELECT id FROM seats WHERE "group" IN {keys}'),
    ("parties", "practice", "SELECT id FROM practices WHERE lead IN {keys}"),
    ("parties", "practice", "SELECT practice FROM adoptions WHERE organisation IN {keys}"),
    ("parties", "person", "SELECT id FROM people WHERE id IN {keys} OR organisation IN {keys}"),
    ("parties", "post", "SELECT id FROM posts WHERE id IN {keys} OR organisation IN {keys}"),
    ("parties", "organisation", "SELECT id FROM organisations WHERE id IN {keys} OR parent IN {keys}"),
    ("parties", "group", "SELECT id FROM groups WHERE id IN {keys}"),
    ("parties", "forward_item", 'SELECT id FROM forward_items WHERE presenter IN {keys} OR "group" IN {keys}'),
):
    STALE_ENTRIES.setdefault(_table, []).append((_kind, _query))
