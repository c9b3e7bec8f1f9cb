"""Which action a row is about: by its hidden key, by its reference as typed, by its words. Words alone are asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.imports.sheets import Cell
from ahtc_tui.domain.returns.readers import is_placeholder, ref_key, refs_among
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.imports.actions.current_records import Facts
from ahtc_tui.services.imports.actions.model import Matched
from ahtc_tui.services.imports.actions.new_actions import NewRows, similar_in
from ahtc_tui.services.imports.actions.plan import ActionsPlan, Plan
from ahtc_tui.services.imports.actions.row_warnings import say_oddities
from ahtc_tui.services.imports.actions.rows import RowIn
from ahtc_tui.services.imports.actions.split_rows import among, may_go_on
from ahtc_tui.services.imports.file_plan import question_id

_NEW = frozenset(("new", "new action", "newydd", "cam newydd", "cam gweithredu newydd"))
"""What people write where a reference is still to be given."""
MOST_COMPARED = 20_000_000
"""Pairs of titles above which only equal ones are found: minutes, not seconds."""


def by_key_or_reference(facts: Facts, rows: Sequence[RowIn]) -> Matched:
    """Give each row the action that its hidden key or its reference names; `rest` are those without."""
    found = Matched()
    standing = {key for key in facts.refs.values() if key}
    sent: dict[bytes, list[Cell]] = {}
    left_behind: list[RowIn] = []
    for row in rows:
        hidden, cell = _hidden_key(row), row.cell("ref")
        typed = facts.refs.get(ref_key(cell.value) or "") if cell else None
        row.key = _of_two(facts, row, hidden if hidden in standing else None, typed)
        (found.known if row.key else found.rest).append(row)
        if hidden:
            sent[hidden] = row.cells.get("row_sent", [])
            left_behind += [row] if row.key != hidden else []
    for row in left_behind:
        row.cells["row_sent"] = sent.get(row.key or b"", [])
    return found


def _of_two(facts: Facts, row: RowIn, hidden: bytes | None, typed: bytes | None) -> bytes | None:
    """The action of a row by its hidden key and its reference; where they differ, its words say which.

    They differ where somebody sorted only what they saw: the hidden cells stay behind. Without such words it is asked.
    """
    title = row.text("title")
    if hidden is None or hidden == typed or not (typed or title):
        return hidden or typed
    by_title = facts.titles.get(folded(title), [])
    if typed is None:
        moved = len(by_title) == 1 and by_title[0] != hidden
        row.by_words = moved
        return by_title[0] if moved else hidden
    if hidden not in by_title and typed in by_title:
        return typed
    row.other = None if hidden in by_title else typed
    return hidden


def _hidden_key(row: RowIn) -> bytes | None:
    try:
        return bytes.fromhex(row.text("row_id")) or None
    except ValueError:
        return None


def by_words(plan: Plan, file: ActionsPlan, facts: Facts, matched: Matched, step: Callable[[], None]) -> NewRows:
    """Match the rest by words, or plan them as new; whatever is not certain is asked."""
    new = NewRows(plan, file, facts)
    compared = len(matched.rest) * len(facts.titles) if matched.rest else 0
    similar = similar_in(facts.titles) if 0 < compared <= MOST_COMPARED else (lambda _title: None)
    seen: set[str] = set()
    ours = any(row.key for row in matched.known)
    for row in matched.rest:
        step()
        title, ref = row.text("title"), _reference(row)
        if not title and not refs_among(ref, facts.refs):
            file.warn(row.at, _('no action here has the reference "{ref}", and the row has no words').format(ref=ref))
            continue
        same = facts.titles.get(folded(title), [])
        typed = ref_key(ref) or ""
        counted = typed.isdigit()
        if len(same) == 1 and (not typed or counted):
            row.key, row.by_words = same[0], not _is_number_of(facts, typed, same[0])
            matched.known.append(row)
            continue
        is_told, row.key = among(file, facts, row) if typed else (False, None)
        if is_told:
            matched.known += [row] if row.key else []
            continue
        best = (same[0], 100.0) if same else similar(title)
        mark = folded(title) if not typed or (counted and facts.refs) else typed
        reason = _reason(facts, typed, best, known_file=ours, twice=mark in seen)
        if not reason and may_go_on(row):
            reason = _("it may be the rest of the row above")
        seen.add(mark)
        is_new, row.key = _asked(file, facts, row, best, reason) if reason else (True, None)
        if row.key:
            matched.known.append(row)
        elif is_new:
            say_oddities(file, row, None)
            new.add(row, ref if typed and not (counted and facts.refs) else None)
            row.let_go()
    return new


def _is_number_of(facts: Facts, typed: str, key: bytes) -> bool:
    """The number is that of the reference: with the same words beside it there is no doubt ("Action 42")."""
    return bool(typed) and facts.typed.get(key, "").split()[-1:] == [typed]


def drop_mistaken(file: ActionsPlan, facts: Facts, rows: list[RowIn]) -> list[RowIn]:
    """The rows without those that name two actions, by hidden key, reference and words: these are asked."""
    kept = []
    for row in rows:
        other = row.other or _named_by_words(facts, row)
        key = _asked_which(file, facts, row, other) if other else row.key
        if key:
            facts.load([key])
            row.key = key
            kept.append(row)
    return kept


def _named_by_words(facts: Facts, row: RowIn) -> bytes | None:
    """Another action whose title stands in the row, where that of its own is another."""
    words = folded(row.text("title"))
    others = [key for key in facts.titles.get(words, ()) if key != row.key] if words else []
    own = folded(facts.ours[row.key or b""].title)
    return others[0] if others and words != own else None


def _asked_which(file: ActionsPlan, facts: Facts, row: RowIn, other: bytes) -> bytes | None:
    """The action that a person says a row is about; None while nobody does."""
    facts.load([other])
    ours, theirs = facts.ours[row.key or b""], facts.ours[other].ref
    reason = _("the reference is that of {ref}, the words are those of {other}: nothing of the row is taken")
    if row.other:
        reason = _("its hidden key is that of {ref}, its reference that of {other}: nothing of the row is taken")
    title = " ".join(row.text("title").split())
    name = question_id(file.path.name, "reference", ours.ref, folded(row.text("title")))
    said = reason.format(ref=ours.ref, other=theirs)
    asked = Question(name, ours.ref, "reference", None, ours.title, title, said, row.place("ref"), proposed=theirs)
    answer = file.answer(asked, takes=False)
    return facts.refs.get(ref_key(answer) or "") if answer not in ("", "ours") else None


def _reference(row: RowIn) -> str | None:
    """The reference as it was written, if it is one; a bare number in a column of numbers is one as well."""
    said = " ".join(row.text("ref").split())
    return None if is_placeholder(said) or folded(said) in _NEW else said


def _reason(facts: Facts, typed: str, best: tuple[bytes, float] | None, *, known_file: bool, twice: bool) -> str:
    """Why a new row must be asked about; empty where it is plainly new."""
    if twice:
        return _("it stands twice in the file")
    if typed and typed in facts.refs:
        return _("two actions here answer to this reference")
    if best:
        facts.load([best[0]])
        sentence = _("its words are like those of {ref} ({n} of 100)")
        return sentence.format(ref=facts.ours[best[0]].ref, n=int(best[1]))
    if typed and not typed.isdigit() and known_file:
        return _("no action here has this reference, and those of the other rows are known")
    if among := refs_among(typed, facts.refs):
        return _("the reference holds one of ours: {ref}").format(ref="-".join(among[0].split()))
    return ""


def _asked(
    file: ActionsPlan, facts: Facts, row: RowIn, best: tuple[bytes, float] | None, reason: str
) -> tuple[bool, bytes | None]:
    """Ask whether a row is new: whether a person says so, and which action it is if they name one."""
    title = " ".join(row.text("title").split())
    like = facts.ours[best[0]].title if best and best[0] in facts.ours else None
    name = question_id(file.path.name, "new_action", _reference(row), folded(title))
    question = Question(name, _reference(row), "new_action", None, like, title, reason, row.place("title"))
    said = file.answer(question, takes=True)
    if said in ("", "ours", "theirs"):
        return said == "theirs", None
    return False, facts.refs.get(ref_key(said) or "")
