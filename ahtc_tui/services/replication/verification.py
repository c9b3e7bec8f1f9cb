"""Comparison of the history of two copies: whether they have the same lines, and whether every chain holds.

Each chain of the other copy is followed by itself, so that what this copy knows hides no gap there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.chains import ChainFault, ChainLength, JournalComparison
from ahtc_tui.services.paths import resolve_path
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
        return _compare(workspace, [(peer, path)])


def compare_with_hub(workspace: Workspace, url: str) -> JournalComparison:
    """Compare the history of this copy with that of a hub. Raises BadInput, StoreError, Refused for another office."""
    with _open_mirror(workspace, url) as (peer, path):
        return _compare(workspace, [(peer, path)])


def compare_with_folder(workspace: Workspace, folder: str, passphrase: str) -> JournalComparison:
    """Compare the history of this copy with what the files of a folder hold together.

    Raises StoreError for a folder that cannot be read, BadFile for one without files and for a file that does not open,
    Refused for another office.
    """
    return _compare(workspace, _open_mirrors(workspace, resolve_path(folder), passphrase))


@contextmanager
def _open_mirror(workspace: Workspace, url: str) -> Iterator[tuple[Cursor, Path]]:
    from ahtc_tui.store.hub.connection import open_hub
    from ahtc_tui.store.hub.download import mirror_hub

    with open_hub(url, read_only=True) as peer_hub, mirror_hub(peer_hub, workspace.database) as peer:
        yield peer, peer_hub.path


def _open_mirrors(workspace: Workspace, folder: Path, passphrase: str) -> Iterator[tuple[Cursor, Path]]:
    """Yield the journal of each file of a folder, which is open until the next one is wanted."""
    from ahtc_tui.store.hub.folder import FolderHub, list_files, open_mirror

    hub = FolderHub(folder, passphrase, list_files(folder))
    files = [file for file in hub.files if file.parts]
    if not files:
        raise BadFile(_("{folder} has no file of a laptop. Sync with it first.").format(folder=folder))
    for file in files:
        with open_mirror(hub, file, workspace.database) as peer:
            yield peer, file.path


def _compare(workspace: Workspace, peers: Iterable[tuple[Cursor, Path]]) -> JournalComparison:
    """Compare this copy with what these journals hold together."""
    with workspace.database.read() as local:
        known, erased = chain_check.read_known_chains(local), list_erased_keys(local)
        local_faults, local_lines = _find_faults(local, erased), peer_database.list_line_states(local)
        local_counts = peer_database.count_lines(local)
        peer_faults: dict[ChainFault, None] = {}
        peer_lines: set[tuple[RowKey, bytes, bytes | None]] = set()
        peer_counts: dict[str, int] = {}
        for peer, path in peers:
            peer_database.refuse_other_office(local, peer, path)
            check = chain_check.ChainCheck(known, set)
            check.run(peer, read_journal(peer))
            faults = _find_faults(peer, erased)
            walked = {(fault.device, fault.reason) for fault in faults}
            faults += [fault for fault in check.faults if (fault.device, fault.reason) not in walked]
            peer_faults |= dict.fromkeys(faults)
            peer_lines |= peer_database.list_line_states(peer)
            for device, count in peer_database.count_lines(peer).items():
                peer_counts[device] = max(count, peer_counts.get(device, 0))
    broken = {fault.device for fault in (*local_faults, *peer_faults)}
    devices = [
        ChainLength(device, local_counts.get(device, 0), peer_counts.get(device, 0), device not in broken)
        for device in sorted(local_counts.keys() | peer_counts.keys())
    ]
    only_here, only_there = len(local_lines - peer_lines), len(peer_lines - local_lines)
    is_same = not (only_here or only_there or broken)
    return JournalComparison(is_same, only_here, only_there, tuple(devices), tuple(local_faults), tuple(peer_faults))


def _find_faults(cursor: Cursor, erased: set[RowKey]) -> list[ChainFault]:
    """Return the lines of a journal that do not hold by themselves, and the places that no erasure here explains."""
    return [*chain_check.find_chain_faults(cursor), *chain_check.find_withheld(cursor, erased)]
