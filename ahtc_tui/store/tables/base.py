"""What all tables share: keys, and columns with constraints.

Imported by migrations, tests and the hub, never before the first screen.
"""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from ahtc_tui.domain.fields.model import Column, Kind, list_columns

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

KEY = sa.LargeBinary(16)
"""A UUIDv7, 16 bytes."""
HASH = sa.LargeBinary()
"""A salt or a hash of the journal."""

KNOWN_DATE_CHECK = "date(substr({0}, 1, 10)) IS substr({0}, 1, 10) AND (length({0}) = 10 OR substr({0}, 11, 1) = ' ')"
"""Requires a valid day, alone or followed by a space and more; NULL passes."""


class KnownDate(sa.types.TypeDecorator[str]):
    """A date as known, stored with its latest day first (`domain.dates.date_as_known`), so that text order is date
    order.
    """

    impl = sa.Text
    cache_ok = True


def define_flag(name: str) -> Any:
    """Define a boolean column with a CHECK; False by default."""
    return Field(default=False, sa_type=sa.Boolean(create_constraint=True, name=name))


def define_reference(column: str, *, required: bool = False, index: bool = False) -> Any:
    """Define a foreign key."""
    default: dict[str, Any] = {} if required else {"default": None}
    return Field(**default, sa_type=KEY, foreign_key=column, index=index)


def define_party_key() -> Any:
    """Define the key of a kind of party, which is that of its row in `parties`."""
    return Field(sa_type=KEY, foreign_key="parties.id", unique=True)


def define_known_date(*, required: bool = False) -> Any:
    """Define a date as known; `complete_metadata` adds its CHECK."""
    default: dict[str, Any] = {} if required else {"default": None}
    return Field(**default, sa_type=KnownDate)


def define_choice(words: type[StrEnum], name: str, default: StrEnum | None = None, *, required: bool = False) -> Any:
    """Define a column with the values of an enum and a CHECK."""
    options: dict[str, Any] = {} if required else {"default": default}
    return Field(**options, sa_type=build_choice_type(words, name))


def build_choice_type(words: type[StrEnum], name: str) -> Any:
    """Return the type of a column with the values of an enum and a CHECK."""
    return sa.Enum(
        words,
        name=name,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=24,
    )


def define_columns(*row_types: type[Any], table: str = "") -> tuple[sa.Column[Any], ...]:
    """Define the columns that row classes state, for `__table_args__`; those of one table of several if it is given."""
    return tuple(
        sa.Column(name, _find_column_type(name, stated))
        for name, stated in list_columns(*row_types, table=table).items()
    )


def _find_column_type(name: str, stated: Column) -> Any:
    if stated.choices is not None:
        return build_choice_type(stated.choices, name)
    match stated.kind:
        case Kind.DATE | Kind.PAST_DATE | Kind.DATE_OR_WORDS:
            return KnownDate()
        case Kind.NUMBER:
            return sa.Integer()
        case Kind.YES_NO:
            return sa.Boolean(create_constraint=True, name=name)
        case _:
            return sa.String()


class Record(SQLModel):
    """What every record has: a local number for the search index, a permanent key, and its source."""

    n: int | None = Field(default=None, primary_key=True)
    id: bytes = Field(sa_type=KEY, unique=True)
    deleted: bool = define_flag("deleted")
    source: str | None = None
    """The paragraph, page or meeting that evidences the record."""
    source_notes: str | None = None
    """JSON: the sources of single fields that differ from `source`."""
    note: str | None = None


def complete_metadata(metadata: sa.MetaData) -> None:
    """Add the CHECK of each date as known and the server defaults, once all tables are defined."""
    for table in metadata.tables.values():
        for column in table.columns:
            if column.default is not None and column.default.is_scalar:
                value = column.default.arg  # type: ignore[attr-defined]
                column.server_default = sa.DefaultClause(str(int(value)) if isinstance(value, bool) else str(value))
                column.server_default._set_parent_with_dispatch(column)
            if isinstance(column.type, KnownDate):
                constraint = sa.CheckConstraint(KNOWN_DATE_CHECK.format(column.name), name=column.name)
                table.append_constraint(constraint.ddl_if(dialect="sqlite"))
