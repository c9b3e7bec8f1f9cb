"""A sync with nothing new on either side reads no line of the hub, and every change of the hub ends that."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ahtc_tui.domain.replication.chains import ChainFaultKind
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.contacts.service import list_contacts
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication.conflicts import list_conflicts, resolve_conflict
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.hub import download
from tests.builders import make_action, make_action_draft
from tests.hubs import Hub, sync_and_check
from tests.services.replication.merging import leave_office

LINE = "(SELECT id FROM change ORDER BY id LIMIT 1)"


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables that syncs compared row by row, in order."""
    names: list[str] = []
    copy_table = download._copy_table

    def note_copy(*arguments: object, **more: object) -> None:
        names.append(str(arguments[3]))
        copy_table(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(download, "_copy_table", note_copy)
    return names


def settle(office: Workspace, hub: Hub, copies: list[str]) -> None:
    """Sync until nothing is left to do, and forget what was compared."""
    sync_and_check(office, hub)
    sync_and_check(office, hub)
    copies.clear()


def test_a_sync_with_nothing_new_compares_no_rows_and_reports_the_same(
    wales: Workspace, hub: Hub, copies: list[str]
) -> None:
    sync_and_check(wales, hub)
    compared = sync_and_check(wales, hub)
    copies.clear()
    assert sync_and_check(wales, hub) == sync_and_check(wales, hub, apply=False) == compared
    assert copies == []


def write_apart(office: Workspace, hub: Hub) -> None:
    """Leave the office with a conflict, and both laptops and the hub with the same lines."""
    peer = leave_office(office, "there")
    for workspace, title in ((peer, "From there"), (office, "From here")):
        actions.edit_action(workspace, "DP-01", make_action_draft(title=title))
        sync_and_check(workspace, hub)
    sync_and_check(peer, hub)


@pytest.mark.long
def test_open_conflicts_are_reported_without_comparing_rows(wales: Workspace, hub: Hub, copies: list[str]) -> None:
    write_apart(wales, hub)
    compared = sync_and_check(wales, hub)
    (question,) = compared.questions
    copies.clear()
    assert sync_and_check(wales, hub) == sync_and_check(wales, hub, apply=False) == compared
    assert copies == []
    resolved = sync_and_check(wales, hub, answers={question.id: "theirs"})
    assert resolved.questions == ()
    assert "change" in copies
    assert actions.show_action(wales, "DP-01").row.title == "From there"


@pytest.mark.long
def test_a_conflict_that_was_decided_elsewhere_comes_in(wales: Workspace, hub: Hub, copies: list[str]) -> None:
    write_apart(wales, hub)
    third = leave_office(wales, "third")
    sync_and_check(third, hub)
    settle(wales, hub, copies)
    (conflict,) = list_conflicts(third)
    resolve_conflict(third, conflict.id, "ours")
    sync_and_check(third, hub)
    assert sync_and_check(wales, hub).questions == ()
    assert list_conflicts(wales) == []


@pytest.mark.sample(7)
@pytest.mark.parametrize(
    "statement",
    [
        f"""UPDATE change SET value = '"Altered"' WHERE id = {LINE}""",
        f"UPDATE change SET wall_ms = wall_ms + 1 WHERE id = {LINE}",
        f"UPDATE change SET salt = NULL WHERE id = {LINE}",
        f"DELETE FROM change WHERE id = {LINE}",
        "UPDATE step SET label = 'Altered' WHERE seq = 1",
        "INSERT INTO counter (pattern, last) VALUES ('DP-{n}', 90)",
        "INSERT INTO erasure (row_id, erased_on, ground, marks) VALUES ('x', '2013-12-31', 'x', '[]')",
    ],
)
def test_every_alteration_on_the_hub_ends_in_a_full_comparison(
    wales: Workspace, hub: Hub, copies: list[str], statement: str
) -> None:
    settle(wales, hub, copies)
    hub.run(statement)
    sync_and_check(wales, hub, accept_erasures=False)
    assert "change" in copies


@pytest.mark.long
def test_an_old_line_that_is_altered_on_the_hub_is_refused_after_quiet_syncs(
    wales: Workspace, hub: Hub, copies: list[str]
) -> None:
    settle(wales, hub, copies)
    sync_and_check(wales, hub)
    hub.run(f"""UPDATE change SET value = '"Altered"' WHERE id = {LINE}""")
    for _sync in range(2):
        (fault,) = sync_and_check(wales, hub).altered
        assert fault.reason is ChainFaultKind.ALTERED


def write_action(office: Workspace) -> None:
    make_action(office, "Later work")


def undo_last_merge(office: Workspace) -> None:
    history.undo_step(office)


def erase_a_person(office: Workspace) -> None:
    person = next(row for row in list_contacts(office) if row.kind == "person")
    erase_person(office, person.ref)


@pytest.mark.sample(3)
@pytest.mark.parametrize("write", [write_action, undo_last_merge, erase_a_person], ids=lambda write: write.__name__)
def test_every_write_of_the_laptop_ends_in_a_full_comparison(
    wales: Workspace, hub: Hub, copies: list[str], write: Callable[[Workspace], None]
) -> None:
    peer = leave_office(wales, "there")
    sync_and_check(peer, hub)
    actions.edit_action(peer, "DP-01", make_action_draft(title="From there"))
    sync_and_check(peer, hub)
    settle(wales, hub, copies)
    write(wales)
    sync_and_check(wales, hub)
    assert "change" in copies


@pytest.mark.long
def test_what_another_laptop_sends_comes_after_quiet_syncs(wales: Workspace, hub: Hub, copies: list[str]) -> None:
    peer = leave_office(wales, "there")
    settle(wales, hub, copies)
    actions.edit_action(peer, "DP-01", make_action_draft(title="From there"))
    sync_and_check(peer, hub)
    assert sync_and_check(wales, hub).read == 2, "the title, and its Welsh, which it clears"
    assert actions.show_action(wales, "DP-01").row.title == "From there"
