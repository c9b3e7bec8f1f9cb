"""What may be answered to a recommendation, checked before the database sees it."""

from __future__ import annotations

from pydantic import ValidationError

from ahtc_tui.domain.drafts.text import Draft, Line, Prose, first_fault


class AnswerDraft(Draft):
    """The answer, who owns it, and the objective that takes it up; empty words clear a field."""

    response: Prose | None = None
    owner: Line | None = None
    objective: Line | None = None


def answer_draft(response: str | None, owner: str | None = None, objective: str | None = None) -> AnswerDraft:
    """A checked draft of the fields that a person gave. Raises BadInput with one sentence."""
    fields = {"response": response, "owner": owner, "objective": objective}
    try:
        return AnswerDraft.model_validate({name: value for name, value in fields.items() if value is not None})
    except ValidationError as error:
        raise first_fault(error) from error
