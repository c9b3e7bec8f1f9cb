"""Drafts of groups, seats and terms of reference.

Parties are given by name and resolved by the service.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, field_validator

from ahtc_tui.domain.drafts.actions import KnownDate, build_choice_validator
from ahtc_tui.domain.drafts.text import (
    Draft,
    Line,
    Prose,
    Title,
    read_date_fields,
    read_yes_or_no,
    validate_draft,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.groups.model import GroupKind, GroupState, SeatRole
from ahtc_tui.domain.i18n import _

LARGEST_QUORUM = 1000
"""Largest accepted quorum."""

REF_PATTERN = re.compile(r"[^{}\s]*(\{year\}[^{}\s]*)?\{n(:0[1-9])?\}[^{}\s]*")


class GroupDraft(Draft):
    """Writable fields of a group."""

    name: Title | None = None
    kind: Annotated[GroupKind | None, build_choice_validator(GroupKind, "kind of group")] = None
    state: Annotated[GroupState | None, build_choice_validator(GroupState, "state")] = None
    short: Line | None = None
    name_cy: Line | None = None
    aliases: Line | None = None
    """Other names, separated by semicolons; names with dates are stored as aliases."""
    area: Line | None = None
    purpose: Prose | None = None
    chair: Line | None = None
    parent: Line | None = None
    predecessor: Line | None = None
    owner: Line | None = None
    lead: Line | None = None
    """Organisation that leads the group."""
    frequency: Line | None = None
    quorum: Annotated[int, Field(ge=1, le=LARGEST_QUORUM)] | None = None
    ref_pattern: Line | None = None
    """Pattern of the references of its meetings: "LG-{year}-{n:02}"."""
    time_limited: bool | None = None
    restricted: bool | None = None
    source: Line | None = None
    note: Prose | None = None

    @field_validator("name", "kind", "state", mode="before")
    @classmethod
    def _refuse_empty(cls, value: object) -> object:
        if value is None or (isinstance(value, str) and not value.strip()):
            raise ValueError(_("Name, kind and state may not be empty."))
        return value

    @field_validator("ref_pattern")
    @classmethod
    def _check_ref_pattern(cls, value: str | None) -> str | None:
        if value and not REF_PATTERN.fullmatch(value):
            raise ValueError(
                _('"{text}" does not number meetings: write one like LG-{{year}}-{{n:02}}.').format(text=value)
            )
        return value


class SeatDraft(Draft):
    """Writable fields of a seat, with its occupant and deputy."""

    role: Annotated[SeatRole | None, build_choice_validator(SeatRole, "role")] = None
    from_on: KnownDate | None = None
    to_on: KnownDate | None = None
    voting: bool | None = None
    on_behalf_of: Line | None = None
    basis: Line | None = None
    note: Prose | None = None
    person: Line | None = None
    """Occupant, if the seat belongs to an organisation or a class."""
    deputy: Line | None = None
    deputy_from: KnownDate | None = None
    deputy_to: KnownDate | None = None
    deputy_rule: Line | None = None

    @field_validator("role", mode="before")
    @classmethod
    def _check_role(cls, value: object) -> object:
        if value is None or (isinstance(value, str) and not value.strip()):
            raise ValueError(_("A seat needs a role."))
        return value


class TermsDraft(Draft):
    """A version of the terms of reference of a group."""

    version: Title
    text: Prose | None = None
    agreed_on: KnownDate | None = None
    review_on: KnownDate | None = None


def build_group_draft(fields: Mapping[str, Any], today: date) -> GroupDraft:
    """Draft of typed fields. Raises BadInput with one sentence."""
    values: dict[str, Any] = dict(fields)
    for name in ("time_limited", "restricted"):
        if isinstance(values.get(name), str):
            values[name] = read_yes_or_no(name, values[name])
    if isinstance(values.get("quorum"), str):
        values["quorum"] = _read_quorum(values["quorum"])
    return validate_draft(GroupDraft, values)


def build_seat_draft(fields: Mapping[str, Any], today: date) -> SeatDraft:
    """Draft of typed fields, including typed dates. Raises BadInput with one sentence."""
    return validate_draft(SeatDraft, read_date_fields(fields, today, "from_on", "to_on", "deputy_from", "deputy_to"))


def build_terms_draft(fields: Mapping[str, Any], today: date) -> TermsDraft:
    """Draft of a version of the terms of reference. Raises BadInput with one sentence."""
    return validate_draft(TermsDraft, read_date_fields(fields, today, "agreed_on", "review_on"))


def _read_quorum(text: str) -> int | None:
    """Number of people, or None for empty text."""
    typed = text.strip()
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", typed) or not 1 <= int(typed) <= LARGEST_QUORUM:
        raise BadInput(_('"{text}" is not a quorum: write the number of members needed, like 8.').format(text=text))
    return int(typed)
