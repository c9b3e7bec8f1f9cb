"""Sync with the office hub: a merge, and the upload of what the hub lacks.

The local transaction is committed first, then that of the hub; after a failure in between the next sync uploads the
rest.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from ahtc_tui.domain.imports.report import ImportOptions, ImportReport
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.reports import SyncReport
from ahtc_tui.services.replication.merge import MergeRequest, finish_merge, merge_journal
from ahtc_tui.store.records.released_refs import mark_departure

if TYPE_CHECKING:
    from ahtc_tui.services.progress import ProgressHooks
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def sync_with_hub(
    workspace: Workspace,
    url: str,
    options: ImportOptions | None = None,
    *,
    take: str = "",
    apply: bool = True,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Merge with a hub in both directions; without `apply`, report only.

    `take` as in `merge_file`. Raises BadInput for an invalid address, StoreError where the hub cannot be used, Refused
    for another office, Cancelled.
    """
    from ahtc_tui.store.replication import hub, hub_download, hub_upload

    request = MergeRequest(options or ImportOptions(), take, apply, hooks)
    sent: set[RowKey] = set()
    with hub.open_hub(url, read_only=not apply) as peer_hub:
        with hub_download.mirror_hub(peer_hub, workspace.database) as peer:

            def upload(ledger: Ledger) -> None:
                sent.update(hub_upload.find_missing(ledger.cursor, peer))
                if apply:
                    hub_upload.renumber_records(ledger)
                    hub_upload.upload_changes(peer_hub, ledger.cursor, peer)
                    mark_departure(ledger.cursor)

            outcome = merge_journal(workspace, peer, peer_hub.path, f"sync {peer_hub.path}", request, upload)
        try:
            if outcome.written:
                peer_hub.commit()
        finally:
            finish_merge(workspace, outcome)
        if outcome.written:
            peer_hub.vacuum()
    values = {field.name: getattr(outcome.report, field.name) for field in fields(outcome.report)}
    return ImportReport((SyncReport(**values, sent=len(sent)),), outcome.written)
