"""One thing that a row of a file says of an action. Definitions only."""

from __future__ import annotations

import dataclasses

NEW_PREFIX = "new:"
"""Before a name that nobody in the register has: taking it makes a post to be confirmed."""


@dataclasses.dataclass(slots=True)
class Claim:
    """One thing that a row says."""

    field: str
    """As the plan calls it: "due", "due_text", "status_from_colour"."""
    address: str
    theirs: str | None
    """As it was written, or as a person would say it."""
    values: dict[str, str | None] = dataclasses.field(default_factory=dict)
    """Field to value, as they are compared; nothing where there is nothing to take."""
    reason: str = ""
    """Why a person must look at it; empty where the cell says it clearly."""
    proposed: str | None = None
    is_partial: bool = False
    """Taking it would leave something out that the cell says."""

    @property
    def target(self) -> str:
        """The field of the action that it is about."""
        return next(iter(self.values), TARGET_FIELDS.get(self.field, self.field))


TARGET_FIELDS = {
    "due_text": "due",
    "leads": "lead",
    "lead_text": "lead",
    "status_from_colour": "status",
    "sheet_conflict": "status",
    "status_from_sheet": "status",
    "struck": "status",
    "missing": "status",
    "progress": "update",
}
"""What a question is about where nothing can be taken as it stands."""


def join_names(names: list[str]) -> str | None:
    """Names as they are compared: each once, in one order."""
    return "; ".join(sorted(dict.fromkeys(name for name in names if name))) or None
