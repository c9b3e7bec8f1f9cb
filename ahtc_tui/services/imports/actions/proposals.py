"""What an owner decides by a return, and what only the group does: an owner proposes to close, and the group closes."""

from __future__ import annotations

from dataclasses import replace

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Status
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.model import SentValues
from ahtc_tui.services.imports.actions.model import Claim

_OWNER_FIELDS = ("status", "brag", "evidence")
"""Fields that a return changes without a question. Updates are added, and evidence is added to the present text."""


def limit_to_proposal(claim: Claim, ours: SentValues, base: SentValues | None) -> Claim:
    """Return a claim that closes an open action as a proposal to close it; any other claim unchanged.

    A closed status that was sent and came back is not a claim to close: the action was opened again here since.
    """
    status = claim.values.get("status")
    if not is_closed(status) or is_closed(ours["status"]) or (base and base.get("status") == status):
        return claim
    kept_values = {name: value for name, value in claim.values.items() if name != "closed_on"}
    return replace(claim, values={**kept_values, "status": Status.PROPOSED_COMPLETE.value})


def is_closed(status: str | None) -> bool:
    """Return whether a stored status is a closed one."""
    return status in CLOSED_STATUSES


def is_closing_day_only(claim: Claim, ours: SentValues) -> bool:
    """Return whether a claim gives an open action the day of its closing and nothing else."""
    return claim.target == "closed_on" and bool(claim.values) and not is_closed(ours["status"])


def explain_group_decision(claim: Claim, ours: SentValues) -> str:
    """Return why the group decides about a claim, or an empty string where the owner does."""
    if claim.target not in _OWNER_FIELDS:
        return _("the owner proposes it, the group decides")
    return _("the action is closed in the records") if claim.target == "status" and is_closed(ours["status"]) else ""
