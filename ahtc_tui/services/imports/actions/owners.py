"""Whom a row names as lead and supporters. Who is second in a cell, or only alike, is a guess and said to be one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.model import Sent
from ahtc_tui.services.imports.actions.claim import NEW, Claim, joined
from ahtc_tui.services.imports.actions.party_names import How, Meant

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.current_records import Facts
    from ahtc_tui.services.imports.actions.rows import RowIn


def lead_claims(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    """What the cell of the lead says."""
    text, at = row.text("lead"), row.place("lead")
    if not text:
        return
    for ref in (ours["lead"], (base or {}).get("lead")):
        if facts.names.calls(text, ref):
            yield Claim("lead", at, facts.names.name(ref), {"lead": ref})
            return
    owners = facts.names.owners(text)
    if not owners.names:
        if owners.placeholder:
            yield Claim("lead_text", at, text, {}, _('"{word}" holds a place: it names nobody').format(word=text))
        return
    meant = [facts.names.find(name) for name in owners.names]
    if len(meant) > 1:
        yield _several(owners.names, meant, at, facts, ours)
        return
    writes, reason, proposed = taking(owners.names[0], meant[0])
    shown = meant[0].party.name if meant[0].party and not reason else owners.names[0]
    yield Claim("lead", at, shown, writes, reason, proposed)


def taking(name: str, meant: Meant) -> tuple[dict[str, str | None], str, str | None]:
    """What taking a name writes, why that must be asked, and whom it proposes."""
    if meant.party:
        reason = "" if meant.how is How.SURE else meant.reason
        return {"lead": meant.party.ref}, reason, meant.party.name if reason else None
    if meant.how is How.UNKNOWN:
        return {"lead": f"{NEW}{name}"}, _("{reason}: a post to be confirmed?").format(reason=meant.reason), None
    return {}, meant.reason, None


def _several(names: tuple[str, ...], meant: list[Meant], at: str, facts: Facts, ours: Sent) -> Claim:
    """The first leads and the others support: a guess, so it is proposed. Whoever is not known is left out."""
    first, doubt, _proposed = taking(names[0], meant[0])
    others = [each.party.name for each in meant[1:] if each.party]
    standing = [name for name in (ours["support"] or "").split("; ") if name]
    unknown = [name for name, each in zip(names[1:], meant[1:], strict=True) if not each.party]
    reason = _("{n} owners: the first leads, the others support?").format(n=len(names))
    if doubt:
        reason += f" {doubt[:1].upper()}{doubt[1:]}"
    if unknown:
        reason += " " + _("Not in the register, so left out: {names}.").format(names="; ".join(unknown))
    writes = {**first, "support": joined([*standing, *others])} if first else {}
    proposed = "; ".join([facts.names.name(first.get("lead")) or names[0], *others]) if first else None
    return Claim("leads", at, "; ".join(names), writes, reason, proposed, bool(unknown))


def support_claims(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    """What the cells of the supporters say; whoever is not known is asked for."""
    text = "; ".join(cell.value.strip() for cell in row.cells.get("support", ()) if isinstance(cell.value, str))
    if not text:
        return
    at = row.place("support")
    for same in (ours["support"], (base or {}).get("support")):
        if same and text == same:
            yield Claim("support", at, same, {"support": joined(same.split("; "))})
            return
    names = facts.names.owners(text).names
    meant = [facts.names.find(name) for name in names]
    found = [each.party.name for each in meant if each.party]
    reason = "; ".join(each.reason for each in meant if each.how is not How.SURE)
    if names:
        yield Claim("support", at, "; ".join(names), {"support": joined(found)} if found else {}, reason)
