"""What may be said of a practice in a place, checked before the database sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from ahtc_tui.domain.actions.filters import one_of
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.actions import Known, choice
from ahtc_tui.domain.drafts.text import Draft, Line, Prose, Title, checked, never_empty
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.practice import AdoptionStatus, SessionKind
from ahtc_tui.domain.i18n import _


class AdoptionDraft(Draft):
    """How far a place is. What is not given is left as it stands; empty words clear a field."""

    status: AdoptionStatus
    since: DateAsKnown | None = None
    evidence: Prose | None = None
    contact: Line | None = None


def adoption_draft(
    status: str, since: str | None, evidence: str | None, contact: str | None, today: date
) -> AdoptionDraft:
    """A checked draft of what a person typed; None is not given. Raises BadInput with one sentence."""
    fields: dict[str, Any] = {"status": one_of(status, AdoptionStatus, "status")}
    if since is not None:
        fields["since"] = read_date(since, today) if since.strip() else None
    fields |= {name: words for name, words in (("evidence", evidence), ("contact", contact)) if words is not None}
    return checked(AdoptionDraft, fields)


class PracticeDraft(Draft):
    """The fields of a practice; areas, lead and recognition are named by words. Empty words clear a field."""

    title: Title | None = None
    origin_area: Line | None = None
    venue: Line | None = None
    lead: Line | None = None
    recognised_by: Line | None = None
    first_for: Line | None = None
    source: Line | None = None
    note: Prose | None = None

    _filled = never_empty("A practice needs a title.", "title")


def practice_draft(fields: Mapping[str, Any], _today: date) -> PracticeDraft:
    """A checked draft of what a person typed. Raises BadInput with one sentence."""
    return checked(PracticeDraft, dict(fields))


class SessionDraft(Draft):
    """A training, visit or conference. Practice, area, meeting and organisations are named by words."""

    title: Line | None = None
    kind: Annotated[SessionKind | None, choice(SessionKind, "kind of session")] = None
    practice: Line | None = None
    meeting: Line | None = None
    held_on: Known | None = None
    place: Line | None = None
    area: Line | None = None
    source: Line | None = None
    note: Prose | None = None
    numbers: tuple[tuple[Line, Annotated[int, Field(ge=1, le=100_000)]], ...] | None = None
    """Organisation and how many came from there."""


def session_draft(fields: Mapping[str, Any], today: date) -> SessionDraft:
    """A checked draft of what a person typed: `numbers` is "Bawso=3; Gwent Police=12". Raises BadInput."""
    read = {name: value for name, value in fields.items() if value is not None}
    if isinstance(read.get("held_on"), str):
        read["held_on"] = read_date(read["held_on"], today) if read["held_on"].strip() else None
    if isinstance(read.get("numbers"), str):
        read["numbers"] = [_number(part) for part in read["numbers"].split(";") if part.strip()]
    return checked(SessionDraft, read)


def _number(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"(.*\S)\s*[=:]\s*(\d{1,6})", text.strip())
    if found is None or not int(found[2]):
        raise BadInput(_('"{text}" is no number of people: write Gwent Police=12.').format(text=text.strip()))
    return found[1], int(found[2])
