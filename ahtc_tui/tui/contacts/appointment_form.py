"""Form to appoint a holder of a post, and the dialog with what the former holder leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.contacts import appointments
from ahtc_tui.tui.contacts.erased_person_confirm import ErasedPersonConfirm
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, PersonField
from ahtc_tui.tui.widgets.plain import Plain, join_lines
from ahtc_tui.tui.widgets.select import build_select

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.post_holders import AppointmentReport
    from ahtc_tui.tui.base.service_threads import Desk


class AppointmentForm(FormScreen):
    """Form to appoint a holder from a day."""

    def __init__(self, desk: Desk, people: Sequence[Candidate], ref: str, name: str, holder: str | None) -> None:
        super().__init__(_("New holder: {post}").format(post=join_lines(name)))
        self._desk, self._people, self._ref, self._holder = desk, people, ref, holder
        self.result: AppointmentReport | None = None
        self._erased_confirm = ErasedPersonConfirm(self)

    def rows(self) -> Iterable[FormRow]:
        reader = partial(read_date, today=self._desk.today)
        before = _("now {name}").format(name=join_lines(self._holder)) if self._holder else _("no known holder")
        self._person = PersonField(self._people, None, before)
        yield FormRow("person", _("Person"), self._person, _("a name that is not in the register is added"))
        yield FormRow("from_on", _("From"), DateField(reader, "", _("today")))
        yield FormRow("to_on", _("Until"), DateField(reader, "", _("not known")))
        how = [(_("holds the post"), "holds"), (_("acting: the holder keeps the post"), "acting")]
        yield FormRow("how", _("How"), build_select(how, "holds", blank=False))

    async def accept(self, values: dict[str, Any]) -> None:
        if not values["person"]:
            self.show_error(_("Enter the name of the person."), "person")
            raise BadInput(_("Enter the name of the person."))
        first = values["from_on"] or DateAsKnown(self._desk.today)
        appointment = appointments.Appointment(first, values["to_on"], values["how"] == "acting")
        create_person = self._person.is_new
        with self._erased_confirm.check_name(values["person"]) as allow_erased:
            self.result = await self._desk.run(
                appointments.appoint_holder,
                values["person"],
                self._ref,
                appointment,
                create_person=create_person,
                allow_erased=allow_erased,
            )


class OpenPointsDialog(ModalScreen[None]):
    """Dialog with actions and seats that the former holder has in person; nothing is changed."""

    DEFAULT_CSS = """
    OpenPointsDialog {
        align: center middle;
        background: $background 60%;

        & > Vertical { width: 80%; max-width: 84; height: auto; padding: 1 2; background: $surface; }
        & > Vertical { border-left: outer $accent; }
        & .title { text-style: bold; margin-bottom: 1; }
        & .keys { margin-top: 1; color: $foreground-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "dismiss(None)", _("Close"), id="decide.close")
    ]

    def __init__(self, passing: AppointmentReport) -> None:
        super().__init__()
        self._passing = passing

    def compose(self) -> ComposeResult:
        former = ", ".join(self._passing.former)
        with Vertical():
            yield Plain(_("To decide: {name} in person").format(name=former), classes="title")
            for question in self._passing.questions:
                yield Plain(question)
            yield Plain(_("enter closes   nothing of it was moved"), classes="keys")
