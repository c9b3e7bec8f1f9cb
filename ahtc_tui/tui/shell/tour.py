"""The tour: six steps through the modes, each with a text below the screen that it is about."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.confirm import Dialog
from ahtc_tui.tui.widgets.plain import Plain

STEPS = (
    (
        "today",
        gettext_noop(
            "Today shows late and due work, the next meetings and the people to chase. The keys in the last line "
            "work on the selected row. Press enter to open it."
        ),
    ),
    (
        "actions",
        gettext_noop(
            "Press / to filter as you type, by a word or a lead. Press n to add an action, e to edit it, U to add an "
            "update and d to close it as done."
        ),
    ),
    (
        "meetings",
        gettext_noop(
            "Press a to open the agenda, . and p to save the meeting pack, and m for the live minutes, saved line by "
            "line."
        ),
    ),
    (
        "contacts",
        gettext_noop(
            "A post is not a person. Press . and a to appoint a new holder. Open work, seats and invitations follow "
            "the post."
        ),
    ),
    (
        "reports",
        gettext_noop(
            "Each line saves a document or a workbook. Press . and O to open it, and i to import returns, logs and "
            "calendars. Every change is shown before it is saved."
        ),
    ),
    (
        "today",
        gettext_noop(
            "Press u to undo the last change. Press . for the menu of the screen, ctrl+p to find any record or "
            "command, ? for the keys, and 1 to 8 to change the mode."
        ),
    ),
)
"""Mode and text of each step."""
NEXT, BACK, END = "next", "back", "end"


class TourStep(Dialog[str]):
    """The text of one step; dismisses with where to go."""

    DEFAULT_CSS = """
    TourStep {
        align: center bottom;
        background: $background 0%;

        & > Vertical { max-width: 92; margin-bottom: 1; background: $panel; }
        & Plain { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,space", "go('next')", gettext_noop("Next"), id="tour.next"),
        Binding("left", "go('back')", gettext_noop("Back"), id="tour.back"),
        Binding("escape,q,ctrl+g", "go('end')", gettext_noop("End the tour"), id="tour.end"),
    ]

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        count = _("Step {n} of {all}").format(n=self._number + 1, all=len(STEPS))
        with Vertical():
            yield Plain("   ".join((count, _(STEPS[self._number][1]))))
            yield Plain(_("enter next   ← back   esc end the tour"), classes="keys")

    def action_go(self, where: str) -> None:
        """Dismiss with where to go."""
        self.dismiss(where)


async def run_tour(app: DeskApp) -> None:
    """Show the steps one after the other, each over its mode."""
    number = 0
    while number < len(STEPS):
        app.switch_mode(STEPS[number][0])
        answer = await app.push_screen_wait(TourStep(number))
        if answer == END:
            return
        number = max(0, number + (1 if answer == NEXT else -1))
