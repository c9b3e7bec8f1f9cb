"""The passphrase of a file that another laptop encrypted; a wrong one keeps the form open. Kept by nobody."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.replication import merge
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import join_lines

if TYPE_CHECKING:
    from ahtc_tui.tui.base.service_threads import Desk


class PassphraseForm(FormScreen):
    """One passphrase, never shown."""

    def __init__(self, desk: Desk, path: Path) -> None:
        super().__init__(_("Passphrase of {name}").format(name=join_lines(path.name)))
        self._desk, self._path = desk, path
        self._input = Input(password=True, compact=True)

    def rows(self) -> Iterable[FormRow]:
        """The passphrase."""
        yield FormRow("passphrase", _("Passphrase"), self._input, _("as whoever made the file told it"))

    def values(self) -> dict[str, Any]:
        """As it was typed: blanks at its ends count."""
        return {"passphrase": self._input.value}

    @on(Input.Submitted)
    def _save_on_submit(self, event: Input.Submitted) -> None:
        event.prevent_default()
        event.stop()
        self.action_save()

    async def accept(self, values: dict[str, Any]) -> None:
        """It must open the file."""
        if not values["passphrase"]:
            raise BadInput(_("Type the passphrase, or esc leaves the file."))
        await self._desk.run_long(merge.check_passphrase, self._path, values["passphrase"])
