"""Forms of the mode Reports: freedom of information request and office pack."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from textual.widgets import Input

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, format_long_date
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.privacy.foi_requests import RequestAnswer, compute_request_due
from ahtc_tui.domain.privacy.passphrases import SHORTEST_PASSPHRASE, confirm_passphrase
from ahtc_tui.services.privacy import foi_requests
from ahtc_tui.services.replication import office_pack
from ahtc_tui.services.replication.office_pack import CreatedPack
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen


def format_answer_day(received: DateAsKnown) -> str:
    """Return the statutory deadline of a request received on a day, or why there is none."""
    try:
        return _("answer by {day}").format(day=format_long_date(compute_request_due(received.latest)))
    except BadInput as error:
        return str(error)


class RequestForm(FormScreen):
    """Search words and date of receipt. Writes the matching records as an archive."""

    save_label = gettext_noop("save the archive")

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Freedom of information request"))
        self._desk = desk
        self.answer: RequestAnswer | None = None

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("words", _("Request"), Input("", _("all of these words"), compact=True))
        reader = partial(read_date, today=self._desk.today)
        yield FormRow("received", _("Received on"), DateField(reader, _("today"), doubt=format_answer_day))

    async def accept(self, values: dict[str, Any]) -> None:
        if not values["words"]:
            sentence = _("Enter the words of the request.")
            self.show_error(sentence, "words")
            raise BadInput(sentence)
        received = values["received"].latest if values["received"] else None
        self.answer = await self._desk.run_long(foi_requests.answer_request_to_folder, values["words"], received)


class PackForm(FormScreen):
    """Saving writes the pack."""

    save_label = gettext_noop("save the pack")

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Office pack"))
        self._desk = desk
        self.created_pack: CreatedPack | None = None
        self._first_input, self._second_input = (Input("", password=True, compact=True) for _field in range(2))

    def rows(self) -> Iterable[FormRow]:
        hint = _("at least {n} characters; never send it with the pack").format(n=SHORTEST_PASSPHRASE)
        yield FormRow("passphrase", _("Passphrase"), self._first_input, hint)
        yield FormRow("again", _("Repeat passphrase"), self._second_input)

    def values(self) -> dict[str, Any]:
        """Return nothing, so that the passphrase does not leave the form."""
        return {}

    async def accept(self, _values: dict[str, Any]) -> None:
        """Write the pack. Spaces at the ends of the passphrase count."""
        passphrase = confirm_passphrase(self._first_input.value, self._second_input.value)
        self.created_pack = await self._desk.run_long(office_pack.create_pack_in_exports, passphrase)
