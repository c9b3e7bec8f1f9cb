"""Columns of lists of actions, which the screen, the command line, saved views and files share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.actions.urgency import compute_urgency
from ahtc_tui.domain.fields.model import format_value, list_columns
from ahtc_tui.domain.i18n import _, gettext_noop, pgettext, pgettext_noop
from ahtc_tui.domain.text.cleaning import capitalise

EMPTY = "–"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its name in views, its heading, its widths, and its text of an action on a day."""

    name: str
    message: str
    """Heading in English."""
    width: int | None
    """Cells on the screen; None takes what is left."""
    printed_width: int | None
    """Cells on the command line."""
    read: Callable[[ActionRow, date], object]
    field: str = ""
    """Field of an action that it shows, where its name differs."""
    long_message: str = ""
    """Heading where there is more room."""
    least: int = 0
    """Cells to which it narrows on the screen."""
    is_number: bool = False

    @property
    def heading(self) -> str:
        """Heading in the current language."""
        return capitalise(_(self.message))

    @property
    def long_heading(self) -> str:
        """Heading where there is more room, in the current language."""
        return capitalise(_(self.long_message or self.message))

    @property
    def word(self) -> str:
        """Name that a person types, in the current language: one word."""
        word = pgettext("column", self.name)
        return word if word != self.name or self.name in BASE_NAMES else "-".join(_(self.message).lower().split())

    def format_cell(self, row: ActionRow, today: date) -> str:
        """Return the text of an action; a dash where it has none."""
        return format_value(self.read(row, today)) or EMPTY


_BASE_COLUMNS = (
    ListColumn(
        pgettext_noop("column", "brag"),
        gettext_noop("BRAG"),
        1,
        9,
        lambda row, _today: row.brag and row.brag.option_label,
    ),
    ListColumn(
        pgettext_noop("column", "ref"),
        gettext_noop("Ref"),
        5,
        14,
        lambda row, _today: row.ref,
        long_message=gettext_noop("Reference"),
    ),
    ListColumn(pgettext_noop("column", "title"), gettext_noop("Action"), None, None, lambda row, _t: row.signed_title),
    ListColumn(
        pgettext_noop("column", "lead"), gettext_noop("Lead"), 14, 26, lambda row, _today: row.lead_label, least=8
    ),
    ListColumn(
        pgettext_noop("column", "due"),
        gettext_noop("Due"),
        12,
        34,
        lambda row, _today: row.due,
        long_message=gettext_noop("Due date"),
    ),
    ListColumn(pgettext_noop("column", "status"), gettext_noop("Status"), 17, 18, lambda row, _today: row.status),
    ListColumn(
        pgettext_noop("column", "objective"),
        gettext_noop("Obj"),
        3,
        9,
        lambda row, _today: row.objective,
        long_message=gettext_noop("Objective"),
        is_number=True,
    ),
    ListColumn(
        pgettext_noop("column", "support"),
        gettext_noop("Support"),
        18,
        26,
        lambda row, _today: ", ".join(row.support),
        least=8,
    ),
    ListColumn(
        pgettext_noop("column", "review"),
        gettext_noop("Review"),
        12,
        18,
        lambda row, _today: row.review_on,
        "review_on",
        long_message=gettext_noop("Review on"),
    ),
    ListColumn(
        pgettext_noop("column", "update"),
        gettext_noop("Latest update"),
        None,
        40,
        lambda row, _today: row.latest_update,
    ),
    ListColumn(
        pgettext_noop("column", "urgency"),
        gettext_noop("Urgency"),
        7,
        7,
        lambda row, today: f"{compute_urgency(row, today):.2f}",
        is_number=True,
    ),
    ListColumn(pgettext_noop("column", "priority"), gettext_noop("Priority"), 8, 8, lambda row, _today: row.priority),
    ListColumn(
        pgettext_noop("column", "confidence"), gettext_noop("Confidence"), 10, 10, lambda row, _today: row.confidence
    ),
    ListColumn(
        pgettext_noop("column", "meeting"), gettext_noop("Meeting"), 14, 14, lambda row, _today: row.meeting, least=8
    ),
    ListColumn(
        pgettext_noop("column", "raised"),
        gettext_noop("Raised on"),
        16,
        18,
        lambda row, _today: row.raised_on,
        "raised_on",
    ),
    ListColumn(
        pgettext_noop("column", "closed"),
        gettext_noop("Closed on"),
        16,
        18,
        lambda row, _today: row.closed_on,
        "closed_on",
    ),
    ListColumn(pgettext_noop("column", "marking"), gettext_noop("Marking"), 18, 18, lambda row, _today: row.marking),
)
BASE_NAMES = frozenset(column.name for column in _BASE_COLUMNS)


def _build_reader(name: str) -> Callable[[ActionRow, date], object]:
    read = attrgetter(name)
    return lambda row, _today: read(row)


LIST_COLUMNS = {
    column.name: column
    for column in (
        *_BASE_COLUMNS,
        *(
            ListColumn(name, stated.message, stated.width, stated.width, _build_reader(name))
            for name, stated in list_columns(ActionRow).items()
        ),
    )
}
"""All columns by name, in the order in which a list has them."""
DEFAULT_COLUMNS = ("brag", "ref", "title", "lead", "due")
"""Columns of a list without a view."""
