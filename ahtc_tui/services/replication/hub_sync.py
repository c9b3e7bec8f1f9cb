"""Meeting the office hub: the same merge as with another laptop, and what is missing there sent in the same breath.

The laptop keeps its side first, the hub at once after it. If the line breaks in between, the next sync sends the rest.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from ahtc_tui.domain.imports.report import ImportReport, SyncReport, Wishes
from ahtc_tui.services.replication.merge import bring_in, finish

if TYPE_CHECKING:
    from ahtc_tui.services.progress import Hooks
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def sync(
    workspace: Workspace,
    url: str,
    wishes: Wishes | None = None,
    *,
    take: str = "",
    apply: bool = True,
    hooks: Hooks | None = None,
) -> ImportReport:
    """Merge with the hub at an address, both ways; without `apply` say exactly what that would do, and write nothing.

    Wishes and `take` as for a merge. Raises BadInput for an address that is none, StoreError where the hub cannot be
    reached or written, Refused for that of another office, Cancelled where a person stopped it.
    """
    from ahtc_tui.store.replication import hub, hub_download, hub_upload

    sent: set[bytes] = set()
    with hub.opened(url, look=not apply) as office:
        with hub_download.mirrored(office, workspace.database) as there:

            def send(ledger: Ledger) -> None:
                sent.update(hub_upload.missing(ledger.cursor, there))
                if apply:
                    hub_upload.number_alike(ledger)
                    hub_upload.send(office, ledger.cursor, there)

            label = f"sync {office.path}"
            asked = wishes or Wishes()
            brought = bring_in(
                workspace, there, office.path, label, asked, take=take, apply=apply, hooks=hooks, then=send
            )
        try:
            if brought.written:
                office.commit()
        finally:
            finish(workspace, brought)
        if brought.written:
            office.write_anew()
    told = {one.name: getattr(brought.report, one.name) for one in fields(brought.report)}
    return ImportReport((SyncReport(**told, sent=len(sent)),), brought.written)
