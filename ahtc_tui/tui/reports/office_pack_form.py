"""The form of an office pack: its passphrase, typed twice and not shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.passphrases import SHORTEST_PASSPHRASE, confirm_passphrase
from ahtc_tui.services.replication import office_pack
from ahtc_tui.tui.widgets.form import FormRow, FormScreen

if TYPE_CHECKING:
    from ahtc_tui.services.replication.office_pack import CreatedPack
    from ahtc_tui.tui.base.service_threads import Desk


class PackForm(FormScreen):
    """Saving writes the pack."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("A pack to take away"))
        self._desk = desk
        self.created_pack: CreatedPack | None = None
        self._first_input, self._second_input = (Input("", password=True, compact=True) for _field in range(2))

    def rows(self) -> Iterable[FormRow]:
        hint = _("{n} letters or more: tell it, never send it along").format(n=SHORTEST_PASSPHRASE)
        yield FormRow("passphrase", _("Passphrase"), self._first_input, hint)
        yield FormRow("again", _("Once more"), self._second_input)

    def values(self) -> dict[str, Any]:
        """Return nothing, so that the passphrase does not leave the form."""
        return {}

    async def accept(self, _values: dict[str, Any]) -> None:
        """Write the pack. Spaces at the ends of the passphrase count."""
        passphrase = confirm_passphrase(self._first_input.value, self._second_input.value)
        self.created_pack = await self._desk.run_long(office_pack.create_pack_in_exports, passphrase)
