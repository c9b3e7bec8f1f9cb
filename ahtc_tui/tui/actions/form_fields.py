"""The further fields of the form of an action: who helps, what it waits for, review, repeats, confidence, detail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual.widgets import Input, TextArea

from ahtc_tui.domain.actions.model import ActionCard, Confidence, PartRole
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow
from ahtc_tui.tui.widgets.plain import one_line
from ahtc_tui.tui.widgets.select import choices

CONFIDENCES = [(level.value.capitalize(), level.value) for level in Confidence]


def more_of(card: ActionCard | None) -> dict[str, Any]:
    """What the fields hold at first; None for nothing. Only what is changed is written."""
    if card is None:
        return dict.fromkeys(
            ("confidence", "support", "partners", "partner_text", "blocked_by", "review_on", "repeat", "detail")
        )
    return {
        "confidence": card.row.confidence.value if card.row.confidence else None,
        "support": _names(card, PartRole.SUPPORT),
        "partners": _names(card, PartRole.PARTNER),
        "partner_text": one_line(card.partner_text or "") or None,
        "blocked_by": ", ".join(ref.split(" ", 1)[0] for ref in card.blocked_by) or None,
        "review_on": card.row.review_on,
        "repeat": card.repeats,
        "detail": card.detail or None,
    }


def _names(card: ActionCard, role: PartRole) -> str | None:
    return "; ".join(one_line(name) for other, name in card.parties if other is role) or None


def more_rows(at_first: dict[str, Any], reader: Callable[[str], DateAsKnown]) -> Iterable[FormRow]:
    """The fields, in the order of `more_of`."""
    line = {name: Input(at_first[name] or "", compact=True) for name in at_first if name not in ("review_on", "detail")}
    yield FormRow("confidence", _("Confidence"), choices(CONFIDENCES, at_first["confidence"]))
    yield FormRow("support", _("Support"), line["support"], _("names, parted by semicolons"))
    yield FormRow("partners", _("Partners"), line["partners"], _("names in the register, parted by semicolons"))
    yield FormRow("partner_text", _("With"), line["partner_text"], _("others, in words"))
    yield FormRow("blocked_by", _("Waits for"), line["blocked_by"], _("references of actions"))
    review = at_first["review_on"]
    yield FormRow("review_on", _("Review on"), DateField(reader, str(review) if review else ""))
    yield FormRow("repeat", _("Comes again"), line["repeat"], _("monthly, every 3 months, 2 weeks after done"))
    yield FormRow("detail", _("Detail"), TextArea(at_first["detail"] or ""))
