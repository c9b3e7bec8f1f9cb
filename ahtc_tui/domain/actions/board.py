"""Actions in the columns of a board, by status, lead or objective."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, ActionRow, Status
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.text.collation import build_natural_key


class BoardField(LabelledEnum):
    """The field of an action that its column shows; the value is its name in a draft."""

    STATUS = "status", gettext_noop("Status")
    LEAD = "lead", gettext_noop("Lead")
    OBJECTIVE = "objective", gettext_noop("Objective")


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column with its actions; `value` is the value of an action that is moved there; it may be empty."""

    value: str
    label: str
    rows: Sequence[ActionRow]


def arrange_board(rows: Iterable[ActionRow], field: BoardField, objectives: Mapping[str, str]) -> Sequence[BoardColumn]:
    """Return the columns: every open status, the leads of the actions by name, or all objectives by number.

    `objectives` are their titles by number. Actions without a lead or an objective are in a separate column.
    """
    labels: dict[str, str] = {}
    by_value: dict[str, list[ActionRow]] = {}
    if field is BoardField.STATUS:
        labels = {status.value: status.label for status in Status if status not in CLOSED_STATUSES}
    elif field is BoardField.OBJECTIVE:
        labels = {number: f"{number} {title}" for number, title in objectives.items()} | {"": _("none")}
    for row in rows:
        value, label = _read_field(row, field)
        labels.setdefault(value, label)
        by_value.setdefault(value, []).append(row)
    labels = labels or {"": _("none")}
    values = list(labels)
    if field is BoardField.LEAD:
        values.sort(key=lambda value: (not value, build_natural_key(labels[value])))
    return [BoardColumn(value, labels[value], by_value.get(value, [])) for value in values]


def _read_field(row: ActionRow, field: BoardField) -> tuple[str, str]:
    """Return value and label of the field of an action."""
    match field:
        case BoardField.STATUS:
            return row.status.value, row.status.label
        case BoardField.LEAD:
            return row.lead_ref or "", row.lead_short or row.lead or _("none")
        case BoardField.OBJECTIVE:
            return row.objective or "", row.objective or _("none")
