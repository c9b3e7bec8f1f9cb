"""Drafts of the plan, its aims, objectives and milestones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, field_validator

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.drafts.actions import KnownDate, build_choice_validator
from ahtc_tui.domain.drafts.text import Draft, Line, Prose, Title, read_date_fields, validate_draft
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import Basis

MOST_OBJECTIVES = 999


def _read_date_fields(fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    return read_date_fields(fields, today, "agreed_on", "met_on", loose=("due",))


class PlanDraft(Draft):
    """A version of the plan; empty BRAG meanings are replaced by the default ones."""

    title: Title | None = None
    version: Line | None = None
    agreed_on: KnownDate | None = None
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
    """A milestone of an objective."""

    title: Title | None = None
    objective: Line | None = None
    due: KnownDate | None = None
    met_on: KnownDate | None = None
    note: Prose | None = None

    @field_validator("title", "objective")
    @classmethod
    def _refuse_empty(cls, value: object) -> object:
        if not value:
            raise ValueError(_("A milestone has a title and an objective."))
        return value


class AimDraft(Draft):
    """An aim of the plan."""

    text: Title | None = None
    source: Line | None = None


class ObjectiveDraft(Draft):
    """An objective of the plan, stated by it or a working grouping."""

    number: Annotated[int, Field(ge=1, le=MOST_OBJECTIVES)] | None = None
    title: Title | None = None
    basis: Annotated[Basis | None, build_choice_validator(Basis, "basis")] = None
    aims: Line | None = None
    """References of its aims, separated by commas."""
    note: Prose | None = None
    source: Line | None = None

    @field_validator("number", "title", "basis")
    @classmethod
    def _refuse_empty(cls, value: object) -> object:
        if value is None:
            raise ValueError(_("An objective has a number, a title and a basis: stated or grouping."))
        return value


def build_plan_draft(fields: Mapping[str, Any], today: date) -> PlanDraft:
    """Draft of typed fields, including typed dates. Raises BadInput with one sentence."""
    return validate_draft(PlanDraft, _read_date_fields(fields, today))


def build_milestone_draft(fields: Mapping[str, Any], today: date) -> MilestoneDraft:
    """Draft of typed fields, including typed dates. Raises BadInput with one sentence."""
    return validate_draft(MilestoneDraft, _read_date_fields(fields, today))


def build_aim_draft(fields: Mapping[str, Any], today: date) -> AimDraft:
    """Draft of typed fields, including typed dates. Raises BadInput with one sentence."""
    return validate_draft(AimDraft, _read_date_fields(fields, today))


def build_objective_draft(fields: Mapping[str, Any], today: date) -> ObjectiveDraft:
    """Draft of typed fields, including typed dates. Raises BadInput with one sentence."""
    return validate_draft(ObjectiveDraft, _read_date_fields(fields, today))
