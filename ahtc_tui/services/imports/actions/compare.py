"""Claims of all files against what is here: same, changed there, kept, or a question. Two that disagree are asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.three_way_merge import UNKNOWN_BASE, UnknownBase, Verdict, compare_values
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.model import SentValues
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.claim import Claim
from ahtc_tui.services.imports.actions.current_records import CurrentRecords, find_base_value
from ahtc_tui.services.imports.actions.plan import ActionFilePlan, ImportPlan, apply_values, ask_about_claim
from ahtc_tui.services.imports.actions.rows import LogRow

STATE_FIELDS = ("status", "brag")
"""Fields whose words are taken over what is here even where nobody knows what was sent, if nobody changed them here."""


@dataclass(slots=True)
class ComparedRow:
    """A row of a known action with all that it claims."""

    file: ActionFilePlan
    row: LogRow
    key: RowKey
    base: SentValues | None
    claims: list[Claim]


RivalClaims = dict[tuple[RowKey, str], dict[str | None, list[tuple[ComparedRow, Claim]]]]
"""Action and field to what several rows say of it, by value."""


def compare_row(plan: ImportPlan, records: CurrentRecords, compared: ComparedRow, rival_claims: RivalClaims) -> None:
    """Decide every claim of a row."""
    file = compared.file
    count_before = len(file.changed) + len(file.questions)
    for claim in compared.claims:
        _decide_claim(
            plan,
            records,
            compared,
            claim,
            _find_rivals(rival_claims.get((compared.key, claim.target), {}), compared, claim),
        )
    file.unchanged += len(file.changed) + len(file.questions) == count_before


def collect_rival_claims(compared_rows: Iterable[ComparedRow]) -> RivalClaims:
    """What rows that share an action say of it; a row that only repeats what was sent says nothing."""
    rival_claims: RivalClaims = {}
    for compared in compared_rows:
        for claim in compared.claims:
            value = claim.values.get(claim.target, claim.theirs)
            base = find_base_value(compared.base, claim.target)
            if claim.target in ("update", "title") or (base is not UNKNOWN_BASE and value == base):
                continue
            rival_claims.setdefault((compared.key, claim.target), {}).setdefault(value, []).append((compared, claim))
    return rival_claims


def _find_rivals(
    claims_by_value: dict[str | None, list[tuple[ComparedRow, Claim]]], compared: ComparedRow, claim: Claim
) -> list[tuple[ComparedRow, Claim]]:
    """The claims of other rows that say something else."""
    own_value = claim.values.get(claim.target, claim.theirs)
    if own_value not in claims_by_value:
        return []
    return [
        (rival, rival_claim)
        for value, claims in claims_by_value.items()
        for rival, rival_claim in claims
        if value != own_value and rival is not compared
    ]


def _decide_claim(
    plan: ImportPlan,
    records: CurrentRecords,
    compared: ComparedRow,
    claim: Claim,
    rivals: list[tuple[ComparedRow, Claim]],
) -> None:
    ours, target = records.current_values[compared.key], claim.target
    if target == "update":
        _decide_update(plan, records, compared, claim)
        return
    base = find_base_value(compared.base, target)
    if rivals:
        _ask_about_claim(plan, records, compared, claim, base, _format_disagreement(compared, claim, rivals))
        return
    if claim.values and not claim.is_partial and all(ours.get(name) == value for name, value in claim.values.items()):
        return
    theirs = claim.values.get(target)
    reason = claim.reason or (_("the action was found by its words alone") if compared.row.matched_by_title else "")
    if not reason:
        _decide_clear_claim(plan, records, compared, claim, compare_values(base, ours.get(target), theirs))
    elif claim.values and theirs == base:
        compared.file.kept += 1
    else:
        _ask_about_claim(plan, records, compared, claim, base, reason)


def _decide_clear_claim(
    plan: ImportPlan, records: CurrentRecords, compared: ComparedRow, claim: Claim, verdict: Verdict
) -> None:
    """What is neither a guess nor contradicted by another file."""
    match verdict:
        case Verdict.CHANGE:
            apply_values(plan, compared.file, records, compared.key, claim.address, claim.values, claim.field)
        case Verdict.KEPT:
            compared.file.kept += 1
        case Verdict.CONFLICT:
            _ask_about_claim(
                plan,
                records,
                compared,
                claim,
                find_base_value(compared.base, claim.target),
                _("changed here and there"),
            )
        case Verdict.UNSURE:
            _decide_without_base(plan, records, compared, claim)
        case Verdict.SAME:
            pass


def _decide_without_base(plan: ImportPlan, records: CurrentRecords, compared: ComparedRow, claim: Claim) -> None:
    """Nobody knows what was sent: an empty field is filled, a clear state is taken; all else is asked."""
    target = claim.target
    is_edited = (compared.key, target) in records.edited_fields
    is_empty = records.current_values[compared.key].get(target) is None
    if not is_edited and (is_empty or target in STATE_FIELDS):
        apply_values(plan, compared.file, records, compared.key, claim.address, claim.values, claim.field)
    elif is_edited:
        _ask_about_claim(
            plan, records, compared, claim, UNKNOWN_BASE, _("it was changed here, and nobody knows what was sent")
        )
    else:
        reason = _("it would replace what stands here, and nobody knows what was sent")
        _ask_about_claim(plan, records, compared, claim, UNKNOWN_BASE, reason)


def _decide_update(plan: ImportPlan, records: CurrentRecords, compared: ComparedRow, claim: Claim) -> None:
    """An update is only ever added, and never twice."""
    text = claim.theirs or ""
    known_updates = records.updates.setdefault(compared.key, set())
    if normalize_text(text) in known_updates:
        return
    reason = claim.reason or (_("the action was found by its words alone") if compared.row.matched_by_title else "")
    if reason:
        values, _field = ask_about_claim(compared.file, records, compared.key, claim, None, reason)
    else:
        values = claim.values
    if values:
        known_updates.add(normalize_text(text))
    apply_values(plan, compared.file, records, compared.key, claim.address, values, "progress")


def _ask_about_claim(
    plan: ImportPlan,
    records: CurrentRecords,
    compared: ComparedRow,
    claim: Claim,
    base: str | UnknownBase | None,
    reason: str,
) -> None:
    sent = None if isinstance(base, UnknownBase) else base
    values, field = ask_about_claim(compared.file, records, compared.key, claim, sent, reason)
    apply_values(plan, compared.file, records, compared.key, claim.address, values, field)


def _format_disagreement(compared: ComparedRow, claim: Claim, rivals: list[tuple[ComparedRow, Claim]]) -> str:
    """The sentence that names whoever says something else, and where."""
    rival_texts = ", ".join(
        f'{rival.file.path.name} {rival_claim.address} "{rival_claim.theirs}"' for rival, rival_claim in rivals[:4]
    )
    sentence = _('two returns disagree: {file} {cell} "{value}", {others}')
    text = sentence.format(file=compared.file.path.name, cell=claim.address, value=claim.theirs, others=rival_texts)
    return f"{claim.reason}; {text}" if claim.reason else text
