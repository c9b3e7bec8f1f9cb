"""Drafts of the register of promises."""

from __future__ import annotations

from typing import Annotated

from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDateOrWords,
    FactDate,
    Line,
    Prose,
    Title,
    build_choice_validator,
    forbid_empty,
)
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.promises.model import PromiseStatus


class PromiseDraft(Draft):
    """Writable fields of a promise; a new one needs text."""

    text: Title | None = None
    text_cy: Line | None = None
    by: Line | None = None
    to: Line | None = None
    on: FactDate = None
    meeting: Line | None = None
    contact: Line | None = None
    due: DueDateOrWords = None
    status: Annotated[PromiseStatus | None, build_choice_validator(PromiseStatus, gettext_noop("status"))] = None
    outcome: Prose | None = None
    closed_on: FactDate = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("A promise needs text."), "text")


build_promise_draft = PromiseDraft.read
