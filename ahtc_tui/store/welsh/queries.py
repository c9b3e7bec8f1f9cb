"""Reads the English texts that leave the office in two languages, with their Welsh."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.welsh.model import UNREVIEWED, TranslatedText
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.sql_fragments import MEETING_TITLE_CY, PARAGRAPH_TITLE_CY

IN_USE = """m.state <> 'cancelled' AND (m.day IS NULL OR m.day >= :today OR NOT EXISTS (SELECT 1 FROM issues s
 WHERE s.meeting = m.id AND s.cut = 'published' AND NOT s.deleted))"""
"""Whether a meeting is to come, or its minutes are not published yet."""

LINE_NUMBER = """'line.' || coalesce(i.position, (SELECT coalesce(max(x.position), 0) + 1 FROM agenda_items x
 WHERE x.meeting = r.meeting AND NOT x.deleted)) || '.' || row_number() OVER (PARTITION BY r.meeting, r.item
 ORDER BY r.position, r.n)"""
"""Number of a line as the minutes print it; lines without an item follow the last item."""

PAPER = """paragraphs r JOIN commission_questions q ON q.id = r.question JOIN commissions c ON c.id = q.commission
 WHERE NOT r.deleted AND NOT q.deleted AND NOT c.deleted"""
"""The paragraphs of commissioned papers; a paper that was sent is not in use."""

OF_GROUP = """JOIN groups g ON g.id = r."group" JOIN named_parties p ON p.id = g.id
 WHERE NOT r.deleted AND NOT p.deleted"""
"""The group of an item of a template or of a forward plan, numbered as `template` and `forward` print it."""

SAME_ACTION = "FROM actions a WHERE a.line = r.id AND a.title = r.text AND NOT a.deleted"
"""The action that repeats a line."""

PARTS = (
    """SELECT 0 AS part, ref, 'title' AS field, title AS en, title_cy AS cy, is_open AS is_open, 'actions' AS "table",
 'title_cy' AS "column", id AS key, marking, ref_key AS sort, source_notes AS notes FROM actions WHERE NOT deleted""",
    """SELECT 0, ref, 'detail', detail, detail_cy, is_open, 'actions', 'detail_cy', id, marking, ref_key,
 source_notes FROM actions WHERE detail <> '' AND NOT deleted""",
    f"""SELECT 1, m.ref, 'item.' || r.position, r.title, r.title_cy, {IN_USE},
 'agenda_items', 'title_cy', r.id, m.marking, coalesce(m.day, '9999') || m.ref || printf('%04d', r.position),
 r.source_notes FROM agenda_items r JOIN meetings m ON m.id = r.meeting WHERE NOT r.deleted AND NOT m.deleted""",
    f"""SELECT 2, m.ref, {LINE_NUMBER}, r.text, coalesce(r.text_cy, (SELECT a.title_cy {SAME_ACTION})),
 ({IN_USE}) OR EXISTS (SELECT 1 {SAME_ACTION} AND a.is_open), 'minute_lines', 'text_cy', r.id, m.marking,
 coalesce(m.day, '9999') || m.ref || printf('%04d%04d', coalesce(i.position, 9999), r.position), r.source_notes
 FROM minute_lines r JOIN meetings m ON m.id = r.meeting LEFT JOIN agenda_items i ON i.id = r.item
 WHERE NOT r.deleted AND NOT m.deleted""",
    """SELECT 3, ref, 'text', text, text_cy, superseded_by IS NULL, 'decisions', 'text_cy', id, 'official', ref,
 source_notes FROM decisions WHERE line IS NULL AND NOT deleted""",
    """SELECT 4, p.ref, 'name', p.name, p.name_cy, g.state <> 'closed', 'parties', 'name_cy', p.id, 'official', p.ref,
 p.source_notes FROM named_parties p JOIN groups g ON g.id = p.id WHERE NOT p.deleted""",
    """SELECT 5, ref, 'name', name, name_cy, 1, 'parties', 'name_cy', id, 'official', ref, source_notes
 FROM named_parties WHERE kind = 'post' AND NOT deleted""",
    """SELECT 6, ref, 'title', title, title_cy, 1, 'objectives', 'title_cy', id, 'official', printf('%04d', number),
 source_notes FROM objectives WHERE NOT deleted""",
    """SELECT 7, ref, 'text', text, text_cy, 1, 'aims', 'text_cy', id, 'official', ref, source_notes
 FROM aims WHERE NOT deleted""",
    """SELECT 8, ref, 'title', title, title_cy, 1, 'practices', 'title_cy', id, 'official', ref, source_notes
 FROM practices WHERE NOT deleted""",
    """SELECT 9, ref, 'title', title, title_cy, sent_on IS NULL, 'commissions', 'title_cy', id, marking, ref,
 source_notes FROM commissions WHERE NOT deleted""",
    """SELECT 10, c.ref, 'question.' || q.number, q.text, q.text_cy, c.sent_on IS NULL, 'commission_questions',
 'text_cy', q.id, c.marking, c.ref || printf('%04d', q.number), q.source_notes
 FROM commission_questions q JOIN commissions c ON c.id = q.commission WHERE NOT q.deleted AND NOT c.deleted""",
    f"""SELECT 11, c.ref, 'heading.' || q.number || '.' || r.number, r.title, {PARAGRAPH_TITLE_CY.format("r")},
 c.sent_on IS NULL, 'paragraphs', 'title_cy', r.id, c.marking, c.ref || printf('%04d%04d', q.number, r.number),
 r.source_notes
 FROM {PAPER} AND r.title <> ''""",
    f"""SELECT 11, c.ref, 'paragraph.' || q.number || '.' || r.number, r.text, r.text_cy, c.sent_on IS NULL,
 'paragraphs', 'text_cy', r.id, c.marking, c.ref || printf('%04d%04d', q.number, r.number),
 r.source_notes
 FROM {PAPER} AND r.text <> ''""",
    f"""SELECT 12, m.ref, 'title', m.title, {MEETING_TITLE_CY.format("m")}, {IN_USE}, 'meetings', 'title_cy', m.id,
 m.marking, coalesce(m.day, '9999') || m.ref, m.source_notes FROM meetings m WHERE NOT m.deleted""",
    f"""SELECT 13, r.ref, 'title', r.title, r.title_cy, {IN_USE}, 'papers', 'title_cy', r.id,
 CASE WHEN m.marking = 'official' AND r.marking IS NOT NULL THEN 'official-sensitive' ELSE m.marking END, r.ref,
 r.source_notes
 FROM papers r JOIN meetings m ON m.id = r.meeting WHERE NOT r.deleted AND NOT m.deleted""",
    """SELECT 14, ref, 'title', title, title_cy, met_on IS NULL, 'milestones', 'title_cy', id, 'official', ref,
 source_notes FROM milestones WHERE NOT deleted""",
    """SELECT 15, ref, 'plan', title, title_cy, n = (SELECT max(n) FROM plans WHERE NOT deleted), 'plans',
 'title_cy', id, 'official', ref, source_notes FROM plans WHERE NOT deleted""",
    *(
        f"""SELECT {16 + number}, ref, 'title', title, title_cy, 1, '{table}', 'title_cy', id, 'official', ref,
 source_notes FROM {table} WHERE NOT deleted"""
        for number, table in enumerate(("recommendations", "documents", "data_sets", "figures", "sessions"))
    ),
    f"""SELECT 21, p.ref, 'template.' || row_number() OVER (PARTITION BY r."group" ORDER BY r.closing, r.position, r.n),
 r.title, r.title_cy, g.state <> 'closed', 'template_items', 'title_cy', r.id, 'official',
 p.ref || printf('%d%04d', r.closing, r.position), r.source_notes FROM template_items r {OF_GROUP}""",
    f"""SELECT 22, p.ref, 'forward.' || row_number() OVER (PARTITION BY r."group"
 ORDER BY r.for_on IS NULL, substr(r.for_on, 1, 10), r.n), r.title, r.title_cy, g.state <> 'closed', 'forward_items',
 'title_cy', r.id, 'official', p.ref || coalesce(r.for_on, '9999'), r.source_notes FROM forward_items r
 LEFT JOIN agenda_items i ON i.id = r.taken {OF_GROUP} AND (r.taken IS NULL OR i.deleted)""",
    """SELECT 23, ref, 'name', name, name_cy, 0, 'parties', 'name_cy', id, 'official', ref, source_notes
 FROM named_parties WHERE kind = 'organisation' AND NOT deleted""",
)
"""Texts by kind of record, in the order of the queue. The names of organisations are in the register of their owners
already, so they count as not in use.
"""

MINUTED = """t."table" = 'actions' AND t.field = 'title' AND EXISTS (SELECT 1 FROM actions a JOIN minute_lines l
 ON l.id = a.line WHERE a.id = t.key AND l.text = a.title AND NOT l.deleted)"""
"""Whether a title is that of a line of minutes, whose Welsh serves both."""

ORDER = 'ORDER BY t.is_open DESC, t.part, t.sort, t.ref, t."column" DESC'


def read_texts(cursor: Cursor, today: date) -> list[TranslatedText]:
    """Return all texts, those of records in use first. An action that repeats a line of minutes has the line alone."""
    query = f"""SELECT t.ref, t.field, t.en, nullif(t.cy, '') AS cy, t.is_open, t."table", t."column", t.key,
 t.marking, coalesce(t.notes ->> t."column" = :unreviewed, 0) AS is_unreviewed
 FROM ({" UNION ALL ".join(PARTS)}) t WHERE NOT ({MINUTED}) {ORDER}"""
    return select_rows(cursor, TranslatedText, query, {"today": today.isoformat(), "unreviewed": UNREVIEWED})
