"""The register of promises: whose they are, what became of them, and what is late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ahtc_tui.domain.drafts.promises import build_promise_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.promises.model import Promise, PromiseStatus
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.promises import service as promises
from ahtc_tui.services.records.removal import remove_record
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_holding, make_party, make_update, query_rows


def make_promise(workspace: Workspace, text: str = "Report on the training", *links: str, **fields: Any) -> Promise:
    return promises.add_promise(workspace, build_promise_draft({"text": text, **fields}, TODAY), links)


def list_refs(workspace: Workspace, words: str = "", **conditions: str) -> set[str]:
    return {row.ref for row in promises.list_promises(workspace, words, **conditions)}


def test_a_promise_is_made_by_this_office_today_unless_somebody_says_otherwise(wales: Workspace) -> None:
    own = make_promise(wales, to="minister-local-government")
    assert (own.by_ref, own.to_ref, str(own.on)) == ("ahtc", "minister-local-government", "31 December 2013")
    received = make_promise(wales, by="lesley-griffiths", to="ahtc", on="1 dec 2013")
    assert (received.by_ref, received.to_ref, str(received.on)) == ("lesley-griffiths", "ahtc", "1 December 2013")
    meant_for_us = make_promise(wales, to="ahtc")
    assert meant_for_us.by is None


def test_the_date_of_a_promise_is_that_of_its_meeting(wales: Workspace) -> None:
    meeting = query_rows(wales, "SELECT ref, day FROM meetings WHERE length(day) = 10 AND NOT deleted LIMIT 1")[0]
    promise = make_promise(wales, meeting=meeting[0])
    assert promise.on is not None
    assert promise.on.latest.isoformat() == meeting[1]


def test_a_list_by_a_post_has_the_promises_to_who_held_it_then(wales: Workspace) -> None:
    post = make_party(wales, "Minister for Safety", "minister-safety", kind="post")
    former = make_party(wales, "Former Minister", "former-minister", kind="person")
    make_holding(wales, post, former, from_on="2012-01-01", to_on="2013-06-30")
    during = make_promise(wales, to="former-minister", on="1 june 2013").ref
    afterwards = make_promise(wales, to="former-minister", on="1 july 2013").ref
    to_post = make_promise(wales, to="minister-safety", on="2 july 2013").ref
    assert list_refs(wales, to="minister-safety") == {during, to_post}
    assert list_refs(wales, to="former-minister") == {during, afterwards}
    assert list_refs(wales, to="minister-safety", first="june 2013", last="june 2013") == {during}
    assert list_refs(wales, by="minister-safety") == set()


def test_what_became_of_a_promise_follows_its_records(wales: Workspace) -> None:
    promise = make_promise(wales, "Report on the training", "DP-08")
    assert [(outcome.ref, outcome.status) for outcome in promise.became] == [("DP-08", "planned")]
    make_update(wales, "DP-08", status="in_progress")
    decision = query_rows(wales, "SELECT ref FROM decisions WHERE NOT deleted LIMIT 1")[0][0]
    linked = promises.link_promise(wales, promise.ref, decision)
    assert [outcome.status for outcome in linked.became] == ["in_progress", "agreed"]
    assert len(promises.link_promise(wales, promise.ref, decision).became) == 2
    assert [outcome.ref for outcome in promises.link_promise(wales, promise.ref, "DP-08", remove=True).became] == [
        decision
    ]
    with pytest.raises(NotFound, match='There is no action, decision or paper "DP-99"'):
        promises.link_promise(wales, promise.ref, "DP-99")


def test_a_promise_that_ends_has_a_date(wales: Workspace) -> None:
    ref = make_promise(wales, due="20 dec 2013").ref
    assert list_refs(wales, "is:late") == list_refs(wales, "due<21 dec 2013") == {ref}
    kept = promises.edit_promise(wales, ref, build_promise_draft({"status": "kept", "outcome": "Reported"}, TODAY))
    assert (kept.status, kept.closed_on and kept.closed_on.latest) == (PromiseStatus.KEPT, TODAY)
    assert list_refs(wales, "is:late") == set()
    assert list_refs(wales, "is:closed closed>30 dec 2013") == {ref}
    assert promises.edit_promise(wales, ref, build_promise_draft({"status": "open"}, TODAY)).closed_on is None


def test_a_promise_is_found_removed_and_brought_back(wales: Workspace) -> None:
    ref = make_promise(wales, "A pathway for Gwent", "DP-08", to="minister-local-government").ref
    assert [hit.ref for hit in search_records(wales, "pathway gwent") if hit.kind == "promise"] == [ref]
    assert remove_record(wales, "promise", ref).parts == (("outcome of a promise", 1),)
    assert list_refs(wales) == set()
    undo_step(wales)
    assert list_refs(wales) == {ref}
    assert promises.show_promise(wales, ref).became


def test_a_promise_needs_text(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="A promise needs text"):
        promises.add_promise(wales, build_promise_draft({"to": "ahtc"}, TODAY))
    assert not promises.show_promise(wales, make_promise(wales).ref).is_late(date(2020, 1, 1))
