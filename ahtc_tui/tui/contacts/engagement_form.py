"""Form to log a contact: with whom, about what, and a follow-up action. Two fields are enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from ahtc_tui.domain.contacts.engagement import EngagementKind
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.contacts import engagement
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.select import build_select

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.engagement import EngagementRow
    from ahtc_tui.tui.base.service_threads import Desk

KINDS = [(kind.label, kind.value) for kind in EngagementKind]
EXTRA_CONTACTS = ("also", "third")
"""Other parties of the same contact."""


class EngagementForm(FormScreen):
    """Form for a call, visit, training, meeting or mail with one or several parties."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "follow_up", _("Follow-up action"), id="engage.follow", priority=True)
    ]

    def __init__(
        self, desk: Desk, people: Sequence[Candidate], owners: Sequence[Candidate], refs: Sequence[str]
    ) -> None:
        super().__init__(_("Log a contact"))
        self._desk, self._people, self._owners = desk, people, owners
        self._refs = [*refs, "", "", ""]
        self._more = refs[3:]
        self.written: EngagementRow | None = None

    def rows(self) -> Iterable[FormRow]:
        reader = partial(read_date, today=self._desk.today)
        first = _("and {n} more marked contacts").format(n=len(self._more)) if self._more else ""
        yield FormRow("who", _("With"), OwnerField(self._people, self._refs[0] or None), first)
        yield FormRow("also", _("and"), OwnerField(self._people, self._refs[1] or None))
        yield FormRow("third", _("and"), OwnerField(self._people, self._refs[2] or None))
        self._subject = Input("", _("what it was about"), compact=True)
        yield FormRow("subject", _("Subject"), self._subject)
        yield FormRow("kind", _("Kind"), build_select(KINDS, EngagementKind.CALL.value, blank=False))
        yield FormRow("on", _("On"), DateField(reader, "", _("today")))
        yield FormRow("note", _("Note"), Input("", compact=True))
        self._follow_up = Input("", _("f2: follow-up action with the same text"), compact=True)
        yield FormRow("follow_up", _("Action"), self._follow_up)
        yield FormRow("due", _("Due"), Input("", _("of the action: end nov, 2w"), compact=True))
        yield FormRow("lead", _("Lead"), OwnerField(self._owners, None))

    def on_mount(self) -> None:
        super().on_mount()
        if self._refs[0]:
            self._subject.focus()

    def action_follow_up(self) -> None:
        """Copy the subject to the title of the follow-up action."""
        if not self._follow_up.value:
            self._follow_up.value = self._subject.value
        self._follow_up.focus()

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.engagement import build_engagement_draft

        contacts = [values.pop(name) for name in ("who", *EXTRA_CONTACTS)]
        for name, sentence in (("subject", _("What was it about?")), ("who", _("Enter a name."))):
            if not (values.get(name) or any(contacts)) if name == "who" else not values[name]:
                self.show_error(sentence, name)
                raise BadInput(sentence)
        draft = build_engagement_draft({name: value for name, value in values.items() if value}, self._desk.today)
        named = [ref for ref in (*contacts, *self._more) if ref]
        self.written = await self._desk.run(engagement.add_engagement, named, draft)


def format_engagement(row: EngagementRow) -> str:
    """Return the confirmation of a logged contact."""
    follows = _(", {ref} follows").format(ref=row.follow_up) if row.follow_up else ""
    return _("{ref}: {kind} with {who}{follows}").format(
        ref=row.ref, kind=row.kind, who=join_lines(", ".join(row.who)), follows=follows
    )
