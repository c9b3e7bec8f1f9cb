"""What an edit makes of an action, field by field, in the words that a person reads before it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ahtc_tui.domain.actions.model import ActionCard, PartRole
from ahtc_tui.domain.i18n import _


class Change(NamedTuple):
    """One field: what stands there, and what comes."""

    label: str
    was: str
    now: str

    def __str__(self) -> str:
        """On one line: "lead AHTC → Bawso"."""
        return f"{self.label} {self.was} → {self.now}"


class Edited(NamedTuple):
    """One action of an edit."""

    ref: str
    changes: tuple[Change, ...]

    @property
    def line(self) -> str:
        """Its reference and what becomes of it."""
        return f"{self.ref}  {'; '.join(str(change) for change in self.changes) or _('as it is')}"


def _party(role: PartRole) -> Callable[[ActionCard], object]:
    return lambda card: "; ".join(name for other, name in card.parties if other is role)


FIELDS: dict[str, Callable[[ActionCard], object]] = {
    _("title"): lambda card: card.row.title,
    _("lead"): lambda card: card.row.lead,
    _("support"): _party(PartRole.SUPPORT),
    _("partners"): _party(PartRole.PARTNER),
    _("with"): lambda card: card.partner_text,
    _("due"): lambda card: card.row.due,
    _("review on"): lambda card: card.row.review_on,
    _("status"): lambda card: card.row.status.label.lower(),
    _("closed on"): lambda card: card.row.closed_on,
    _("rating"): lambda card: card.row.brag and card.row.brag.label,
    _("because"): lambda card: card.brag_reason,
    _("confidence"): lambda card: card.row.confidence,
    _("priority"): lambda card: card.row.priority,
    _("objective"): lambda card: card.row.objective,
    _("group"): lambda card: card.group,
    _("meeting"): lambda card: card.row.meeting,
    _("waits for"): lambda card: ", ".join(line.split(" ", 1)[0] for line in card.blocked_by),
    _("comes again"): lambda card: card.repeats,
    _("raised on"): lambda card: card.row.raised_on,
    _("marking"): lambda card: card.row.marking,
    _("evidence"): lambda card: card.row.evidence,
    _("outcome"): lambda card: card.outcome,
    _("detail"): lambda card: card.detail,
    _("note"): lambda card: card.note,
}
"""The name of a field, and what it says."""


def edited(before: ActionCard, after: ActionCard) -> Edited:
    """Every field that is another afterwards."""
    pairs = ((label, str(says(before) or "–"), str(says(after) or "–")) for label, says in FIELDS.items())
    return Edited(after.row.ref, tuple(Change(label, was, now) for label, was, now in pairs if was != now))
