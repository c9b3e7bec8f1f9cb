"""Drafts of figures, data sets and web pages. Values are aggregates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, field_validator

from ahtc_tui.domain.dates.calendar_names import MONTHS
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.actions import KnownDate, build_choice_validator
from ahtc_tui.domain.drafts.text import (
    Draft,
    Line,
    Prose,
    Title,
    forbid_empty,
    read_date_fields,
    read_yes_or_no,
    validate_draft,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.model import Tier
from ahtc_tui.domain.i18n import _, gettext_noop

LARGEST = 1_000_000_000_000
NUMBER_PATTERN = r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
VALUE_PATTERN = re.compile(
    rf"(?P<over>over\s+)?(?P<value>{NUMBER_PATTERN})(?:\s+of\s+(?P<whole>[0-9]{1, 3}(?:,[0-9]{3})+|[0-9]+))?",
    re.IGNORECASE,
)
FINANCIAL_YEAR_PATTERN = re.compile(r"((?:19|20|21)[0-9]{2})\s*[/-]\s*([0-9]{2})")
REQUIRED_FIELDS = ("title", "unit", "source")


class FigureDraft(Draft):
    """Writable fields of a figure; data set, area and other figures are given by name."""

    title: Title | None = None
    value: Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)] | None = None
    at_least: bool | None = None
    out_of: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    unit: Title | None = None
    period: DateAsKnown | None = None
    area: Line | None = None
    data_set: Line | None = None
    part_of: Line | None = None
    supersedes: Line | None = None
    published_on: DateAsKnown | None = None
    caveat: Prose | None = None
    source: Title | None = None
    note: Prose | None = None

    @field_validator("title", "value", "at_least", "unit", "period", "source")
    @classmethod
    def _refuse_empty(cls, value: object) -> object:
        if value is None:
            raise ValueError(_("Title, value, unit, period and source may not be empty."))
        return value


class DataSetDraft(Draft):
    """Writable fields of a data set; the holder is given by name, and empty text clears a field."""

    title: Title | None = None
    tier: Annotated[Tier | None, build_choice_validator(Tier, "kind of data set")] = None
    holder: Line | None = None
    frequency: Line | None = None
    last_received: KnownDate | None = None
    next_due: KnownDate | None = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("Title and tier may not be empty."), "title", "tier")


class WebPageDraft(Draft):
    """Writable fields of a web page; the owner is given by name, and empty text clears a field."""

    subject: Title | None = None
    link: Line | None = None
    owner: Line | None = None
    last_reviewed: KnownDate | None = None
    cycle_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    languages: Line | None = None
    source: Line | None = None
    note: Prose | None = None

    @field_validator("cycle_days", mode="before")
    @classmethod
    def _clear_empty(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    _filled = forbid_empty(gettext_noop("A web page needs a subject."), "subject")


def build_data_set_draft(fields: Mapping[str, Any], today: date) -> DataSetDraft:
    """Draft of a data set, including typed dates. Raises BadInput with one sentence."""
    return validate_draft(DataSetDraft, read_date_fields(fields, today, "last_received", "next_due"))


def build_web_page_draft(fields: Mapping[str, Any], today: date) -> WebPageDraft:
    """Draft of a web page, including typed dates. Raises BadInput with one sentence."""
    return validate_draft(WebPageDraft, read_date_fields(fields, today, "last_reviewed"))


def build_figure_draft(fields: Mapping[str, str], today: date) -> FigureDraft:
    """Draft of typed fields; values are written "1,186", "over 100" or "4 of 6". Raises BadInput."""
    values: dict[str, Any] = dict(fields)
    if "value" in values:
        values |= {
            name: value for name, value in _read_value(values["value"]).items() if name == "value" or name not in fields
        }
    if "out_of" in fields:
        values["out_of"] = _read_whole_number(fields["out_of"])
    for name in REQUIRED_FIELDS:
        values |= {name: None} if name in values and not values[name].strip() else {}
    if "at_least" in fields:
        values["at_least"] = read_yes_or_no("at_least", fields["at_least"])
    for name, reader in (("period", _read_period), ("published_on", read_date)):
        if name in values:
            values[name] = reader(values[name].strip(), today) if values[name].strip() else None
    return validate_draft(FigureDraft, values)


def _read_period(text: str, today: date) -> DateAsKnown:
    """Period of a figure: "2012-13" and "2012/13" are the financial year to 31 March, "2012-11" is November."""
    match = FINANCIAL_YEAR_PATTERN.fullmatch(text)
    if match and int(match[2]) == (int(match[1]) + 1) % 100 and ("/" in text or int(match[2]) > len(MONTHS) - 1):
        first = int(match[1])
        return DateAsKnown(date(first + 1, 3, 31), Precision.SEASON, f"{first}-{match[2]}")
    return read_date(text, today)


def _read_whole_number(text: str) -> int | None:
    """Whole number, or None for empty text."""
    digits = text.strip().replace(",", "")
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise BadInput(_('"{text}" is not a whole number: write 6 or 1,186.').format(text=text))
    return int(digits)


def _read_value(text: str) -> dict[str, Any]:
    """The fields `value`, `at_least` and `out_of` of a typed value."""
    match = VALUE_PATTERN.fullmatch(text.strip())
    if match is None:
        raise BadInput(_('"{text}" is not a value: write 34, 1,186, over 100 or 4 of 6.').format(text=text))
    value = float(match["value"].replace(",", ""))
    if value > LARGEST:
        raise BadInput(_("{text} is too large for a figure.").format(text=text.strip()))
    if value < 0:
        raise BadInput(_("A figure cannot be negative: {text}.").format(text=text.strip()))
    out_of = _read_whole_number(match["whole"] or "")
    if out_of is not None and value > out_of:
        raise BadInput(_("{text}: the part is larger than the whole.").format(text=text.strip()))
    return {"value": value, "at_least": bool(match["over"]), "out_of": out_of}
