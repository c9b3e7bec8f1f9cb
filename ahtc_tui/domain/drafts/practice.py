"""Drafts of practices, their adoption in places, and sessions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from ahtc_tui.domain.dates.date_as_known import refuse_future_day
from ahtc_tui.domain.drafts.text import (
    Draft,
    KnownDate,
    Line,
    Prose,
    Title,
    build_choice_validator,
    forbid_empty,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.practice import AdoptionStatus, SessionKind
from ahtc_tui.domain.i18n import _, gettext_noop


class AdoptionDraft(Draft):
    """Adoption of a practice in a place. Absent fields are not changed; empty text clears a field."""

    status: Annotated[AdoptionStatus | None, build_choice_validator(AdoptionStatus, gettext_noop("status"))] = None
    since: KnownDate = None
    evidence: Prose | None = None
    contact: Line | None = None
    reason: Prose | None = None
    """Why the place has less of the practice than before."""


def build_adoption_draft(
    status: str, since: str | None, evidence: str | None, contact: str | None, today: date, reason: str | None = None
) -> AdoptionDraft:
    """Draft of typed fields; None means absent. Raises BadInput with one sentence."""
    fields = {"status": status, "since": since, "evidence": evidence, "contact": contact, "reason": reason}
    draft = AdoptionDraft.read({name: text for name, text in fields.items() if text is not None}, today)
    if draft.status is not AdoptionStatus.PLANNED:
        refuse_future_day(draft.since, today)
    return draft


class PracticeDraft(Draft):
    """Writable fields of a practice; areas, lead and recognition are given by name, and empty text clears a field."""

    title: Title | None = None
    title_cy: Line | None = None
    origin_area: Line | None = None
    venue: Line | None = None
    lead: Line | None = None
    recognised_by: Line | None = None
    first_for: Line | None = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("A practice needs a title."), "title")


build_practice_draft = PracticeDraft.read


class SessionDraft(Draft):
    """A training, visit or conference. Practice, area, meeting and organisations are given by name."""

    title: Line | None = None
    title_cy: Line | None = None
    kind: Annotated[SessionKind | None, build_choice_validator(SessionKind, gettext_noop("kind of session"))] = None
    practice: Line | None = None
    meeting: Line | None = None
    held_on: KnownDate = None
    place: Line | None = None
    area: Line | None = None
    source: Line | None = None
    note: Prose | None = None
    numbers: tuple[tuple[Line, Annotated[int, Field(ge=1, le=100_000)]], ...] | None = None
    """Organisations with their number of participants."""


def build_session_draft(fields: Mapping[str, Any], today: date) -> SessionDraft:
    """Draft of typed fields; `numbers` is written "Bawso=3; Gwent Police=12". Raises BadInput."""
    values = {name: value for name, value in fields.items() if value is not None}
    if isinstance(values.get("numbers"), str):
        values["numbers"] = [_read_session_count(part) for part in values["numbers"].split(";") if part.strip()]
    return SessionDraft.read(values, today)


def _read_session_count(text: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.*\S)\s*[=:]\s*(\d{1,6})", text.strip())
    if match is None or not int(match[2]):
        raise BadInput(_('"{text}" is not a number of people. Enter Gwent Police=12.').format(text=text.strip()))
    return match[1], int(match[2])
