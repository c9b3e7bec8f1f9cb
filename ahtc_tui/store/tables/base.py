"""What every table shares: keys, and columns whose values the database itself checks. Definitions only.

Imported by migrations, the schema gate and the office hub; never on the way to the first screen.
"""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

KEY = sa.LargeBinary(16)
"""A UUIDv7 in 16 bytes: compact, and sortable by creation."""

KNOWN_DATE_CHECK = "date(substr({0}, 1, 10)) IS substr({0}, 1, 10) AND (length({0}) = 10 OR substr({0}, 11, 1) = ' ')"
"""A day that there is, alone or with more behind a space; nothing passes as well."""


class KnownDate(sa.types.TypeDecorator[str]):
    """A date as known, stored with the latest day first (`domain.dates.date_as_known`): text order is date order."""

    impl = sa.Text
    cache_ok = True


def define_flag(name: str) -> Any:
    """Yes or no, checked by the database; no unless said."""
    return Field(default=False, sa_type=sa.Boolean(create_constraint=True, name=name))


def define_reference(column: str, *, required: bool = False, index: bool = False) -> Any:
    """A key of another table, checked by the database."""
    default: dict[str, Any] = {} if required else {"default": None}
    return Field(**default, sa_type=KEY, foreign_key=column, index=index)


def define_party_key() -> Any:
    """The key of a record that is one kind of party: the key of its row in `parties`."""
    return Field(sa_type=KEY, foreign_key="parties.id", unique=True)


def define_known_date(*, required: bool = False) -> Any:
    """A date as known; the database checks that it begins with a day."""
    default: dict[str, Any] = {} if required else {"default": None}
    return Field(**default, sa_type=KnownDate)


def define_choice(words: type[StrEnum], name: str, default: StrEnum | None = None, *, required: bool = False) -> Any:
    """A word of a fixed list, checked by the database; the value is stored, not the name."""
    column_type = sa.Enum(
        words,
        name=name,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=24,
    )
    options: dict[str, Any] = {} if required else {"default": default}
    return Field(**options, sa_type=column_type)


class Record(SQLModel):
    """A record of the office: a local number for the search index, a key for life, and where it comes from."""

    n: int | None = Field(default=None, primary_key=True)
    id: bytes = Field(sa_type=KEY, unique=True)
    deleted: bool = define_flag("deleted")
    source: str | None = None
    """The paragraph, page or meeting that evidences the record."""
    source_notes: str | None = None
    """JSON: where single fields come from, if not from `source`."""
    note: str | None = None


def complete_metadata(metadata: sa.MetaData) -> None:
    """Give each date as known its CHECK and each default to the database; called once, when all tables are defined."""
    for table in metadata.tables.values():
        for column in table.columns:
            if column.default is not None and column.default.is_scalar:
                value = column.default.arg  # type: ignore[attr-defined]
                column.server_default = sa.DefaultClause(str(int(value)) if isinstance(value, bool) else str(value))
                column.server_default._set_parent_with_dispatch(column)
            if isinstance(column.type, KnownDate):
                constraint = sa.CheckConstraint(KNOWN_DATE_CHECK.format(column.name), name=column.name)
                table.append_constraint(constraint.ddl_if(dialect="sqlite"))
