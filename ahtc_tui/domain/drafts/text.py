"""Base class of drafts, and text types: no control characters, no surrounding whitespace, limited length."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
)

from ahtc_tui.domain.actions.filters import read_choice
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, refuse_distant_due, refuse_future_day
from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.fields.model import Column, Kind, list_columns
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.durations import read_minutes
from ahtc_tui.domain.record_names import format_field_name
from ahtc_tui.domain.text.answers import read_yes_no
from ahtc_tui.domain.text.cleaning import (
    LONGEST_LINE,
    clean_line,
    clean_text,
    describe_empty,
    describe_hidden,
    describe_long,
)
from ahtc_tui.domain.text.links import check_link
from ahtc_tui.domain.text.suggestions import propose_name


def _refuse_hidden(text: str) -> str:
    """Raise ValueError for text with a control character, or one that turns the direction of the text."""
    if fault := describe_hidden(text):
        raise ValueError(fault)
    return text


LONGEST_PROSE = 100_000
"""Characters of a text with several lines."""
Line = Annotated[
    str, StringConstraints(max_length=LONGEST_LINE), AfterValidator(_refuse_hidden), AfterValidator(clean_line)
]
Link = Annotated[Line, AfterValidator(check_link)]
"""Line that may begin with the scheme of a web page, a call or mail, and with no other scheme."""
Title = Annotated[Line, StringConstraints(min_length=1)]
Prose = Annotated[
    str, StringConstraints(max_length=LONGEST_PROSE), AfterValidator(_refuse_hidden), AfterValidator(clean_text)
]


class Draft(BaseModel):
    """Checked input. Absent fields are not written."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    typed_names: ClassVar[Mapping[str, str]] = {}
    """Shorter names that people type, with the fields they mean: "from" for `from_on`."""

    @property
    def given_fields(self) -> dict[str, object]:
        """The given fields with their values."""
        return {name: getattr(self, name) for name in self.model_fields_set}

    def drop_fields(self, names: Collection[str]) -> Self:
        """Return the draft without these fields."""
        fields = {name: value for name, value in self.given_fields.items() if name not in names}
        return self.model_construct(set(fields), **fields)

    @classmethod
    def read(cls, fields: Mapping[str, Any], today: date | None = None) -> Self:
        """Draft of typed fields; typed dates are relative to today. Raises BadInput with one sentence."""
        named = {cls.typed_names.get(name, name): value for name, value in fields.items()}
        try:
            return cls.model_validate(named, context=today)
        except ValidationError as error:
            raise build_fault_error(error, (*cls.model_fields, *cls.typed_names)) from error


def forbid_empty(sentence: str, *names: str) -> Any:
    """Validator that rejects given but empty fields with one sentence."""

    def refuse_empty(_cls: type, value: object) -> object:
        if value is None or (isinstance(value, str) and not value.strip()):
            raise ValueError(_(sentence))
        return value

    return field_validator(*names, mode="before")(classmethod(refuse_empty))


def build_text_reader(reader: Callable[[str, date], object]) -> BeforeValidator:
    """Validator that reads typed text with today's date; empty text is None, other values are kept."""

    def read_value(value: object, info: ValidationInfo[date]) -> object:
        if not isinstance(value, str):
            return value
        typed = clean_line(value)
        try:
            return reader(typed, info.context) if typed else None
        except BadInput as error:
            error.field = info.field_name or ""
            raise

    return BeforeValidator(read_value)


def build_minutes_reader(most: int) -> BeforeValidator:
    """Validator that reads a length of time ("90", "2h", "1h30") as minutes; empty text is None."""
    return build_text_reader(lambda text, _today: read_minutes(text, most))


def build_choice_validator(choices: type[StrEnum], name: str) -> BeforeValidator:
    """Validator that reads a typed member of an enum; empty text is None."""

    def read_value(value: object) -> object:
        if not isinstance(value, str) or isinstance(value, choices):
            return value
        return read_choice(value, choices, name) if value.strip() else None

    return BeforeValidator(read_value)


def _clean_date(known_date: DateAsKnown | None) -> DateAsKnown | None:
    if known_date is None:
        return None
    words = clean_line(known_date.words)
    if len(words) > 200:
        raise ValueError(_("The date is too long. Use fewer than 200 characters."))
    return replace(known_date, words=words)


def _read_flag(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    answer = read_yes_no(value) if value.strip() else False
    if answer is None:
        raise BadInput(_('{field} must be yes or no, not "{text}".').format(field=info.field_name, text=value))
    return answer


def _refuse_future(known_date: DateAsKnown | None, info: ValidationInfo[date]) -> DateAsKnown | None:
    if info.context:
        refuse_future_day(known_date, info.context)
    return known_date


def _refuse_distant(known_date: DateAsKnown | None, info: ValidationInfo[date]) -> DateAsKnown | None:
    if info.context:
        refuse_distant_due(known_date, info.context)
    return known_date


KnownDate = Annotated[DateAsKnown | None, build_text_reader(read_date), AfterValidator(_clean_date)]
DateOrWords = Annotated[DateAsKnown | None, build_text_reader(read_date_or_words), AfterValidator(_clean_date)]
FactDate = Annotated[KnownDate, AfterValidator(_refuse_future)]
"""Day of a fact, which is not in the future."""
DueDate = Annotated[KnownDate, AfterValidator(_refuse_distant)]
"""Day of a plan, which may be in the future."""
DueDateOrWords = Annotated[DateOrWords, AfterValidator(_refuse_distant)]
Flag = Annotated[bool | None, BeforeValidator(_read_flag)]
Number = build_text_reader(lambda text, _today: text)
"""Validator of optional numbers: empty text is None."""


MOST = 10**12
"""Largest number of a column."""
DraftType = TypeVar("DraftType", bound=Draft)
COLUMN_TYPES: dict[Kind, Any] = {
    Kind.LINE: Line | None,
    Kind.PROSE: Prose | None,
    Kind.DATE: DueDate,
    Kind.PAST_DATE: FactDate,
    Kind.DATE_OR_WORDS: DueDateOrWords,
    Kind.NUMBER: Annotated[int | None, Field(ge=0, le=MOST), Number],
    Kind.YES_NO: Flag,
}
"""Check of a column by what it holds."""


def with_columns(*row_types: type[Any]) -> Callable[[type[DraftType]], type[DraftType]]:
    """Return a decorator of a draft that adds the columns of row classes as fields, each with the check of its kind."""

    def add_fields(draft: type[DraftType]) -> type[DraftType]:
        added: dict[str, Any] = {
            name: (_find_column_type(stated), None) for name, stated in list_columns(*row_types).items()
        }
        return create_model(draft.__name__, __base__=draft, __module__=draft.__module__, __doc__=draft.__doc__, **added)

    return add_fields


def _find_column_type(stated: Column) -> Any:
    if stated.choices is None:
        return COLUMN_TYPES[stated.kind]
    return Annotated[stated.choices | None, build_choice_validator(stated.choices, stated.message)]


def build_fault_error(error: ValidationError, fields: Iterable[str]) -> BadInput:
    """BadInput with one sentence for the first pydantic error; `fields` are the names that a field may have."""
    fault = error.errors()[0]
    bad_input = _format_fault(fault, fields)
    bad_input.field = str(fault["loc"][0]) if fault["loc"] else ""
    return bad_input


def _format_fault(fault: Any, fields: Iterable[str]) -> BadInput:
    field = ".".join(str(part) for part in fault["loc"]) or _("the input")
    label = format_field_name(field)
    if fault["type"] == "extra_forbidden":
        return BadInput(_('There is no field "{field}".').format(field=field) + propose_name(field, fields))
    if fault["type"] in ("too_short", "string_too_short", "missing"):
        return BadInput(describe_empty(label))
    if fault["type"] == "string_too_long":
        return BadInput(describe_long(label, fault["ctx"]["max_length"]))
    if fault["type"] == "string_unicode":
        return BadInput(_("{field} contains invalid characters. Type it again.").format(field=label))
    if fault["type"] in ("int_parsing", "int_type", "int_from_float"):
        return BadInput(_('{field} must be a whole number, not "{text}".').format(field=label, text=fault["input"]))
    if fault["type"] == "greater_than_equal":
        return BadInput(_("{field} must be at least {n}.").format(field=label, n=fault["ctx"]["ge"]))
    if fault["type"] == "less_than_equal":
        return BadInput(_("{field} must be at most {n}.").format(field=label, n=fault["ctx"]["le"]))
    cause = fault.get("ctx", {}).get("error")
    sentence = _('{field} cannot be "{text}".')
    return BadInput(str(cause) if cause else sentence.format(field=label, text=fault["input"]))
