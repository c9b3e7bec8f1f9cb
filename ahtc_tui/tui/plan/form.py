"""Forms of the plan: its version and what its letters mean, and a milestone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, TextArea

from ahtc_tui.domain.drafts.plan import milestone_draft, plan_draft
from ahtc_tui.domain.plan import PlanVersion
from ahtc_tui.domain.uk_dates import read_date, read_date_or_words
from ahtc_tui.domain.words import _
from ahtc_tui.services import plan_writes
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import one_line

if TYPE_CHECKING:
    from ahtc_tui.tui.desk import Desk


class PlanForm(FormScreen):
    """The version in force."""

    DEFAULT_CSS = """
    PlanForm .form-cell > TextArea { height: 2; }
    """

    def __init__(self, desk: Desk, version: PlanVersion) -> None:
        super().__init__(_("Edit the plan: {title}").format(title=version.title))
        self._desk, self._version = desk, version
        self._first: dict[str, str] = {
            "version": one_line(version.version or ""),
            "owner": one_line(version.owner or ""),
            **{each.brag.name.lower(): "" if each.ours else one_line(each.words) for each in version.brag},
        }

    def rows(self) -> Iterable[FormRow]:
        """Version, day, owner, and the four meanings; where the plan says nothing, ours stand as a hint."""
        reader = partial(read_date, today=self._desk.today)
        agreed = self._version.agreed_on
        yield FormRow("version", _("Version"), Input(self._first["version"], compact=True))
        yield FormRow("agreed_on", _("Agreed on"), DateField(reader, str(agreed) if agreed else ""))
        yield FormRow("owner", _("Owner"), Input(self._first["owner"], compact=True))
        for each in self._version.brag:
            name = each.brag.name.lower()
            field = TextArea(self._first[name], compact=True, placeholder=one_line(each.words) if each.ours else "")
            yield FormRow(name, f"{each.brag.value} {each.brag.label}", field)

    async def accept(self, values: dict[str, Any]) -> None:
        """Write what was changed."""
        typed = {name: " ".join(values[name].split()) for name in self._first}
        given: dict[str, Any] = {name: words for name, words in typed.items() if words != self._first[name]}
        if values["agreed_on"] != self._version.agreed_on:
            given["agreed_on"] = values["agreed_on"]
        if given:
            await self._desk.ask(plan_writes.edit_plan, plan_draft(given, self._desk.today))


class MilestoneForm(FormScreen):
    """A new milestone."""

    def __init__(self, desk: Desk, objective: int) -> None:
        super().__init__(_("New milestone of objective {n}").format(n=objective))
        self._desk, self._objective = desk, objective

    def rows(self) -> Iterable[FormRow]:
        """What, and by when."""
        yield FormRow("title", _("Title"), Input(compact=True))
        yield FormRow("due", _("Due"), DateField(partial(read_date_or_words, today=self._desk.today), ""))

    async def accept(self, values: dict[str, Any]) -> None:
        """Write it down."""
        draft = milestone_draft({**values, "objective": str(self._objective)}, self._desk.today)
        await self._desk.ask(plan_writes.add_milestone, draft)
