"""Drafts of groups, seats and terms of reference.

Parties are given by name and resolved by the service.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, field_validator

from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDate,
    FactDate,
    Flag,
    KnownDate,
    Line,
    Prose,
    Title,
    build_choice_validator,
    build_text_reader,
    forbid_empty,
    with_columns,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.groups.model import GroupCard, GroupKind, GroupRow, GroupState, SeatRole
from ahtc_tui.domain.i18n import _, gettext_noop

LARGEST_QUORUM = 1000

REF_PATTERN = re.compile(r"[^{}\s]*(\{year\}[^{}\s]*)?\{n(:0[1-9])?\}[^{}\s]*")


def _read_quorum(text: str, _today: date) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= LARGEST_QUORUM:
        raise BadInput(_('"{text}" is not a quorum. Enter the number of members needed, like 8.').format(text=text))
    return int(text)


@with_columns(GroupRow, GroupCard)
class GroupDraft(Draft):
    """Writable fields of a group."""

    name: Title | None = None
    kind: Annotated[GroupKind | None, build_choice_validator(GroupKind, gettext_noop("kind of group"))] = None
    state: Annotated[GroupState | None, build_choice_validator(GroupState, gettext_noop("state"))] = None
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
    quorum: Annotated[int | None, Field(ge=1, le=LARGEST_QUORUM), build_text_reader(_read_quorum)] = None
    ref_pattern: Line | None = None
    """Pattern of the references of its meetings: "LG-{year}-{n:02}"."""
    time_limited: Flag = None
    restricted: Flag = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("Name, kind and status cannot be empty."), "name", "kind", "state")

    @field_validator("ref_pattern")
    @classmethod
    def _check_ref_pattern(cls, value: str | None) -> str | None:
        if value and not REF_PATTERN.fullmatch(value):
            raise ValueError(
                _('"{text}" is not a pattern for meeting references. Enter one like LG-{{year}}-{{n:02}}.').format(
                    text=value
                )
            )
        return value


class SeatDraft(Draft):
    """Writable fields of a seat, with its occupant and deputy."""

    typed_names: ClassVar[Mapping[str, str]] = {"from": "from_on", "to": "to_on"}

    role: Annotated[SeatRole | None, build_choice_validator(SeatRole, gettext_noop("role"))] = None
    from_on: KnownDate = None
    to_on: KnownDate = None
    voting: bool | None = None
    on_behalf_of: Line | None = None
    basis: Line | None = None
    note: Prose | None = None
    person: Line | None = None
    """Occupant, if the seat belongs to an organisation or a class."""
    deputy: Line | None = None
    ends_deputies: bool = False
    """Whether the present deputies end the day before, other than `deputy`."""
    deputy_from: KnownDate = None
    deputy_to: KnownDate = None
    deputy_rule: Line | None = None

    _filled = forbid_empty(gettext_noop("A seat needs a role."), "role")


class TermsDraft(Draft):
    """A version of the terms of reference of a group."""

    version: Title
    text: Prose | None = None
    from_on: DueDate = None
    """Day on which it comes into force."""
    agreed_on: FactDate = None
    review_on: DueDate = None


build_group_draft = GroupDraft.read
build_seat_draft = SeatDraft.read
build_terms_draft = TermsDraft.read
