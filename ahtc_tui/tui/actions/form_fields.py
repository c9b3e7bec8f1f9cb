"""The further fields of the form of an action: who helps, what it waits for, review, repeats, confidence, detail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual.widgets import Input, TextArea

from ahtc_tui.domain.actions.model import ActionCard, Confidence, PartyRole
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.select import build_select

CONFIDENCES = [(level.label, level.value) for level in Confidence]


def read_more_values(card: ActionCard | None) -> dict[str, Any]:
    """Return the initial values of the additional fields; None for empty ones. Only changed values are written."""
    if card is None:
        return dict.fromkeys(
            ("confidence", "support", "partners", "partner_text", "blocked_by", "review_on", "repeat", "detail")
        )
    return {
        "confidence": card.row.confidence.value if card.row.confidence else None,
        "support": _join_party_names(card, PartyRole.SUPPORT),
        "partners": _join_party_names(card, PartyRole.PARTNER),
        "partner_text": join_lines(card.partner_text or "") or None,
        "blocked_by": ", ".join(ref.split(" ", 1)[0] for ref in card.blocked_by) or None,
        "review_on": card.row.review_on,
        "repeat": card.repeats,
        "detail": card.detail or None,
    }


def _join_party_names(card: ActionCard, role: PartyRole) -> str | None:
    return "; ".join(join_lines(name) for party_role, name in card.parties if party_role is role) or None


def build_more_rows(initial: dict[str, Any], reader: Callable[[str], DateAsKnown]) -> Iterable[FormRow]:
    """Yield the additional fields: support, partners, dependencies, review, recurrence, confidence and detail."""
    inputs = {name: Input(initial[name] or "", compact=True) for name in initial if name not in ("review_on", "detail")}
    yield FormRow("confidence", _("Confidence"), build_select(CONFIDENCES, initial["confidence"]))
    yield FormRow("support", _("Support"), inputs["support"], _("names, parted by semicolons"))
    yield FormRow("partners", _("Partners"), inputs["partners"], _("names in the register, parted by semicolons"))
    yield FormRow("partner_text", _("With"), inputs["partner_text"], _("others, in words"))
    yield FormRow("blocked_by", _("Waits for"), inputs["blocked_by"], _("references of actions"))
    review = initial["review_on"]
    yield FormRow("review_on", _("Review on"), DateField(reader, str(review) if review else ""))
    yield FormRow("repeat", _("Comes again"), inputs["repeat"], _("monthly, every 3 months, 2 weeks after done"))
    yield FormRow("detail", _("Detail"), TextArea(initial["detail"] or ""))
