"""Drafts of agenda edits, template items, forward plan items and papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, field_validator

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.text import Draft, Line, Title, read_date_fields, validate_draft
from ahtc_tui.domain.i18n import _

Minutes = Annotated[int, Field(ge=1, le=1440)]


class ItemEdit(Draft):
    """Changed fields of an agenda item; empty text clears a field."""

    title: Title | None = None
    presenter: Line | None = None
    minutes: Minutes | None = None
    section: Line | None = None
    standing: bool | None = None

    @field_validator("minutes", mode="before")
    @classmethod
    def _clear_empty(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("title", "standing", mode="before")
    @classmethod
    def _refuse_empty(cls, value: object) -> object:
        if value is None or (isinstance(value, str) and not value.strip()):
            raise ValueError(_("Title and standing may not be empty."))
        return value


class TemplateDraft(Draft):
    """An item of the agenda template of a group."""

    title: Title
    presenter: Line | None = None
    minutes: Minutes | None = None
    section: Line | None = None
    closing: bool = False


class ForwardDraft(Draft):
    """An item of the forward plan of a group."""

    title: Title
    presenter: Line | None = None
    minutes: Minutes | None = None
    section: Line | None = None
    note: Line | None = None
    for_on: DateAsKnown | None = None


class PaperDraft(Draft):
    """A paper of a meeting; without a day it is due on the day when papers are sent."""

    title: Title
    author: Line | None = None
    item: Annotated[int | None, Field(ge=1)] = None
    due: DateAsKnown | None = None


def build_item_edit(fields: Mapping[str, Any]) -> ItemEdit:
    """Draft of changes of an item. Raises BadInput with one sentence."""
    return validate_draft(ItemEdit, fields)


def build_template_draft(fields: Mapping[str, Any]) -> TemplateDraft:
    """Draft of a template item. Raises BadInput with one sentence."""
    return validate_draft(TemplateDraft, fields)


def build_forward_draft(fields: Mapping[str, Any], today: date) -> ForwardDraft:
    """Draft of a forward plan item, including its typed date. Raises BadInput with one sentence."""
    return validate_draft(ForwardDraft, read_date_fields(fields, today, "due", "for_on"))


def build_paper_draft(fields: Mapping[str, Any], today: date) -> PaperDraft:
    """Draft of a paper, including its typed date. Raises BadInput with one sentence."""
    return validate_draft(PaperDraft, read_date_fields(fields, today, "due", "for_on"))
