"""What people do with recommendations and their documents: list, read, answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.words import _
from ahtc_tui.services import resolve
from ahtc_tui.store import recommendations as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.recommendations import AnswerDraft
    from ahtc_tui.domain.recommendations import DocumentRow, RecommendationRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.database import Cursor


def list_recommendations(workspace: Workspace, words: str = "") -> list[RecommendationRow]:
    """The recommendations that hold the words, by document."""
    with workspace.database.read() as cursor:
        return stored.recommendations(cursor, words)


def list_documents(workspace: Workspace, words: str = "") -> list[DocumentRow]:
    """The documents that hold the words, with counts of their recommendations."""
    with workspace.database.read() as cursor:
        return stored.documents(cursor, words)


def recommendations_of(workspace: Workspace, document: str) -> list[RecommendationRow]:
    """The recommendations of one document. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.recommendations_of(cursor, resolve.record(cursor, "documents", document, _("document"))[0])


def show_recommendation(workspace: Workspace, ref: str) -> RecommendationRow:
    """One recommendation. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.recommendation(cursor, _recommendation(cursor, ref))


def answer_recommendation(workspace: Workspace, ref: str, draft: AnswerDraft) -> RecommendationRow:
    """Write the answer to a recommendation, and who owns it. Raises NotFound, BadInput."""
    if not draft.given:
        raise BadInput(_("Say the answer, its owner or its objective."))
    with workspace.database.write(f"recommendations answer {ref}") as ledger:
        key = _recommendation(ledger.cursor, ref)
        values: dict[str, Any] = {}
        for name, value in draft.given.items():
            find = {"owner": resolve.party, "objective": resolve.objective}.get(name)
            values[name] = find(ledger.cursor, str(value or "")) if find else value or None
        ledger.change("recommendations", key, values)
        return stored.recommendation(ledger.cursor, key)


def _recommendation(cursor: Cursor, ref: str) -> bytes:
    return resolve.record(cursor, "recommendations", ref, _("recommendation"))[0]
