"""The register of promises: list, show, add, edit and link to what followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.parser import read_date_alone
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.promises.model import Promise, PromiseStatus
from ahtc_tui.services import record_lookup
from ahtc_tui.store.promises import queries
from ahtc_tui.store.records.references import find_by_ref, mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.promises import PromiseDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor, Table

COLUMNS = {"by": "promised_by", "to": "promised_to", "on": "promised_on", "contact": "engagement"}
"""Columns of fields that have another name."""
LINKED_TABLES: dict[str, Table] = {"action": "actions", "decision": "decisions", "paper": "papers"}
"""Kinds of records that follow from a promise, in the order in which a reference is looked up."""


def list_promises(
    workspace: Workspace,
    words: str = "",
    to: str | None = None,
    by: str | None = None,
    first: str | None = None,
    last: str | None = None,
) -> list[Promise]:
    """Return the promises that match a filter, the latest first: to or by a party, and between two dates.

    A month or a year counts from its first day to its last. Raises NotFound, BadInput.
    """
    today = workspace.today()
    with workspace.database.read() as cursor:
        promise_filter = queries.PromiseFilter(
            record_lookup.find_party_key(cursor, to),
            record_lookup.find_party_key(cursor, by),
            read_date_alone(first, today).earliest if first else None,
            read_date_alone(last, today).latest if last else None,
        )
        return queries.read_promises(cursor, today, words, promise_filter)


def show_promise(workspace: Workspace, ref: str) -> Promise:
    """Return one promise. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_promise(cursor, _find_key(cursor, ref)[0])


def add_promise(workspace: Workspace, draft: PromiseDraft, followed_by: tuple[str, ...] = ()) -> Promise:
    """Add a promise, and link the records that follow from it; by default it was made by this office, today.

    Raises BadInput if its text is empty, NotFound for a record that does not exist.
    """
    if not draft.text:
        raise BadInput(_("A promise needs text."))
    from ahtc_tui.services.contacts.service import find_own_post

    own_post = None if "by" in draft.given_fields else find_own_post(workspace)
    with workspace.database.write(f"promise: {draft.text[:50]}") as ledger:
        values = _build_values(ledger.cursor, draft, workspace)
        if own_post and values.get("promised_to") != own_post.key:
            values["promised_by"] = own_post.key
        if not any(values.get(name) for name in ("promised_on", "meeting", "engagement")):
            values["promised_on"] = workspace.today().isoformat()
        key = ledger.add("promises", {"ref": mint_ref(ledger.cursor, "promises", "PR-{n:02}"), **values})
        for ref in followed_by:
            ledger.add("promise_links", {"promise": key, **_find_linked(ledger.cursor, ref)})
        return queries.read_promise(ledger.cursor, key)


def edit_promise(workspace: Workspace, ref: str, draft: PromiseDraft) -> Promise:
    """Change the given fields. Raises NotFound, BadInput."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write(f"edit {ref.upper()}") as ledger:
        key, ref = _find_key(ledger.cursor, ref)
        ledger.label = f"edit {ref}"
        ledger.update("promises", key, _build_values(ledger.cursor, draft, workspace))
        return queries.read_promise(ledger.cursor, key)


def link_promise(workspace: Workspace, ref: str, record: str, remove: bool = False) -> Promise:
    """Link an action, decision or paper that followed from a promise, or remove the link. Raises NotFound."""
    with workspace.database.write(f"link {ref.upper()} {record.upper()}") as ledger:
        key, ref = _find_key(ledger.cursor, ref)
        ((column, linked),) = _find_linked(ledger.cursor, record).items()
        existing = queries.list_links(ledger.cursor, key, column, linked)
        if remove:
            ledger.label = f"unlink {ref} {record.upper()}"
            for link in existing:
                ledger.remove("promise_links", link)
        elif not existing:
            ledger.add("promise_links", {"promise": key, column: linked})
        return queries.read_promise(ledger.cursor, key)


def _find_linked(cursor: Cursor, ref: str) -> dict[str, RowKey]:
    """Return the column and the key of the record with a reference. Raises NotFound."""
    for column, table in LINKED_TABLES.items():
        if match := find_by_ref(cursor, table, ref):
            return {column: match.key}
    raise NotFound(_('There is no action, decision or paper "{ref}".').format(ref=ref))


def _find_key(cursor: Cursor, ref: str) -> tuple[RowKey, str]:
    return record_lookup.find_record(cursor, "promises", ref, _("promise"))


def _build_values(cursor: Cursor, draft: PromiseDraft, workspace: Workspace) -> dict[str, Any]:
    """Return the column values of a draft; a promise that ends without a date ends today."""
    lookups = {
        "by": record_lookup.find_party_key,
        "to": record_lookup.find_party_key,
        "meeting": record_lookup.find_meeting_key,
        "contact": lambda cursor, ref: record_lookup.find_record(cursor, "engagements", ref, _("logged contact"))[0],
    }
    values = record_lookup.resolve_columns(cursor, draft, lookups)
    if draft.status is PromiseStatus.OPEN:
        values["closed_on"] = None
    elif draft.status is not None and not values.get("closed_on"):
        values["closed_on"] = workspace.today().isoformat()
    return {COLUMNS.get(name, name): value for name, value in values.items()}
