"""Forms of the plan: its version and what its letters mean, and a milestone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, TextArea

from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.drafts.plan import aim_draft, milestone_draft, objective_draft, plan_draft
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import AimRow, Basis, MilestoneRow, ObjectiveCard, PlanVersion
from ahtc_tui.services.plan import objectives, versions_and_milestones
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import one_line
from ahtc_tui.tui.widgets.select import choices

if TYPE_CHECKING:
    from ahtc_tui.tui.base.service_threads import Desk


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
            await self._desk.ask(versions_and_milestones.edit_plan, plan_draft(given, self._desk.today))


class MilestoneForm(FormScreen):
    """A new milestone of an objective, or one that is there."""

    def __init__(self, desk: Desk, objective: int, point: MilestoneRow | None = None) -> None:
        new = _("New milestone of objective {n}").format(n=objective)
        super().__init__(_("Edit {ref}").format(ref=point.ref) if point else new)
        self._desk, self._objective, self._point = desk, objective, point

    def rows(self) -> Iterable[FormRow]:
        """What, and by when; of one that is there its objective and the day on which it was met as well."""
        point, today = self._point, self._desk.today
        due = str(point.due) if point and point.due else ""
        yield FormRow("title", _("Title"), Input(one_line(point.title) if point else "", compact=True))
        yield FormRow("due", _("Due"), DateField(partial(read_date_or_words, today=today), due))
        if point is not None:
            met = str(point.met_on) if point.met_on else ""
            yield FormRow("met_on", _("Met on"), DateField(partial(read_date, today=today), met))
            yield FormRow("objective", _("Objective"), Input(str(point.objective), compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Write it down."""
        draft = milestone_draft({"objective": str(self._objective), **values}, self._desk.today)
        if self._point is None:
            await self._desk.ask(versions_and_milestones.add_milestone, draft)
        else:
            await self._desk.ask(versions_and_milestones.edit_milestone, self._point.ref, draft)


class ObjectiveForm(FormScreen):
    """A new objective, or one that is there."""

    DEFAULT_CSS = """
    ObjectiveForm .form-cell > TextArea { height: 2; }
    """

    def __init__(self, desk: Desk, aims: Sequence[AimRow], card: ObjectiveCard | None = None) -> None:
        super().__init__(_("Edit objective {n}").format(n=card.row.number) if card else _("New objective"))
        self._desk, self._aims, self._card = desk, aims, card

    def rows(self) -> Iterable[FormRow]:
        """Title, number, whose it is, which aims it serves."""
        card = self._card
        bases = [(basis.label, basis.value) for basis in Basis]
        served = ", ".join(card.aim_refs) if card else ""
        known = "\n".join(f"{aim.ref}: {aim.text}" for aim in self._aims)
        yield FormRow("title", _("Title"), Input(one_line(card.row.title) if card else "", compact=True))
        hint = "" if card else _("the next number unless one is given")
        yield FormRow("number", _("Number"), Input(str(card.row.number) if card else "", compact=True), hint)
        yield FormRow(
            "basis", _("It is"), choices(bases, (card.row.basis if card else Basis.STATED).value, blank=False)
        )
        yield FormRow("aims", _("Aims"), Input(served, compact=True), known)
        yield FormRow("note", _("Note"), TextArea(card.note or "" if card else "", compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Write it down."""
        given = {name: value or "" for name, value in values.items() if value or name not in ("number",)}
        draft = objective_draft(given, self._desk.today)
        if self._card is None:
            await self._desk.ask(objectives.add_objective, draft)
        else:
            await self._desk.ask(objectives.edit_objective, self._card.row.ref, draft)


class AimForm(FormScreen):
    """A new aim."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("New aim of the plan"))
        self._desk = desk

    def rows(self) -> Iterable[FormRow]:
        """What the plan is for."""
        yield FormRow("text", _("Aim"), Input(compact=True))
        yield FormRow("source", _("Source"), Input(compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Write it down."""
        given = {name: value for name, value in values.items() if value or name == "text"}
        await self._desk.ask(objectives.add_aim, aim_draft(given, self._desk.today))
