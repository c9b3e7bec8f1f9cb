"""Whom a row names as lead and supporters. Who is second in a cell, or only alike, is a guess and said to be one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.model import SentValues
from ahtc_tui.services.imports.actions.claim import NEW_PREFIX, Claim, join_names
from ahtc_tui.services.imports.actions.party_names import Certainty, PartyMatch

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.current_records import CurrentRecords
    from ahtc_tui.services.imports.actions.rows import LogRow


def read_lead_claims(
    row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None
) -> Iterator[Claim]:
    """What the cell of the lead says."""
    text, address = row.text_of("lead"), row.address_of("lead")
    if not text:
        return
    for ref in (ours["lead"], (base or {}).get("lead")):
        if records.party_names.is_name_of(text, ref):
            yield Claim("lead", address, records.party_names.find_name(ref), {"lead": ref})
            return
    owners = records.party_names.split_owners(text)
    if not owners.names:
        if owners.placeholder:
            yield Claim("lead_text", address, text, {}, _('"{word}" holds a place: it names nobody').format(word=text))
        return
    matches = [records.party_names.find_party(name) for name in owners.names]
    if len(matches) > 1:
        yield _build_leads_claim(owners.names, matches, address, records, ours)
        return
    values, reason, proposed = resolve_lead(owners.names[0], matches[0])
    display_name = matches[0].party.name if matches[0].party and not reason else owners.names[0]
    yield Claim("lead", address, display_name, values, reason, proposed)


def resolve_lead(name: str, match: PartyMatch) -> tuple[dict[str, str | None], str, str | None]:
    """What taking a name writes, why that must be asked, and whom it proposes."""
    if match.party:
        reason = "" if match.certainty is Certainty.SURE else match.reason
        return {"lead": match.party.ref}, reason, match.party.name if reason else None
    if match.certainty is Certainty.UNKNOWN:
        return {"lead": f"{NEW_PREFIX}{name}"}, _("{reason}: a post to be confirmed?").format(reason=match.reason), None
    return {}, match.reason, None


def _build_leads_claim(
    names: tuple[str, ...], matches: list[PartyMatch], address: str, records: CurrentRecords, ours: SentValues
) -> Claim:
    """The first leads and the others support: a guess, so it is proposed. Whoever is not known is left out."""
    lead_values, doubt, _proposal = resolve_lead(names[0], matches[0])
    supporter_names = [match.party.name for match in matches[1:] if match.party]
    current_supporters = [name for name in (ours["support"] or "").split("; ") if name]
    unknown_names = [name for name, match in zip(names[1:], matches[1:], strict=True) if not match.party]
    reason = _("{n} owners: the first leads, the others support?").format(n=len(names))
    if doubt:
        reason += f" {doubt[:1].upper()}{doubt[1:]}"
    if unknown_names:
        reason += " " + _("Not in the register, so left out: {names}.").format(names="; ".join(unknown_names))
    values = {**lead_values, "support": join_names([*current_supporters, *supporter_names])} if lead_values else {}
    proposed = (
        "; ".join([records.party_names.find_name(lead_values.get("lead")) or names[0], *supporter_names])
        if lead_values
        else None
    )
    return Claim("leads", address, "; ".join(names), values, reason, proposed, bool(unknown_names))


def read_support_claims(
    row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None
) -> Iterator[Claim]:
    """What the cells of the supporters say; whoever is not known is asked for."""
    text = "; ".join(cell.value.strip() for cell in row.cells.get("support", ()) if isinstance(cell.value, str))
    if not text:
        return
    address = row.address_of("support")
    for known_support in (ours["support"], (base or {}).get("support")):
        if known_support and text == known_support:
            yield Claim("support", address, known_support, {"support": join_names(known_support.split("; "))})
            return
    names = records.party_names.split_owners(text).names
    matches = [records.party_names.find_party(name) for name in names]
    party_names = [match.party.name for match in matches if match.party]
    reason = "; ".join(match.reason for match in matches if match.certainty is not Certainty.SURE)
    if names:
        yield Claim(
            "support", address, "; ".join(names), {"support": join_names(party_names)} if party_names else {}, reason
        )
