"""Drafts of actions and updates: typed fields, checked before they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from ahtc_tui.domain.actions.filters import read_choice
from ahtc_tui.domain.actions.model import Brag, Confidence, Marking, Priority, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.drafts.text import (
    Draft,
    Line,
    Prose,
    Title,
    read_date_fields,
    validate_draft,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import clean_line


def build_choice_validator(choices: type[StrEnum], name: str) -> BeforeValidator:
    """Validator that reads a typed member of an enum; empty text is None."""

    def read_value(value: object) -> object:
        if not isinstance(value, str) or isinstance(value, choices):
            return value
        if not value.strip():
            return None
        try:
            return read_choice(value, choices, name)
        except BadInput as error:
            raise ValueError(str(error)) from error

    return BeforeValidator(read_value)


def _clean_date(known_date: DateAsKnown) -> DateAsKnown:
    words = clean_line(known_date.words)
    if len(words) > 200:
        raise ValueError(_("The words of a date are too long: keep them under 200 letters."))
    return replace(known_date, words=words)


KnownDate = Annotated[DateAsKnown, AfterValidator(_clean_date)]


class ActionDraft(Draft):
    """Writable fields of an action. Other records are given by name and resolved by the service."""

    title: Title | None = None
    detail: Prose | None = None
    status: Annotated[Status | None, build_choice_validator(Status, "status")] = None
    brag: Annotated[Brag | None, build_choice_validator(Brag, "BRAG rating")] = None
    confidence: Annotated[Confidence | None, build_choice_validator(Confidence, "confidence")] = None
    priority: Annotated[Priority | None, build_choice_validator(Priority, "priority")] = None
    marking: Annotated[Marking | None, build_choice_validator(Marking, "marking")] = None
    due: KnownDate | None = None
    review_on: KnownDate | None = None
    raised_on: KnownDate | None = None
    closed_on: KnownDate | None = None
    evidence: Prose | None = None
    outcome: Prose | None = None
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
    repeat: Line | None = None
    """Recurrence: "quarterly", "2 weeks after done"; empty ends it."""
    reason: Line | None = None
    """Reason for a moved due date or a worse rating, stored with the slip and the rating."""

    @field_validator("title", "status", "marking")
    @classmethod
    def _refuse_empty(cls, value: object) -> object:
        if value is None:
            raise ValueError(_("Title, status and marking may not be empty."))
        return value


class UpdateDraft(Draft):
    """A progress update, with a new rating and status if given."""

    text: Annotated[Prose, Field(min_length=1)]
    brag: Annotated[Brag | None, build_choice_validator(Brag, "BRAG rating")] = None
    status: Annotated[Status | None, build_choice_validator(Status, "status")] = None
    said_on: date | None = None


def build_action_draft(fields: Mapping[str, Any], today: date) -> ActionDraft:
    """Draft of typed fields, including typed dates. Raises BadInput with one sentence."""
    values = read_date_fields(fields, today, "review_on", "raised_on", "closed_on", loose=("due",))
    return validate_draft(ActionDraft, values)


def build_update_draft(
    text: str, brag: str | None = None, status: str | None = None, on: DateAsKnown | None = None
) -> UpdateDraft:
    """Draft of a progress update, dated today or on a day. Raises BadInput with one sentence."""
    if on and on.precision is not Precision.DAY:
        raise BadInput(_('"{words}" is not an exact day: an update needs one.').format(words=on))
    said_on = on.latest if on else None
    return validate_draft(UpdateDraft, {"text": text, "brag": brag, "status": status, "said_on": said_on})
