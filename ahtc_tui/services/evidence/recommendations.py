"""Use cases of recommendations and their documents: list, show, add, edit, answer, link to actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.paper_marking import refuse_older_marking
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationFilter, RecommendationRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.services.relative_dates import follow_meeting
from ahtc_tui.store.evidence import recommendations as queries
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.evidence import DocumentDraft, RecommendationDraft
    from ahtc_tui.domain.drafts.text import Draft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

PATTERN, DOCUMENT_PATTERN = "REC-{n:02}", "DOC-{n:02}"


def list_recommendations(
    workspace: Workspace, words: str = "", recommendation_filter: RecommendationFilter | None = None
) -> list[RecommendationRow]:
    """Return the recommendations that match the words or a filter, by document."""
    with workspace.database.read() as cursor:
        return queries.read_recommendations(
            cursor, recommendation_filter or RecommendationFilter(words), workspace.today()
        )


def list_documents(workspace: Workspace, words: str = "") -> list[DocumentRow]:
    """Return the documents that match the words, with counts of their recommendations."""
    with workspace.database.read() as cursor:
        return queries.read_documents(cursor, words)


def list_awaited_documents(workspace: Workspace) -> list[DocumentRow]:
    """Return the documents that others have still to publish, by expected day."""
    with workspace.database.read() as cursor:
        return queries.read_awaited_documents(cursor)


def list_document_recommendations(workspace: Workspace, document: str) -> list[RecommendationRow]:
    """Return the recommendations of one document. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_document_recommendations(cursor, _find_document(cursor, document))


def show_recommendation(workspace: Workspace, ref: str) -> RecommendationRow:
    """Return one recommendation. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_recommendation(cursor, _find_recommendation(cursor, ref))


def add_recommendation(workspace: Workspace, draft: RecommendationDraft) -> RecommendationRow:
    """Add a recommendation to a document. Raises BadInput without a title or a document, NotFound."""
    if not draft.title or not draft.document:
        raise BadInput(_("A recommendation needs a title and a document."))
    with workspace.database.write(f"recommendations add {draft.title[:60]}") as ledger:
        values = _resolve_fields(ledger.cursor, draft)
        values["ref"] = mint_ref(ledger.cursor, "recommendations", PATTERN)
        return queries.read_recommendation(ledger.cursor, ledger.add("recommendations", values))


def edit_recommendation(workspace: Workspace, ref: str, draft: RecommendationDraft) -> RecommendationRow:
    """Write the given fields of a recommendation. Raises NotFound, BadInput, Refused for a cycle."""
    return _edit_recommendation(workspace, "edit", ref, draft)


def answer_recommendation(workspace: Workspace, ref: str, draft: RecommendationDraft) -> RecommendationRow:
    """Write the answer to a recommendation and its owner. Raises NotFound, BadInput."""
    return _edit_recommendation(workspace, "answer", ref, draft)


def _edit_recommendation(workspace: Workspace, verb: str, ref: str, draft: RecommendationDraft) -> RecommendationRow:
    if not draft.given_fields:
        raise BadInput(_("Give an answer, an owner or an objective."))
    with workspace.database.write(f"recommendations {verb} {ref}") as ledger:
        key = _find_recommendation(ledger.cursor, ref)
        values = _resolve_fields(ledger.cursor, draft)
        record_lookup.refuse_cycle(ledger.cursor, "recommendations", key, values, ("part_of",))
        ledger.update("recommendations", key, values)
        return queries.read_recommendation(ledger.cursor, key)


def link_action(workspace: Workspace, ref: str, action: str, *, unlink: bool = False) -> RecommendationRow:
    """Link an action to a recommendation that it answers, or unlink it. Raises NotFound, Refused."""
    with workspace.database.write(f"recommendations link {ref} {action}") as ledger:
        key = _find_recommendation(ledger.cursor, ref)
        action_key, action_ref = record_lookup.find_action(ledger.cursor, action)
        links = queries.read_answered_recommendations(ledger.cursor, action_key)
        if unlink and key not in links:
            raise Refused(_("{action} does not answer {ref}.").format(action=action_ref, ref=ref))
        if unlink and links[key] != action_key:
            ledger.remove("action_recommendations", links[key])
        elif unlink or action_key not in links.values():
            ledger.update("actions", action_key, {"recommendation": None if unlink else key})
        elif key not in links:
            ledger.add("action_recommendations", {"action": action_key, "recommendation": key})
        return queries.read_recommendation(ledger.cursor, key)


def add_document(workspace: Workspace, draft: DocumentDraft) -> DocumentRow:
    """Add a document. Raises BadInput without a title, NotFound."""
    if not draft.title:
        raise BadInput(_("A document needs a title."))
    with workspace.database.write(f"recommendations document add {draft.title[:60]}") as ledger:
        values = follow_meeting(ledger, _resolve_fields(ledger.cursor, draft), "expected_on")
        refuse_older_marking(draft.marking, draft.published_on)
        values["ref"] = mint_ref(ledger.cursor, "documents", DOCUMENT_PATTERN)
        return queries.read_document(ledger.cursor, ledger.add("documents", values))


def edit_document(workspace: Workspace, ref: str, draft: DocumentDraft) -> DocumentRow:
    """Write the given fields of a document. Raises NotFound, BadInput."""
    with workspace.database.write(f"recommendations document edit {ref}") as ledger:
        key = _find_document(ledger.cursor, ref)
        values = follow_meeting(ledger, _resolve_fields(ledger.cursor, draft), "expected_on")
        ledger.update("documents", key, values)
        row = queries.read_document(ledger.cursor, key)
        refuse_older_marking(row.marking, row.published_on)
        return row


def _find_recommendation(cursor: Cursor, ref: str) -> RowKey:
    return record_lookup.find_record(cursor, "recommendations", ref, _("recommendation"))[0]


def _find_document(cursor: Cursor, ref: str) -> RowKey:
    return record_lookup.find_record(cursor, "documents", ref, _("document"))[0]


def _resolve_fields(cursor: Cursor, draft: Draft) -> dict[str, Any]:
    lookups = {
        "owner": record_lookup.find_party_key,
        "objective": record_lookup.find_objective_key,
        "body": record_lookup.find_organisation_key,
        "document": _find_document,
        "part_of": _find_recommendation,
    }
    return record_lookup.resolve_columns(cursor, draft, lookups)
