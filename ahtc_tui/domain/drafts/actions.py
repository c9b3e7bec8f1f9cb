"""Drafts of actions and updates: typed fields, checked before they are written."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from ahtc_tui.domain.actions.model import ActionCard, ActionRow, Brag, Confidence, Marking, Priority, Status
from ahtc_tui.domain.actions.recurrence import Recurrence, read_recurrence
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.parser import refuse_time
from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDate,
    DueDateOrWords,
    FactDate,
    Line,
    Prose,
    Title,
    build_choice_validator,
    build_text_reader,
    forbid_empty,
    with_columns,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop


@with_columns(ActionRow, ActionCard)
class ActionDraft(Draft):
    """Writable fields of an action. Other records are given by name and resolved by the service."""

    title: Title | None = None
    title_cy: Line | None = None
    detail: Prose | None = None
    detail_cy: Prose | None = None
    status: Annotated[Status | None, build_choice_validator(Status, gettext_noop("status"))] = None
    brag: Annotated[Brag | None, build_choice_validator(Brag, gettext_noop("BRAG rating"))] = None
    confidence: Annotated[Confidence | None, build_choice_validator(Confidence, gettext_noop("confidence"))] = None
    priority: Annotated[Priority | None, build_choice_validator(Priority, gettext_noop("priority"))] = None
    marking: Annotated[Marking | None, build_choice_validator(Marking, gettext_noop("marking"))] = None
    due: DueDateOrWords = None
    review_on: DueDate = None
    raised_on: FactDate = None
    closed_on: FactDate = None
    evidence: Prose | None = None
    note: Prose | None = None
    lead: Line | None = None
    group: Line | None = None
    objective: Line | None = None
    meeting: Line | None = None
    support: Line | None = None
    """Names, separated by semicolons."""
    partners: Line | None = None
    """Names, separated by semicolons; partners outside the register go to `partner_text`."""
    partner_text: Line | None = None
    blocked_by: Line | None = None
    """References, separated by commas; empty clears them."""
    part_of: Line | None = None
    """Reference of the action that this one is a part of; empty for none."""
    repeat: Annotated[Recurrence | None, build_text_reader(lambda text, _today: read_recurrence(text))] = None
    """Typed as "quarterly" or "2 weeks after done"; empty ends it."""
    reason: Line | None = None
    """Reason for a moved due date or a worse rating, stored with the slip and the rating."""

    _filled = forbid_empty(gettext_noop("Title, status and marking cannot be empty."), "title", "status", "marking")


class UpdateDraft(Draft):
    """A progress update, with a new rating and status if given."""

    text: Annotated[Prose, Field(min_length=1)]
    brag: Annotated[Brag | None, build_choice_validator(Brag, gettext_noop("BRAG rating"))] = None
    status: Annotated[Status | None, build_choice_validator(Status, gettext_noop("status"))] = None
    said_on: date | None = None
    said_by: Line | None = None
    """Name of the person, post or organisation that reported it."""


build_action_draft = ActionDraft.read


def build_update_draft(
    text: str,
    brag: str | None = None,
    status: str | None = None,
    on: DateAsKnown | None = None,
    said_by: str | None = None,
) -> UpdateDraft:
    """Draft of a progress update, dated today or on a day. Raises BadInput with one sentence."""
    if on and on.precision is not Precision.DAY:
        raise BadInput(_('"{words}" is not an exact date. An update needs one.').format(words=on))
    if on:
        refuse_time(on)
    said_on = on.latest if on else None
    values = {"text": text, "brag": brag, "status": status, "said_on": said_on, "said_by": said_by}
    return UpdateDraft.read(values)
