"""An area, its kind, and its names over time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum


class AreaKind(LabelledEnum):
    """Kind of area, in the order of lists. A region has a forum; it is not the area of a police force."""

    COUNTRY = "country", gettext_noop("Country")
    REGION = "region", gettext_noop("Region"), "forum-area"
    FORCE = "force", gettext_noop("Force")
    HEALTH_BOARD = "health board", gettext_noop("Health board"), "health-board"
    LOCAL_AUTHORITY = "local authority", gettext_noop("Local authority"), "local-authority"
    OTHER = "other", gettext_noop("Other"), "place"


class StoredAreaKind(StrEnum):
    """Kind of area as the database and the journal have it, in the same order."""

    NATION = "nation"
    MULTI_NATION = "multi-nation"
    FORUM_AREA = "forum-area"
    FORCE = "force"
    HEALTH_BOARD = "health-board"
    LOCAL_AUTHORITY = "local-authority"
    PLACE = "place"


STORED_KINDS = {
    AreaKind.COUNTRY: StoredAreaKind.NATION,
    AreaKind.REGION: StoredAreaKind.FORUM_AREA,
    AreaKind.FORCE: StoredAreaKind.FORCE,
    AreaKind.HEALTH_BOARD: StoredAreaKind.HEALTH_BOARD,
    AreaKind.LOCAL_AUTHORITY: StoredAreaKind.LOCAL_AUTHORITY,
    AreaKind.OTHER: StoredAreaKind.PLACE,
}
"""How each kind is stored; "multi-nation" is read as a country as well."""
KINDS = {stored: kind for kind, stored in STORED_KINDS.items()} | {StoredAreaKind.MULTI_NATION: AreaKind.COUNTRY}


@dataclass(frozen=True, slots=True)
class AreaName:
    """A name of an area with its period."""

    name: str
    name_cy: str | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area, under its name on the day of the workspace."""

    key: RowKey
    ref: str
    name: str
    """The name in the language of the list."""
    name_en: str
    name_cy: str | None
    kind: AreaKind
    part_of: str | None
    """Reference of the area that it is a part of."""
    part_of_name: str | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    note: str | None
    names: tuple[AreaName, ...] = field(default=())
    """All names that have a period, the earliest first; empty where there is one name for ever."""

    def exists_on(self, day: date) -> bool:
        """Return whether the area exists on a day."""
        return Period(self.from_on, self.to_on).includes(day)
