"""Drafts of agenda edits, template items, forward plan items and papers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ahtc_tui.domain.actions.paper_marking import PaperMarking
from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDate,
    KnownDate,
    Line,
    Title,
    build_choice_validator,
    build_minutes_reader,
    forbid_empty,
)
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.meetings.kinds import ItemOutcome

LONGEST_ITEM = 24 * 60
"""Longest item of an agenda, in minutes: a day."""

Minutes = Annotated[int | None, Field(ge=1, le=LONGEST_ITEM), build_minutes_reader(LONGEST_ITEM)]


class ItemEdit(Draft):
    """Changed fields of an agenda item; empty text clears a field."""

    title: Title | None = None
    title_cy: Line | None = None
    presenter: Line | None = None
    minutes: Minutes = None
    section: Line | None = None
    standing: bool | None = None
    outcome: Annotated[ItemOutcome | None, build_choice_validator(ItemOutcome, gettext_noop("kind of outcome"))] = None

    _filled = forbid_empty(gettext_noop("Title and status cannot be empty."), "title", "standing")


class TemplateDraft(Draft):
    """An item of the agenda template of a group."""

    title: Title
    title_cy: Line | None = None
    presenter: Line | None = None
    minutes: Minutes = None
    section: Line | None = None
    closing: bool = False


class ForwardDraft(Draft):
    """An item of the forward plan of a group."""

    title: Title
    title_cy: Line | None = None
    presenter: Line | None = None
    minutes: Minutes = None
    section: Line | None = None
    note: Line | None = None
    for_on: KnownDate = None


class PaperDraft(Draft):
    """A paper of a meeting; without a day it is due on the day when papers are sent."""

    title: Title
    title_cy: Line | None = None
    author: Line | None = None
    item: Annotated[int | None, Field(ge=1)] = None
    due: DueDate = None
    marking: Annotated[PaperMarking | None, build_choice_validator(PaperMarking, gettext_noop("marking"))] = None


build_item_edit = ItemEdit.read
build_template_draft = TemplateDraft.read
build_forward_draft = ForwardDraft.read
build_paper_draft = PaperDraft.read
