"""Claims of all files against what is here: same, changed there, kept, or a question. Two that disagree are asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.three_way_merge import UNKNOWN, Unknown, Verdict, weigh
from ahtc_tui.domain.returns.model import Sent
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.imports.actions.claim import Claim
from ahtc_tui.services.imports.actions.current_records import Facts, base_of
from ahtc_tui.services.imports.actions.plan import ActionsPlan, Plan, ask, take
from ahtc_tui.services.imports.actions.rows import RowIn

CLEAR = ("status", "brag")
"""Fields whose words are taken over what is here even where nobody knows what was sent, if nobody changed them here."""


@dataclass(slots=True)
class Told:
    """A row of a known action with all that it claims."""

    file: ActionsPlan
    row: RowIn
    key: bytes
    base: Sent | None
    claims: list[Claim]


Rivals = dict[tuple[bytes, str], dict[str | None, list[tuple[Told, Claim]]]]
"""Action and field to what several rows say of it, by value."""


def weigh_row(plan: Plan, facts: Facts, told: Told, rivals: Rivals) -> None:
    """Decide every claim of a row."""
    file = told.file
    before = len(file.changed) + len(file.questions)
    for claim in told.claims:
        _decide(plan, facts, told, claim, _against(rivals.get((told.key, claim.target), {}), told, claim))
    file.unchanged += len(file.changed) + len(file.questions) == before


def rivals_of(told: Iterable[Told]) -> Rivals:
    """What rows that share an action say of it; a row that only repeats what was sent says nothing."""
    found: Rivals = {}
    for each in told:
        for claim in each.claims:
            value = claim.writes.get(claim.target, claim.theirs)
            base = base_of(each.base, claim.target)
            if claim.target in ("update", "title") or (base is not UNKNOWN and value == base):
                continue
            found.setdefault((each.key, claim.target), {}).setdefault(value, []).append((each, claim))
    return found


def _against(values: dict[str | None, list[tuple[Told, Claim]]], told: Told, claim: Claim) -> list[tuple[Told, Claim]]:
    """The claims of other rows that say something else."""
    mine = claim.writes.get(claim.target, claim.theirs)
    if mine not in values:
        return []
    return [
        (other, said)
        for value, claims in values.items()
        for other, said in claims
        if value != mine and other is not told
    ]


def _decide(plan: Plan, facts: Facts, told: Told, claim: Claim, against: list[tuple[Told, Claim]]) -> None:
    ours, target = facts.now[told.key], claim.target
    if target == "update":
        _decide_update(plan, facts, told, claim)
        return
    base = base_of(told.base, target)
    if against:
        _ask(plan, facts, told, claim, base, _disagree(told, claim, against))
        return
    if claim.writes and not claim.partly and all(ours.get(name) == value for name, value in claim.writes.items()):
        return
    theirs = claim.writes.get(target)
    reason = claim.reason or (_("the action was found by its words alone") if told.row.by_words else "")
    if not reason:
        _decide_clear(plan, facts, told, claim, weigh(base, ours.get(target), theirs))
    elif claim.writes and theirs == base:
        told.file.kept += 1
    else:
        _ask(plan, facts, told, claim, base, reason)


def _decide_clear(plan: Plan, facts: Facts, told: Told, claim: Claim, verdict: Verdict) -> None:
    """What is neither a guess nor contradicted by another file."""
    match verdict:
        case Verdict.CHANGE:
            take(plan, told.file, facts, told.key, claim.at, claim.writes, claim.field)
        case Verdict.KEPT:
            told.file.kept += 1
        case Verdict.CLASH:
            _ask(plan, facts, told, claim, base_of(told.base, claim.target), _("changed here and there"))
        case Verdict.UNSURE:
            _decide_unsure(plan, facts, told, claim)
        case Verdict.SAME:
            pass


def _decide_unsure(plan: Plan, facts: Facts, told: Told, claim: Claim) -> None:
    """Nobody knows what was sent: an empty field is filled, a clear state is taken; all else is asked."""
    target = claim.target
    touched = (told.key, target) in facts.touched
    empty = facts.now[told.key].get(target) is None
    if not touched and (empty or target in CLEAR):
        take(plan, told.file, facts, told.key, claim.at, claim.writes, claim.field)
    elif touched:
        _ask(plan, facts, told, claim, UNKNOWN, _("it was changed here, and nobody knows what was sent"))
    else:
        reason = _("it would replace what stands here, and nobody knows what was sent")
        _ask(plan, facts, told, claim, UNKNOWN, reason)


def _decide_update(plan: Plan, facts: Facts, told: Told, claim: Claim) -> None:
    """An update is only ever added, and never twice."""
    text = claim.theirs or ""
    there = facts.updates.setdefault(told.key, set())
    if folded(text) in there:
        return
    reason = claim.reason or (_("the action was found by its words alone") if told.row.by_words else "")
    if reason:
        writes, _called = ask(told.file, facts, told.key, claim, None, reason)
    else:
        writes = claim.writes
    if writes:
        there.add(folded(text))
    take(plan, told.file, facts, told.key, claim.at, writes, "progress")


def _ask(plan: Plan, facts: Facts, told: Told, claim: Claim, base: str | Unknown | None, reason: str) -> None:
    sent = None if isinstance(base, Unknown) else base
    writes, called = ask(told.file, facts, told.key, claim, sent, reason)
    take(plan, told.file, facts, told.key, claim.at, writes, called)


def _disagree(told: Told, claim: Claim, against: list[tuple[Told, Claim]]) -> str:
    """The sentence that names whoever says something else, and where."""
    others = ", ".join(f'{other.file.path.name} {said.at} "{said.theirs}"' for other, said in against[:4])
    sentence = _('two returns disagree: {file} {cell} "{value}", {others}')
    said = sentence.format(file=told.file.path.name, cell=claim.at, value=claim.theirs, others=others)
    return f"{claim.reason}; {said}" if claim.reason else said
