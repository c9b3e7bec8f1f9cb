"""Forms of the plan: version, milestone, objective and aim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.widgets import Input

from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.plan import build_aim_draft, build_milestone_draft, build_objective_draft, build_plan_draft
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.fields import AIM_FIELDS, MILESTONE_FIELDS, OBJECTIVE_FIELDS
from ahtc_tui.domain.plan.model import AimRow, MilestoneRow, ObjectiveCard, PlanEnd, PlanVersion
from ahtc_tui.services.plan import objectives, versions_and_milestones
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.field_rows import build_rows
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.prose_field import ProseField, TitleField

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.plan import PlanDraft


class PlanForm(FormScreen):
    """The version in force: number, date, owner and the meanings of the ratings."""

    DEFAULT_CSS = """
    PlanForm .form-cell > ProseField { height: 2; }
    """

    def __init__(self, desk: Desk, version: PlanVersion) -> None:
        super().__init__(_("Edit the plan: {title}").format(title=version.shown_title), desk.seen)
        self._desk, self._version = desk, version
        self._initial_texts: dict[str, str] = {
            "version": join_lines(version.version or ""),
            "owner": join_lines(version.owner or ""),
            **{
                meaning.brag.name.lower(): "" if meaning.ours else join_lines(meaning.words) for meaning in version.brag
            },
        }

    def rows(self) -> Iterable[FormRow]:
        """Return the fields. Meanings that the plan does not define show our default as a placeholder."""
        reader = partial(read_date, today=self._desk.today)
        agreed = self._version.agreed_on
        yield FormRow("version", _("Version"), Input(self._initial_texts["version"], compact=True))
        yield FormRow("agreed_on", _("Agreed on"), DateField(reader, str(agreed) if agreed else "", is_past=True))
        yield FormRow("owner", _("Owner"), Input(self._initial_texts["owner"], compact=True))
        for meaning in self._version.brag:
            name = meaning.brag.name.lower()
            field = ProseField(
                self._initial_texts[name], compact=True, placeholder=join_lines(meaning.words) if meaning.ours else ""
            )
            yield FormRow(name, meaning.brag.option_label, field)

    async def accept(self, values: dict[str, Any]) -> None:
        """Write the changed fields."""
        changes = {name: " ".join(text.split()) if isinstance(text, str) else text for name, text in values.items()}
        await self._desk.run(versions_and_milestones.edit_plan, build_plan_draft(changes, self._desk.today))


class NextPlanForm(FormScreen):
    """The plan that follows a closed one; owner and meanings of the ratings are those of the last one."""

    def __init__(self, desk: Desk, closing: PlanEnd | None = None) -> None:
        """`closing` is the plan that is closed in the same step, with the actions that go on."""
        title = _("Close {title}").format(title=closing.version.shown_title) if closing else _("The next plan")
        super().__init__(title, desk.seen)
        self._desk, self._plan_end = desk, closing

    def rows(self) -> Iterable[FormRow]:
        closing, reader = self._plan_end, partial(read_date, today=self._desk.today)
        if closing is None:
            yield FormRow("title", _("Title"), TitleField(), required=True)
        else:
            hint = _("If you leave this empty, the plan is closed and no other one is opened.")
            hint = f"{closing.summary}\n{hint}"
            yield FormRow("title", _("Next plan"), TitleField(), hint)
        yield FormRow("from_on", _("From"), DateField(reader))
        yield FormRow("to_on", _("Until"), DateField(reader))
        yield FormRow("version", _("Version"), Input(compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Close the plan if the form does, and put the next one in force."""
        filled = {name: value for name, value in values.items() if value}
        if self._plan_end is None:
            await self._desk.run(versions_and_milestones.open_plan, self._build_draft(filled))
            return
        await self._desk.run(
            versions_and_milestones.close_plan,
            self._plan_end.version.ref,
            carried=frozenset(action.key for action in self._plan_end.carried),
            next_plan=self._build_draft(filled) if filled else None,
        )

    def _build_draft(self, filled: dict[str, Any]) -> PlanDraft:
        return build_plan_draft({"title": "", **filled}, self._desk.today)


class MilestoneForm(FormScreen):
    """A new milestone of an objective, or an edit of one."""

    def __init__(self, desk: Desk, objective: int, milestone: MilestoneRow | None = None) -> None:
        new = _("New milestone of objective {n}").format(n=objective)
        super().__init__(_("Edit {ref}").format(ref=milestone.ref) if milestone else new, desk.seen)
        self._desk, self._objective, self._milestone = desk, objective, milestone

    def rows(self) -> Iterable[FormRow]:
        return build_rows(MILESTONE_FIELDS, self._milestone, self._desk.today)

    async def accept(self, values: dict[str, Any]) -> None:
        if self._milestone is None:
            draft = build_milestone_draft({"objective": str(self._objective), **values}, self._desk.today)
            await self._desk.run(versions_and_milestones.add_milestone, draft)
        else:
            draft = build_milestone_draft(values, self._desk.today)
            await self._desk.run(versions_and_milestones.edit_milestone, self._milestone.ref, draft)


class ObjectiveForm(FormScreen):
    """A new objective, or an edit of one."""

    fields_of_column: ClassVar = {"objective_aims": ("aims",)}

    DEFAULT_CSS = """
    ObjectiveForm .form-cell > ProseField { height: 2; }
    """

    def __init__(self, desk: Desk, aims: Sequence[AimRow], card: ObjectiveCard | None = None) -> None:
        title = _("Edit objective {n}").format(n=card.row.number) if card else _("New objective")
        super().__init__(title, desk.seen)
        self._desk, self._aims, self._card = desk, aims, card

    def rows(self) -> Iterable[FormRow]:
        """Return the fields; the aims are chosen by their numbers in the list below them."""
        numbers = [
            str(number) for number, aim in enumerate(self._aims, 1) if self._card and aim.ref in self._card.aim_refs
        ]
        aim_list = "\n".join(f"{number}  {aim.shown_text}" for number, aim in enumerate(self._aims, 1))
        for row in build_rows(OBJECTIVE_FIELDS, self._card, self._desk.today):
            is_aims = row.name == "aims"
            yield replace(row, field=Input(", ".join(numbers), compact=True), hint=aim_list) if is_aims else row

    async def accept(self, values: dict[str, Any]) -> None:
        filled = {name: value or "" for name, value in values.items() if value or name not in ("number",)}
        if "aims" in filled:
            filled["aims"] = self._read_aim_refs(filled["aims"])
        draft = build_objective_draft(filled, self._desk.today)
        if self._card is None:
            await self._desk.run(objectives.add_objective, draft)
        else:
            await self._desk.run(objectives.edit_objective, self._card.row.ref, draft)

    def _read_aim_refs(self, text: str) -> str:
        """Return the references of the aims whose numbers are in a text; other words are kept."""
        refs = {str(number): aim.ref for number, aim in enumerate(self._aims, 1)}
        return ", ".join(refs.get(word, word) for word in re.findall(r"[^,;\s]+", text))


class AimForm(FormScreen):
    """Adds an aim to the plan."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("New aim of the plan"))
        self._desk = desk

    def rows(self) -> Iterable[FormRow]:
        return build_rows(AIM_FIELDS, None, self._desk.today)

    async def accept(self, values: dict[str, Any]) -> None:
        filled = {name: value for name, value in values.items() if value or name == "text"}
        await self._desk.run(objectives.add_aim, build_aim_draft(filled, self._desk.today))
