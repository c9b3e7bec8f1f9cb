"""Preview of an edit: the differences between two versions of an action, field by field."""

from __future__ import annotations

from typing import NamedTuple

from ahtc_tui.domain.actions.fields import ACTION_FIELDS
from ahtc_tui.domain.actions.model import ActionCard
from ahtc_tui.domain.i18n import _, pgettext


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


def compare_cards(before: ActionCard, after: ActionCard) -> EditPreview:
    """Preview with every field whose value differs between the two cards, and the update that one of them lacks."""
    values = [(field.label, str(field.read(before) or "–"), str(field.read(after) or "–")) for field in ACTION_FIELDS]
    removed = next((update.text for update in before.updates if update not in after.updates), "–")
    added = next((update.text for update in after.updates if update not in before.updates), "–")
    values.append((pgettext("kind of record", "update"), removed, added))
    return EditPreview(after.row.ref, tuple(FieldChange(*value) for value in values if value[1] != value[2]))
