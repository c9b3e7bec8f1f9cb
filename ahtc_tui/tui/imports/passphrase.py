"""Form for the passphrase of an encrypted file; it is not stored."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.replication import merge
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import join_lines


class PassphraseForm(FormScreen):
    """The passphrase; a wrong one keeps the form open."""

    saves_on_enter = True

    def __init__(self, desk: Desk, path: Path) -> None:
        super().__init__(_("Passphrase of {name}").format(name=join_lines(path.name)))
        self._desk, self._path = desk, path
        self._input = Input(password=True, compact=True)

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("passphrase", _("Passphrase"), self._input, _("as given by the author of the file"))

    def values(self) -> dict[str, Any]:
        """Return the passphrase as typed, with surrounding spaces."""
        return {"passphrase": self._input.value}

    async def accept(self, values: dict[str, Any]) -> None:
        """Raise an error unless the passphrase opens the file."""
        if not values["passphrase"]:
            raise BadInput(_("Type the passphrase, or press esc to leave."))
        await self._desk.run_long(merge.check_passphrase, self._path, values["passphrase"])
