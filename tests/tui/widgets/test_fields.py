"""Fields, filter bar, detail pane, questions and forms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, read_iso_date
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, show_toast
from ahtc_tui.tui.widgets.date_field import DateField, format_date
from ahtc_tui.tui.widgets.detail_pane import Card, Fact, Gap, Heading, Line, Para, Title
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerDropdown, OwnerField, score_match
from ahtc_tui.tui.widgets.plain import Plain, PlainLabel
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource
from tests.tui.conftest import OpenDesk

PEOPLE = (
    Candidate("Jeff Farrar", "P-1"),
    Candidate("Siân Ŵyn", "P-2"),
    Candidate("South Wales Police", "O-1", aliases=("SWP",)),
    Candidate("[/x] Ltd", "O-2"),
)


def plain_text(widget: Plain | PlainLabel) -> str:
    return widget.visual.plain  # type: ignore[attr-defined, no-any-return]


def test_name_matches_any_word_without_accents() -> None:
    def find_refs(query: str) -> list[str]:
        return [person.ref for person in PEOPLE if score_match(query, person)]

    assert find_refs("sian") == ["P-2"]
    assert find_refs("wyn") == ["P-2"]
    assert find_refs("ŵyn siân") == ["P-2"]
    assert find_refs("jeff") == ["P-1"]
    assert find_refs("arrar") == []
    assert find_refs("swp") == ["O-1"]
    assert score_match("swp", Candidate("South Wales Police", "O-1")) == 0


def test_a_date_is_shown_with_its_weekday_or_in_its_words() -> None:
    assert format_date(read_iso_date("2013-11-29")) == "Friday 29 November 2013"
    assert format_date(read_iso_date("2013-11")) == "November 2013, by Sat 30 November 2013"
    assert format_date(DateAsKnown(date(9999, 12, 31), Precision.WORDS, "ASAP")) == "ASAP"


class ActionForm(FormScreen):
    def __init__(self) -> None:
        super().__init__("Action [/x]")

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("title", "Title", Input(compact=True))
        yield FormRow("owner", "Lead", OwnerField(PEOPLE), hint="who answers for it")
        yield FormRow("due", "Due", DateField(read_iso_date))
        yield FormRow("status", "Status", Select([("planned", "planned")], compact=True))
        for number in range(8):
            yield FormRow(f"note{number}", "Note", Input(compact=True))
        yield FormRow("detail", "Detail", TextArea(compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        if values["title"] == "twice":
            raise Refused("An action of that name is open already.")


class Office(App[None]):
    answer: Any = "not yet"

    def open_screen(self, screen: Any) -> None:
        self.push_screen(screen, lambda answer: setattr(self, "answer", answer))


async def wait_until_idle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_dropdown_fits_into_form_at_80x24() -> None:
    app = Office()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_screen(ActionForm())
        await pilot.pause()
        await pilot.press("tab", *"wyn")
        await pilot.pause()
        dropdown, field = app.screen.query_one(OwnerDropdown), app.screen.query_one(OwnerField)
        assert dropdown.display
        assert app.screen.region.contains_region(dropdown.region)
        assert dropdown.region.height == 1
        assert not dropdown.region.overlaps(field.region)
        await pilot.press("enter")
        await pilot.pause()
        assert field.ref == "P-2"
        assert not dropdown.display


async def test_empty_date_has_an_example_that_the_field_can_hold() -> None:
    class DateFields(App[None]):
        def compose(self) -> ComposeResult:
            yield DateField(read_iso_date)
            yield DateField(read_iso_date, is_past=True)

    app = DateFields()
    async with app.run_test():
        examples = [plain_text(field.meaning) for field in app.query(DateField)]
    assert examples == ["for example 2w, 10 dec", "for example 24/11/13"]


async def test_date_is_explained_and_invalid_date_keeps_form_open() -> None:
    app = Office()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_screen(ActionForm())
        await pilot.pause()
        form = app.screen
        assert isinstance(form, ActionForm)
        due = form.query_one(DateField)
        due.input.focus()
        await pilot.press(*"2013-11-29")
        await pilot.pause()
        assert plain_text(due.meaning) == "Friday 29 November 2013"
        assert due.form_value == read_iso_date("2013-11-29")
        await pilot.press("x", "ctrl+s")
        await wait_until_idle(pilot)
        with pytest.raises(BadInput):
            _ = due.form_value
        assert '"2013-11-29x" is not a date' in form.error_text
        assert form.focused is due.input


@pytest.mark.long
async def test_form_stays_open_on_error_and_returns_values() -> None:
    app = Office()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_screen(ActionForm())
        await pilot.pause()
        form = app.screen
        assert isinstance(form, ActionForm)
        await pilot.press(*"twice", "ctrl+s")
        await wait_until_idle(pilot)
        assert form.error_text == "An action of that name is open already."
        assert app.screen is form
        form.query_one(Input).value = "once"
        await pilot.press("shift+tab", *"last")
        await pilot.pause()
        assert form.region.contains_region(form.query_one(TextArea).region)
        assert form.region.contains_region(form.query_one("#form-keys").region)
        await pilot.press("ctrl+s")
        await wait_until_idle(pilot)
        answer = app.answer
        assert (answer["title"], answer["owner"], answer["status"], answer["detail"]) == ("once", None, None, "last")


@pytest.mark.long
async def test_leaving_form_asks_only_with_changes() -> None:
    app = Office()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_screen(ActionForm())
        await pilot.pause()
        await pilot.press(*"draft", "ctrl+g")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        await pilot.press("enter")
        await wait_until_idle(pilot)
        assert isinstance(app.screen, ActionForm)
        await pilot.press(*["backspace"] * 5, "escape")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.answer is None


async def test_owner_field_shows_markup_and_clears_edited_name() -> None:
    class Choosing(App[None]):
        def compose(self) -> ComposeResult:
            yield Plain("\n" * 21)
            yield OwnerField(PEOPLE)

    app = Choosing()
    async with app.run_test(size=(80, 24)) as pilot:
        field, dropdown = app.query_one(OwnerField), app.query_one(OwnerDropdown)
        field.input.focus()
        await pilot.press(*"ltd")
        await pilot.pause()
        assert dropdown.display
        assert app.screen.region.contains_region(dropdown.region)
        assert not dropdown.region.overlaps(field.region)
        await pilot.press("enter")
        assert (field.ref, field.typed_text) == ("O-2", "[/x] Ltd")
        await pilot.press("backspace")
        await pilot.pause()
        assert field.ref is None


async def test_confirm_is_answered_with_one_key() -> None:
    app = Office()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        for key, answer in [("y", True), ("n", False), ("enter", True), ("escape", False)]:
            app.open_screen(Confirm("Close [/x]?"))
            await pilot.pause()
            await pilot.press(key)
            await pilot.pause()
            assert app.answer is answer
        show_toast(app, "Closed [/x]\x1b[2J.")
        await pilot.pause()
        assert [toast.message for toast in app._notifications] == ["Closed [/x][2J.   press u to undo"]


async def test_filter_posts_every_change_and_returns_focus() -> None:
    class Filtered(App[None]):
        texts: list[str]

        def compose(self) -> ComposeResult:
            self.texts = []
            yield FilterBar()
            yield RecordList[str]([Column("Name", None, str)], ListSource(["a", "b"]))

        def on_filter_bar_changed(self, message: FilterBar.Changed) -> None:
            self.texts.append(message.text)

        def key_slash(self) -> None:
            self.query_one(FilterBar).open()

    app = Filtered()
    async with app.run_test(size=(80, 24)) as pilot:
        bar, names = app.query_one(FilterBar), app.query_one(RecordList)
        names.focus()
        await pilot.pause()
        assert not bar.input.display
        bar.set_status(12, "by due ↓")
        await pilot.press("slash", *"[/", "enter")
        await pilot.pause()
        assert app.texts == ["[", "[/"]
        assert app.focused is names
        assert (bar.text, plain_text(bar.words)) == ("[/", "[/")
        assert plain_text(bar.status) == "12   by due ↓"
        await pilot.press("slash", "a", "escape")
        await pilot.pause()
        assert (bar.text, app.texts[-1]) == ("", "")
        assert app.focused is names


async def test_card_wraps_values_and_shows_markup() -> None:
    class Beside(App[None]):
        def compose(self) -> ComposeResult:
            yield Card(
                [
                    Title("DP-13", "Two-day course for Senior Investigating Officers in all four forces"),
                    Gap(),
                    Fact("Lead", "AHTC [/x]"),
                    Fact("Support", "South Wales Police, CPS, Gwent Police"),
                    Fact("Due", ""),
                    Heading("UPDATES"),
                    Line("14 Nov  A  Gwent dates agreed; two forces to go", muted=True),
                    Para("\x1b[2Jlong " * 20),
                ]
            )

    app = Beside()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        card = app.query_one(Card)
        for _pause in range(200):
            if card.content.plain:
                break
            await pilot.pause()
        assert card.content.plain.splitlines()[:9] == [
            "DP-13  Two-day course for Senior",
            "       Investigating Officers in all",
            "       four forces",
            "",
            "Lead     AHTC [/x]",
            "Support  South Wales Police, CPS,",
            "         Gwent Police",
            "Due      –",
            "UPDATES",
        ]
        card.focus()
        await pilot.pause()
        await pilot.press("j", "j")
        assert card.scroll_offset.y == 2
        card.show([Title("", "Other")])
        await pilot.pause()
        assert card.content.plain == "Other"
        assert card.scroll_offset.y == 0


async def test_card_draws_only_the_lines_that_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    class OneCard(App[None]):
        def compose(self) -> ComposeResult:
            yield Card([Fact("Lead", "AHTC"), Fact("Due", "30 November 2013"), Line("3 updates")])

    app = OneCard()
    async with app.run_test(size=(40, 12)) as pilot:
        card = app.query_one(Card)
        while not card.content:
            await pilot.pause()
        drawn: list[int] = []
        monkeypatch.setattr(card, "redraw_line", drawn.append)
        card.show([Fact("Lead", "AHTC"), Fact("Due", "31 December 2013"), Line("3 updates"), Line("1 change")])
        assert drawn == [1, 3]


async def test_fields_are_separated_on_a_low_screen_where_all_of_them_fit(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("3", "n")
        fields = [row.region.y for row in desk.screen.query(".form-row").results() if row.display]
        assert [below - above for above, below in pairwise(fields)] == [2]
        await desk.press_keys("escape", "2", "n", "f2", "m")
        fields = [row.region.y for row in desk.screen.query(".form-row").results()]
        assert fields[1] - fields[0] == 1, "all fields of an action are longer than the screen"
