"""What may be said of a practice in a place, checked before the database sees it."""

from __future__ import annotations

from datetime import date

from pydantic import ValidationError

from ahtc_tui.domain.dates import DateAsKnown
from ahtc_tui.domain.drafts.text import Draft, Line, Prose, first_fault
from ahtc_tui.domain.filters import one_of
from ahtc_tui.domain.practice import AdoptionStatus
from ahtc_tui.domain.uk_dates import read_date


class AdoptionDraft(Draft):
    """How far a place is. What is None is left as it stands."""

    status: AdoptionStatus
    since: DateAsKnown | None = None
    evidence: Prose | None = None
    contact: Line | None = None


def adoption_draft(
    status: str, since: str | None, evidence: str | None, contact: str | None, today: date
) -> AdoptionDraft:
    """A checked draft of what a person typed. Raises BadInput with one sentence."""
    word = one_of(status, AdoptionStatus, "status")
    day = read_date(since, today) if since else None
    try:
        return AdoptionDraft.model_validate({"status": word, "since": day, "evidence": evidence, "contact": contact})
    except ValidationError as error:
        raise first_fault(error) from error
