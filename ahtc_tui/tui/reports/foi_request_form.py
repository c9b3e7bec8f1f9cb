"""The form of a freedom of information request."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.foi_requests import RequestAnswer, compute_request_due
from ahtc_tui.services.privacy import foi_requests
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen

if TYPE_CHECKING:
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.tui.base.service_threads import Desk


def format_answer_day(received: DateAsKnown) -> str:
    """Return the statutory deadline of a request received on a day, or why there is none."""
    try:
        return _("answer by {day}").format(day=format_long_date(compute_request_due(received.latest)))
    except BadInput as error:
        return str(error)


class RequestForm(FormScreen):
    """Search words and date of receipt. Writes the matching records as an archive."""

    save_label = _("write the archive")

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Freedom of information: what is held on a subject"))
        self._desk = desk
        self.answer: RequestAnswer | None = None

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("words", _("Asked for"), Input("", _("all of these words must be there"), compact=True))
        reader = partial(read_date, today=self._desk.today)
        yield FormRow("received", _("Request came"), DateField(reader, "today", doubt=format_answer_day))

    async def accept(self, values: dict[str, Any]) -> None:
        if not values["words"]:
            sentence = _("Say what is asked for.")
            self.show_error(sentence, "words")
            raise BadInput(sentence)
        received = values["received"].latest if values["received"] else None
        self.answer = await self._desk.run_long(foi_requests.answer_request_to_folder, values["words"], received)
