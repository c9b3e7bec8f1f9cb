"""Drafts of the plan, its aims, objectives and milestones."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDateOrWords,
    FactDate,
    KnownDate,
    Line,
    Prose,
    Title,
    build_choice_validator,
    forbid_empty,
)
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.plan.model import Basis

MOST_OBJECTIVES = 999


class PlanDraft(Draft):
    """A version of the plan; empty BRAG meanings are replaced by the default ones."""

    title: Title | None = None
    title_cy: Line | None = None
    version: Line | None = None
    agreed_on: FactDate = None
    from_on: KnownDate = None
    to_on: KnownDate = None
    owner: Line | None = None
    blue: Line | None = None
    red: Line | None = None
    amber: Line | None = None
    green: Line | None = None
    note: Prose | None = None

    @property
    def meanings(self) -> dict[Brag, str]:
        """The given BRAG meanings by letter."""
        return {brag: getattr(self, brag.name.lower()) or "" for brag in Brag if brag.name.lower() in self.given_fields}


class MilestoneDraft(Draft):
    """Checked input for a milestone; a new one needs a title and an objective."""

    title: Title | None = None
    title_cy: Line | None = None
    objective: Line | None = None
    due: DueDateOrWords = None
    met_on: FactDate = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("A milestone needs a title and an objective."), "title", "objective")


class AimDraft(Draft):
    """An aim of the plan."""

    text: Title | None = None
    text_cy: Line | None = None
    source: Line | None = None


class ObjectiveDraft(Draft):
    """An objective of the plan, stated by it or a working grouping."""

    number: Annotated[int, Field(ge=1, le=MOST_OBJECTIVES)] | None = None
    title: Title | None = None
    title_cy: Line | None = None
    basis: Annotated[Basis | None, build_choice_validator(Basis, gettext_noop("basis"))] = None
    aims: Line | None = None
    """References of its aims, separated by commas."""
    note: Prose | None = None
    source: Line | None = None

    _filled = forbid_empty(
        gettext_noop("An objective needs a number, a title and a basis: stated or grouping."),
        "number",
        "title",
        "basis",
    )


build_plan_draft = PlanDraft.read
build_milestone_draft = MilestoneDraft.read
build_aim_draft = AimDraft.read
build_objective_draft = ObjectiveDraft.read
