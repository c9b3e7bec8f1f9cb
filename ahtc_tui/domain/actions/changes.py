"""Preview of an edit: the differences between two versions of an action, field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ahtc_tui.domain.actions.model import ActionCard, PartyRole
from ahtc_tui.domain.i18n import _


class FieldChange(NamedTuple):
    """One changed field with its old and new value."""

    label: str
    was: str
    now: str

    def __str__(self) -> str:
        """One line: "lead AHTC → Bawso"."""
        return f"{self.label} {self.was} → {self.now}"


class EditPreview(NamedTuple):
    """The changes of one action."""

    ref: str
    changes: tuple[FieldChange, ...]

    @property
    def summary(self) -> str:
        """One line with the reference and all changes."""
        changes = "; ".join(str(change) for change in self.changes) or _("as it is")
        return f"{self.ref}  {changes}"


def _build_party_reader(role: PartyRole) -> Callable[[ActionCard], object]:
    return lambda card: "; ".join(name for party_role, name in card.parties if party_role is role)


FIELD_READERS: dict[str, Callable[[ActionCard], object]] = {
    _("title"): lambda card: card.row.title,
    _("lead"): lambda card: card.row.lead,
    _("support"): _build_party_reader(PartyRole.SUPPORT),
    _("partners"): _build_party_reader(PartyRole.PARTNER),
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
"""Readable field name to a function that reads its value."""


def compare_cards(before: ActionCard, after: ActionCard) -> EditPreview:
    """Preview with every field whose value differs between the two cards."""
    pairs = (
        (label, str(read_field(before) or "–"), str(read_field(after) or "–"))
        for label, read_field in FIELD_READERS.items()
    )
    return EditPreview(after.row.ref, tuple(FieldChange(label, was, now) for label, was, now in pairs if was != now))
