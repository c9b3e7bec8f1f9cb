"""Drafts of figures, data sets and web pages. Values are aggregates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from ahtc_tui.domain.actions.model import PaperMarking
from ahtc_tui.domain.dates.calendar_names import MONTHS
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, refuse_future_day
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDate,
    DueDateOrWords,
    FactDate,
    Flag,
    KnownDate,
    Line,
    Link,
    Number,
    Prose,
    Title,
    build_choice_validator,
    build_text_reader,
    forbid_empty,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.model import Tier
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


class RecommendationDraft(Draft):
    """Writable fields of a recommendation; document, owner and objective are given by name."""

    title: Title | None = None
    title_cy: Line | None = None
    document: Title | None = None
    part_of: Line | None = None
    response: Prose | None = None
    evidence: Prose | None = None
    owner: Line | None = None
    objective: Line | None = None
    made_on: FactDate = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("Title and document cannot be empty."), "title", "document")


class DocumentDraft(Draft):
    """Writable fields of a document; the body is given by name, and empty text clears a field."""

    title: Title | None = None
    title_cy: Line | None = None
    body: Line | None = None
    published_on: FactDate = None
    reference: Line | None = None
    awaited: Flag = None
    expected_on: DueDateOrWords = None
    marking: Annotated[PaperMarking | None, build_choice_validator(PaperMarking, gettext_noop("marking"))] = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("A document needs a title."), "title")


build_recommendation_draft = RecommendationDraft.read
build_document_draft = DocumentDraft.read


def build_answer_draft(
    response: str | None, owner: str | None = None, objective: str | None = None
) -> RecommendationDraft:
    """Draft of the response to a recommendation, of the given fields. Raises BadInput with one sentence."""
    fields = {"response": response, "owner": owner, "objective": objective}
    return RecommendationDraft.read({name: value for name, value in fields.items() if value is not None})


LARGEST = 1_000_000_000_000
WHOLE_PATTERN = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
NUMBER_PATTERN = rf"-?{WHOLE_PATTERN}(?:\.[0-9]+)?"
VALUE_PATTERN = re.compile(
    rf"(?P<over>(?:over|dros)\s+)?(?P<value>{NUMBER_PATTERN})(?:\s+(?:of|o)\s+(?P<whole>{WHOLE_PATTERN}))?",
    re.IGNORECASE,
)
"""A value in English or Welsh: "1,186", "dros 100", "4 o 6"."""
FINANCIAL_YEAR_PATTERN = re.compile(r"((?:19|20|21)[0-9]{2})\s*[/-]\s*([0-9]{2})")


def _read_period(text: str, today: date) -> DateAsKnown:
    """Return the period of a figure: "2012-13" and "2012/13" are the year to 31 March, "2012-11" is November."""
    match = FINANCIAL_YEAR_PATTERN.fullmatch(text)
    if match and int(match[2]) == (int(match[1]) + 1) % 100 and ("/" in text or int(match[2]) > len(MONTHS) - 1):
        first = int(match[1])
        return DateAsKnown(date(first + 1, 3, 31), Precision.SEASON, f"{first}-{match[2]}")
    return read_date(text, today)


def _read_whole_number(text: str, _today: date | None = None) -> int:
    digits = text.replace(",", "")
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise BadInput(_('"{text}" is not a whole number. Enter 6 or 1,186.').format(text=text))
    return int(digits)


class FigureDraft(Draft):
    """Writable fields of a figure; data set, area and other figures are given by name."""

    title: Title | None = None
    title_cy: Line | None = None
    value: Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)] | None = None
    at_least: Flag = None
    out_of: Annotated[int | None, Field(ge=0, le=LARGEST), build_text_reader(_read_whole_number)] = None
    unit: Title | None = None
    period: Annotated[DateAsKnown | None, build_text_reader(_read_period)] = None
    area: Line | None = None
    data_set: Line | None = None
    part_of: Line | None = None
    supersedes: Line | None = None
    published_on: FactDate = None
    caveat: Prose | None = None
    source: Title | None = None
    note: Prose | None = None

    _filled = forbid_empty(
        gettext_noop("Title, value, unit, period and source cannot be empty."),
        *("title", "value", "at_least", "unit", "period", "source"),
    )


class DataSetDraft(Draft):
    """Writable fields of a data set; the holder is given by name, and empty text clears a field."""

    title: Title | None = None
    title_cy: Line | None = None
    tier: Annotated[Tier | None, build_choice_validator(Tier, gettext_noop("kind of data set"))] = None
    holder: Line | None = None
    frequency: Line | None = None
    last_received: FactDate = None
    next_due: DueDate = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("Title and kind cannot be empty."), "title", "tier")


class WebPageDraft(Draft):
    """Writable fields of a web page; the owner is given by name, and empty text clears a field."""

    subject: Title | None = None
    link: Link | None = None
    owner: Line | None = None
    last_reviewed: FactDate = None
    cycle_days: Annotated[int | None, Field(ge=1, le=3660), Number] = None
    languages: Line | None = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("A web page needs a subject."), "subject")


build_data_set_draft = DataSetDraft.read
build_web_page_draft = WebPageDraft.read


def build_figure_draft(fields: Mapping[str, str], today: date) -> FigureDraft:
    """Draft of typed fields; values are written "1,186", "over 100" or "4 of 6". Raises BadInput."""
    if "value" not in fields:
        return FigureDraft.read(fields, today)
    value_fields = _read_value(fields["value"])
    return FigureDraft.read({**value_fields, **fields, "value": value_fields["value"]}, today)


def _read_value(text: str) -> dict[str, Any]:
    """Return the fields `value`, `at_least` and `out_of` of a typed value."""
    match = VALUE_PATTERN.fullmatch(text.strip())
    if match is None:
        raise BadInput(_('"{text}" is not a value. Enter 34, 1,186, over 100 or 4 of 6.').format(text=text))
    value = float(match["value"].replace(",", ""))
    if value > LARGEST:
        raise BadInput(_("{text} is too large for a figure.").format(text=text.strip()))
    if value < 0:
        raise BadInput(_("A figure cannot be negative, like {text}.").format(text=text.strip()))
    out_of = _read_whole_number(match["whole"]) if match["whole"] else None
    if out_of is not None and value > out_of:
        raise BadInput(_("The part is larger than the whole in {text}.").format(text=text.strip()))
    return {"value": value, "at_least": bool(match["over"]), "out_of": out_of}
