"""Comparison of the history of two copies: whether they have the same lines, and whether every chain holds.

Each chain of the other copy is followed by itself, so that what this copy knows hides no gap there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ahtc_tui.domain.replication.chains import ChainLength, JournalComparison
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal import chain_check
from ahtc_tui.store.journal.chain import read_journal
from ahtc_tui.store.privacy.erasure_register import list_erased_keys
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.replication import peer_database


def compare_with_file(workspace: Workspace, path: Path, key: str | None) -> JournalComparison:
    """Compare the history of this copy with that of a file; `key` is its passphrase.

    Raises BadFile for another file, Refused for another office.
    """
    with workspace.database.read() as local, peer_database.open_peer(path, key, local, check_records=False) as peer:
        return _compare(workspace, peer, path)


def compare_with_hub(workspace: Workspace, url: str) -> JournalComparison:
    """Compare the history of this copy with that of a hub. Raises BadInput, StoreError, Refused for another office."""
    with _open_mirror(workspace, url) as (peer, path):
        return _compare(workspace, peer, path)


@contextmanager
def _open_mirror(workspace: Workspace, url: str) -> Iterator[tuple[Cursor, Path]]:
    from ahtc_tui.store.hub.connection import open_hub
    from ahtc_tui.store.hub.download import mirror_hub

    with open_hub(url, read_only=True) as peer_hub, mirror_hub(peer_hub, workspace.database) as peer:
        yield peer, peer_hub.path


def _compare(workspace: Workspace, peer: Cursor, path: Path) -> JournalComparison:
    with workspace.database.read() as local:
        peer_database.refuse_other_office(local, peer, path)
        check = chain_check.ChainCheck(chain_check.read_known_chains(local), set)
        check.run(peer, read_journal(peer))
        erased = list_erased_keys(local)
        local_faults, peer_faults = (
            [*chain_check.find_chain_faults(cursor), *chain_check.find_withheld(cursor, erased)]
            for cursor in (local, peer)
        )
        walked = {(fault.device, fault.reason) for fault in peer_faults}
        peer_faults += [fault for fault in check.faults if (fault.device, fault.reason) not in walked]
        local_lines, peer_lines = peer_database.list_line_states(local), peer_database.list_line_states(peer)
        counts = [peer_database.count_lines(cursor) for cursor in (local, peer)]
    broken = {fault.device for fault in (*local_faults, *peer_faults)}
    devices = [
        ChainLength(device, counts[0].get(device, 0), counts[1].get(device, 0), device not in broken)
        for device in sorted(counts[0].keys() | counts[1].keys())
    ]
    only_here, only_there = len(local_lines - peer_lines), len(peer_lines - local_lines)
    is_same = not (only_here or only_there or broken)
    return JournalComparison(is_same, only_here, only_there, tuple(devices), tuple(local_faults), tuple(peer_faults))
