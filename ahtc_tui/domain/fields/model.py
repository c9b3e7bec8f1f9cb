"""A field of a record, stated once: its name and label, what it holds, and the places where people meet it.

A field that rules know is a `Field` in the list of its noun (`domain/<noun>/fields`). A field that no rule knows is a
`column` of a row class, and its list has it through `build_column_fields`: table, draft, query, form, options, card,
list, workbook, import, search and the next occurrence of a repeating action follow from that one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum, StrEnum, auto
from functools import cache
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.normalization import normalize_text


@cache
def list_stated_headings(row_type: Any) -> dict[str, str]:
    """Return the columns that a file may have, by their normalized headings in both languages."""
    headings: dict[str, str] = {}
    for language in (Language.EN, Language.CY):
        with use_language(language):
            columns = list_columns_in(Place.IMPORT, row_type).items()
            headings |= {normalize_text(stated.heading): name for name, stated in columns}
    return headings


Card = TypeVar("Card")


class Kind(Enum):
    """Kind of the value of a field. It decides the control of a form and, for a column, the check, the type and the
    cell.
    """

    LINE = auto()
    PROSE = auto()
    DATE = auto()
    PAST_DATE = auto()
    """Date of a fact, which is not in the future."""
    DATE_OR_WORDS = auto()
    NUMBER = auto()
    YES_NO = auto()
    CHOICE = auto()
    """A member of the enumeration `choices`."""
    RECORD = auto()
    """Another record, chosen from `register`."""


DATE_KINDS = (Kind.DATE, Kind.PAST_DATE, Kind.DATE_OR_WORDS)


class Place(StrEnum):
    """A place where a field can be missing. History, conflicts, JSON and the archive have every field."""

    FORM = "form"
    ADD = "add"
    """An option of the verb `add`."""
    CARD = "card"
    """The card, on the screen and as printed by `show`."""
    LIST = "list"
    SORT = "sort"
    WORKBOOK = "workbook"
    """The workbook and the CSV file."""
    IMPORT = "import"
    SEARCH = "search"
    REPEAT = "repeat"
    """The next occurrence of a repeating record."""


@dataclass(frozen=True, slots=True)
class Field(Generic[Card]):
    """One field that people can change."""

    name: str
    """Name in drafts, in JSON and on the command line."""
    message: str
    """Label in English, in lower case."""
    read: Callable[[Card], object]
    """Value for people; false where it is empty."""
    kind: Kind = Kind.LINE
    choices: Iterable[LabelledEnum] | None = None
    register: str = ""
    """The records that a form offers, by a name that the form knows."""
    initial: Callable[[Card], object] | None = None
    """Value that a form starts with, where it is not the one for people."""
    hint: str = ""
    """Help beside the control, in English."""
    example: str = ""
    """Example in an empty control, in English."""
    prompt: str = ""
    """What an empty control asks for where there is no example, in English."""
    required: bool = False
    is_usual: bool = False
    """Whether a form has it in view at once: what every record of the noun needs."""
    wraps: bool = False
    """Whether its control continues a long line on up to three lines."""
    default: str = ""
    """Value of a new record in a form."""
    not_in: Mapping[Place, str] = field(default_factory=dict)
    """The reason for each place where the field is missing."""
    flag: str = ""
    """Its option on the command line, where that has another name."""
    is_known_later: bool = False
    """Whether only the form of an existing record has it."""
    is_row: bool = False
    """Whether a card shows it as a row of label and value; a card lays out the others."""

    @property
    def label(self) -> str:
        """Label in the current language, in lower case."""
        return _(self.message)

    @property
    def heading(self) -> str:
        """Label as a heading: "Waits for"."""
        return capitalise(self.label)

    @property
    def is_extra(self) -> bool:
        """Whether a form shows it only when a person asks for more, unless the record has a value of its own."""
        return not self.is_usual and (not self.required or bool(self.default))

    @property
    def option(self) -> str:
        """Name of its option on the command line: "--review-on"."""
        return self.flag or f"--{self.name.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Column:
    """A field that no rule knows, as the metadata of the attribute of a row class that holds it."""

    message: str
    """Label in English, in lower case."""
    kind: Kind = Kind.LINE
    choices: type[LabelledEnum] | None = None
    hint: str = ""
    width: int = 14
    """Cells in lists and in the workbook."""
    table: str = ""
    """Table that has it, of a noun with several."""
    not_in: Mapping[Place, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """Heading of its column in the current language."""
        return capitalise(_(self.message))


REST = {
    Place.LIST: "the list has what a record is chosen by; the card has the rest",
    Place.SEARCH: "a search reads titles and texts: the list or the card has it",
}
"""Why a place has only some fields of a noun."""


@dataclass(frozen=True, slots=True)
class Noun:
    """The fields of one kind of record, as programs read them from `ahtc --spec`."""

    name: str
    fields: tuple[Field[Any], ...]
    not_in: Mapping[Place, str] = field(default_factory=dict)
    """The reason for each place that the noun does not have."""
    places: tuple[Place, ...] = tuple(Place)
    """The places that its list covers."""
    only: Mapping[Place, frozenset[str]] = field(default_factory=dict)
    """Names of the fields that a place has, where it has few of them; `REST` has the reason for the others."""

    def list_missing(self, stated: Field[Any]) -> dict[Place, str]:
        """Return the places where a field is missing, with the reasons."""
        rest = {place: REST[place] for place, names in self.only.items() if stated.name not in names}
        reasons = {**rest, **self.not_in, **stated.not_in}
        return {place: reasons[place] for place in self.places if place in reasons}


_METADATA_KEY = "column"


def column(message: str, kind: Kind = Kind.LINE, **options: Any) -> Mapping[str, Column]:
    """Return the metadata of an attribute of a row class that is a column; `options` as in `Column`.

    `budget_code: str | None = field(default=None, metadata=column(gettext_noop("budget code")))`
    """
    return {_METADATA_KEY: Column(message, kind, **options)}


def list_columns(*row_types: type[Any], table: str = "") -> Mapping[str, Column]:
    """Return the columns of row classes by name, in their order; only the columns of `table` if it is given."""
    return {
        attribute.name: stated
        for row_type in row_types
        for attribute in fields(row_type)
        if (stated := attribute.metadata.get(_METADATA_KEY)) and table in ("", stated.table)
    }


def build_column_fields(
    row_type: type[Any],
    get_row: Callable[[Card], object],
    table: str = "",
    not_in: Mapping[Place, str] | None = None,
) -> Iterator[Field[Card]]:
    """Yield the field of each column of a row class, or of one table of it; `get_row` finds the row in a card.

    `not_in` has the places that no column of the noun can have.
    """
    for name, stated in list_columns(row_type, table=table).items():
        yield Field(
            name,
            stated.message,
            _build_reader(name, get_row),
            stated.kind,
            choices=stated.choices,
            hint=stated.hint,
            not_in={**(not_in or {}), **stated.not_in},
            is_row=True,
        )


def _build_reader(name: str, get_row: Callable[[Card], object]) -> Callable[[Card], object]:
    read = attrgetter(name)
    return lambda card: read(get_row(card))


def list_columns_in(place: Place, *row_types: type[Any]) -> dict[str, Column]:
    """Return the columns of row classes that a place has, by name."""
    return {name: stated for name, stated in list_columns(*row_types).items() if place not in stated.not_in}


def read_column(row: object, name: str) -> object:
    """Return the value of a column of a row."""
    return attrgetter(name)(row)


def list_names(field_list: Iterable[Field[Any]], place: Place) -> tuple[str, ...]:
    """Return the names of the fields that a place has."""
    return tuple(stated.name for stated in field_list if place not in stated.not_in)


def list_choices_by_field(field_list: Iterable[Field[Any]]) -> dict[str, Iterable[LabelledEnum]]:
    """Return the choices of each field by its name; none for a field without choices."""
    return {stated.name: stated.choices or () for stated in field_list}


def format_value(value: object) -> str:
    """Return a value as people read it: the label of a choice, yes or no; empty for none."""
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    return value.label if isinstance(value, LabelledEnum) else str(value)


class CardRow(NamedTuple):
    """A label with one value or several."""

    label: str
    values: tuple[str, ...]


def build_row(label: str, *values: object) -> CardRow:
    """Return the row of a label and its values; empty ones are left out."""
    return CardRow(label, tuple(text for value in values if (text := format_value(value))))


def build_plain_rows(fields: Iterable[Field[Card]], card: Card) -> Iterator[CardRow]:
    """Yield the rows of the fields that no card lays out."""
    return (build_row(field.heading, field.read(card)) for field in fields if field.is_row)
