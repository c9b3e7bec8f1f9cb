"""Meeting the office hub: the same merge as with another laptop, and what is missing there sent in the same breath.

The laptop keeps its side first, the hub at once after it. If the line breaks in between, the next sync sends the rest.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from ahtc_tui.domain.imports.report import ImportOptions, ImportReport, SyncReport
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.replication.merge import finish_merge, merge_journal

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
    """Merge with the hub at an address, both ways; without `apply` say exactly what that would do, and write nothing.

    Wishes and `take` as for a merge. Raises BadInput for an address that is none, StoreError where the hub cannot be
    reached or written, Refused for that of another office, Cancelled where a person stopped it.
    """
    from ahtc_tui.store.replication import hub, hub_download, hub_upload

    sent: set[RowKey] = set()
    with hub.open_hub(url, read_only=not apply) as peer_hub:
        with hub_download.mirror_hub(peer_hub, workspace.database) as peer:

            def upload(ledger: Ledger) -> None:
                sent.update(hub_upload.find_missing(ledger.cursor, peer))
                if apply:
                    hub_upload.renumber_records(ledger)
                    hub_upload.upload_changes(peer_hub, ledger.cursor, peer)

            label = f"sync {peer_hub.path}"
            options = options or ImportOptions()
            outcome = merge_journal(
                workspace,
                peer,
                peer_hub.path,
                label,
                options,
                take=take,
                apply=apply,
                hooks=hooks,
                finish_transaction=upload,
            )
        try:
            if outcome.written:
                peer_hub.commit()
        finally:
            finish_merge(workspace, outcome)
        if outcome.written:
            peer_hub.vacuum()
    values = {field.name: getattr(outcome.report, field.name) for field in fields(outcome.report)}
    return ImportReport((SyncReport(**values, sent=len(sent)),), outcome.written)
