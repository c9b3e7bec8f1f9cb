"""Drafts of the engagement log. The parties are given by name and resolved by the service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from ahtc_tui.domain.contacts.engagement import EngagementKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.text import Draft, Line, Prose, Title, build_choice_validator, build_text_reader
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop


class EngagementDraft(Draft):
    """A call, visit, training, meeting or mail, with an optional follow-up action."""

    subject: Title
    kind: Annotated[EngagementKind, build_choice_validator(EngagementKind, gettext_noop("kind of contact"))] = (
        EngagementKind.CALL
    )
    on: Annotated[DateAsKnown, build_text_reader(read_date)]
    note: Prose | None = None
    follow_up: Line | None = None
    """Title of the follow-up action, or empty."""
    due: Line | None = None
    lead: Line | None = None


def build_engagement_draft(fields: Mapping[str, Any], today: date) -> EngagementDraft:
    """Draft of typed fields; without a date the contact was today. Raises BadInput with one sentence."""
    values = {name: value for name, value in fields.items() if value is not None}
    if not str(values.get("on", "")).strip():
        values["on"] = DateAsKnown(today)
    draft = EngagementDraft.read(values, today)
    if draft.on.has_day and draft.on.earliest > today:
        raise BadInput(
            _("{day} is in the future: record a planned contact as a meeting or an action.").format(day=draft.on)
        )
    if not draft.follow_up and (draft.due or draft.lead):
        raise BadInput(_("A due date and a lead need a follow-up action: enter its title."))
    return draft
