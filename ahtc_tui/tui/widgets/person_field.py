"""A person of the register, or the name of a new one. Never adds anybody itself."""

from __future__ import annotations

from ahtc_tui.tui.widgets.owner_field import OwnerField


class PersonField(OwnerField):
    """Knows the reference of whoever was chosen, and takes any other name as that of somebody new."""

    @property
    def form_value(self) -> str | None:
        """The reference of whoever was chosen, else the words; None for an empty field."""
        return self.ref or self.typed_text.strip() or None

    @property
    def is_new(self) -> bool:
        """Whether the words name nobody in the register."""
        return self.ref is None and bool(self.typed_text.strip())
