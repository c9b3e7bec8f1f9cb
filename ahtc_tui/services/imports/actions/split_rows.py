"""Rows that were split in two or joined into one on the way: put together where that is sure, else asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.returns.readers import ref_key, refs_among
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.imports.file_plan import question_id

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.current_records import Facts
    from ahtc_tui.services.imports.actions.model import Matched
    from ahtc_tui.services.imports.actions.plan import ActionsPlan
    from ahtc_tui.services.imports.actions.rows import RowIn


def put_together(facts: Facts, matched: Matched) -> None:
    """A row whose words are the end of those of the action above goes to it."""
    matched.rest = [row for row in matched.rest if not _is_the_end(facts, row)]


def _is_the_end(facts: Facts, row: RowIn) -> bool:
    above = row.above
    if above is None or above.key is None or not above.text("title"):
        return False
    whole = f"{above.text('title')} {row.text('title')}"
    if above.key not in facts.titles.get(folded(whole), ()):
        return False
    first, *more = above.cells["title"]
    above.cells["title"] = [replace(first, value=whole), *more]
    above.below += [cell for name in ("update", "comment") for cell in row.cells.get(name, ()) if cell.value]
    above.below += row.below
    return True


def may_go_on(row: RowIn) -> bool:
    """The words of a row that has nothing else begin as the rest of a sentence does."""
    title = row.text("title")
    return row.above is not None and bool(title) and not title[0].isupper() and not title[0].isdigit()


def among(file: ActionsPlan, facts: Facts, row: RowIn) -> tuple[bool, bytes | None]:
    """Whether the reference of a row holds several of ours, or one among other words; and which action it is about.

    One whose words are those of the row is sure. Several are asked about, and nothing of the row is taken.
    """
    cell = row.cell("ref")
    named = refs_among(cell.value, facts.refs) if cell else []
    keys = [key for name in named if (key := facts.refs[name])]
    title = row.text("title")
    if len(keys) < 2:
        sure = bool(keys) and (not title or keys[0] in facts.titles.get(folded(title), ()))
        return sure, keys[0] if sure else None
    facts.load(keys)
    refs = ", ".join(facts.ours[key].ref for key in keys)
    reason = _("the row is about several actions: {refs}; nothing of it is taken").format(refs=refs)
    theirs = "; ".join(text for name in ("update", "status", "due") if (text := row.text(name))) or title
    name = question_id(file.path.name, "reference", refs, folded(title))
    first = facts.ours[keys[0]]
    asked = Question(name, first.ref, "reference", None, first.title, theirs, reason, row.place("ref"))
    answer = file.answer(asked, takes=False)
    return True, facts.refs.get(ref_key(answer) or "") if answer not in ("", "ours") else None
