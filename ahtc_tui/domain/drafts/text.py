"""Base class of drafts, and text types: no control characters, no surrounding whitespace, limited length."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import clean_line, clean_text

Line = Annotated[str, StringConstraints(max_length=1000), AfterValidator(clean_line)]
Title = Annotated[Line, StringConstraints(min_length=1)]
Prose = Annotated[str, StringConstraints(max_length=100_000), AfterValidator(clean_text)]


YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False, "": False}


class Draft(BaseModel):
    """Checked input. Absent fields are not written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @property
    def given_fields(self) -> dict[str, object]:
        """The given fields with their values."""
        return {name: getattr(self, name) for name in self.model_fields_set}


Kind = TypeVar("Kind", bound=Draft)


def forbid_empty(sentence: str, *names: str) -> Any:
    """Validator that rejects given but empty fields with one sentence."""

    def refuse_empty(_cls: type, value: object) -> object:
        if not value or not str(value).strip():
            raise ValueError(_(sentence))
        return value

    return field_validator(*names, mode="before")(classmethod(refuse_empty))


def validate_draft(draft_type: type[Kind], fields: Mapping[str, Any]) -> Kind:
    """Draft of the given type. Raises BadInput with one sentence."""
    try:
        return draft_type.model_validate(dict(fields))
    except ValidationError as error:
        raise build_fault_error(error) from error


def read_date_fields(
    fields: Mapping[str, Any], today: date, *names: str, loose: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Fields with typed dates read as dates; `loose` ones may be words. Empty text becomes None."""
    from ahtc_tui.domain.dates.parser import read_date, read_date_or_words

    values = dict(fields)
    for name in (*names, *loose):
        if isinstance(values.get(name), str):
            typed = clean_line(values[name])
            reader = read_date_or_words if name in loose else read_date
            values[name] = reader(typed, today) if typed else None
    return values


def read_yes_or_no(field: str, text: str) -> bool:
    """Read a typed yes or no. Raises BadInput."""
    if text.strip().lower() not in YES_OR_NO:
        raise BadInput(_('{field} is yes or no, not "{text}".').format(field=field, text=text))
    return YES_OR_NO[text.strip().lower()]


def build_fault_error(error: ValidationError) -> BadInput:
    """BadInput with one sentence for the first pydantic error."""
    fault = error.errors()[0]
    field = ".".join(str(part) for part in fault["loc"]) or _("the input")
    if fault["type"] == "extra_forbidden":
        return BadInput(_('There is no field "{field}".').format(field=field))
    if fault["type"] in ("too_short", "string_too_short", "missing"):
        return BadInput(_("{field} may not be empty.").format(field=field.capitalize()))
    if fault["type"] == "string_too_long":
        return BadInput(_("{field} is too long: {reason}.").format(field=field.capitalize(), reason=fault["msg"]))
    if fault["type"] == "string_unicode":
        return BadInput(_("{field} contains invalid characters: type it again.").format(field=field.capitalize()))
    if fault["type"] in ("int_parsing", "int_type", "int_from_float"):
        return BadInput(
            _('{field} is a whole number, not "{text}".').format(field=field.capitalize(), text=fault["input"])
        )
    if fault["type"] == "greater_than_equal":
        return BadInput(_("{field} is at least {n}.").format(field=field.capitalize(), n=fault["ctx"]["ge"]))
    if fault["type"] == "less_than_equal":
        return BadInput(_("{field} is at most {n}.").format(field=field.capitalize(), n=fault["ctx"]["le"]))
    cause = fault.get("ctx", {}).get("error")
    return BadInput(str(cause) if cause else f"{field}: {fault['msg']}")
