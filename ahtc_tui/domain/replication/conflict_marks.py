"""Marks of records with concurrent values that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ahtc_tui.domain.i18n import _

CONFLICT_LETTER = "C"
"""Mark of a record with a conflict in narrow lists; their legend explains it."""


@dataclass(frozen=True, slots=True)
class ConflictMarks:
    """The fields with open conflicts, by the reference of their record; those of a part are under its record."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of fields, as `ahtc conflicts` shows them."""

    def __contains__(self, ref: object) -> bool:
        return ref in self.fields

    def __bool__(self) -> bool:
        return bool(self.fields)

    def describe(self, ref: str) -> str:
        """Return the disputed fields of a record in one sentence; empty where there is none."""
        if ref not in self.fields:
            return ""
        return _("Conflicting edits to resolve: {fields}.").format(fields=format_names(self.fields[ref]))

    def describe_all(self, refs: Iterable[str]) -> str:
        """Return the disputed fields of some records in one sentence; empty where there is none."""
        disputed = [f"{ref} {format_names(self.fields[ref])}" for ref in dict.fromkeys(refs) if ref in self.fields]
        if not disputed:
            return ""
        return _("Conflicting edits not yet resolved: {fields}.").format(fields="; ".join(disputed))

    def mark_title(self, ref: str, title: str) -> str:
        """Return the title of a record in plain lists, with the word in brackets where it has a conflict."""
        return _("[conflict] {title}").format(title=title) if ref in self.fields else title

    def mark_data(self, data: Any) -> Any:
        """Return JSON data in which every record with a reference has `conflict`."""
        if isinstance(data, dict):
            marked = {
                name: self.mark_data(value) if isinstance(value, (dict, list)) else value
                for name, value in data.items()
            }
            if isinstance(data.get("ref"), str):
                marked["conflict"] = data["ref"] in self.fields
            return marked
        return [self.mark_data(item) for item in data] if isinstance(data, list) else data


def format_names(names: Iterable[str]) -> str:
    """Return field names for people, in the language of the text."""
    from ahtc_tui.domain.record_names import format_field

    return ", ".join(map(format_field, names))
