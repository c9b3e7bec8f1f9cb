"""Two laptops that release a page apart: after a merge nothing is printed under the number that both gave."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.publication.answers import KEEP, REST, WITHHOLD, Answer
from ahtc_tui.domain.publication.model import ListState, PublishedDocument, ReleaseList
from ahtc_tui.services.documents.meeting_pages import read_released_documents
from ahtc_tui.services.exports.issued_files import compare_with_release
from ahtc_tui.services.exports.published_pages import find_page
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line, make_minuted_meeting, query_rows, set_clock
from tests.services.replication.merging import leave_office, merge_and_check, merge_both_ways

MINUTES = PublishedDocument.MINUTES


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """Draft minutes with a text that one laptop keeps and the other withholds."""
    ref = make_minuted_meeting(wales)
    make_line(wales, ref, "Mrs Jones asked for a date", 1)
    return ref


def publish(office: Workspace, ref: str, answers: Mapping[str, Answer], *, releases: bool = True) -> ReleaseList:
    return publication.publish(office, find_page(MINUTES, ref), answers, releases=releases)


def show(office: Workspace, ref: str) -> ReleaseList:
    return publication.show_release_list(office, find_page(MINUTES, ref))


def read(office: Workspace, ref: str) -> tuple[int, ...]:
    """Read the release as an export does; return the number that it prints."""
    return tuple(
        int(document.version.split()[1].rstrip(","))
        for document in read_released_documents(office, MINUTES, ref, Language.EN)
    )


@pytest.mark.parametrize("decided_before", [False, True])
def test_a_number_of_two_different_pages_is_printed_on_no_further_copy(
    wales: Workspace, meeting: str, tmp_path: Path, *, decided_before: bool
) -> None:
    [person] = [text.id for text in show(wales, meeting).texts if "Jones" in text.text]
    if decided_before:
        other = next(text.id for text in show(wales, meeting).texts if text.id != person)
        publish(wales, meeting, {other: KEEP}, releases=False)
    peer = set_clock(leave_office(wales, "there"), "2014-01-02")
    assert publish(wales, meeting, {REST: KEEP}).release == 1
    assert publish(peer, meeting, {person: WITHHOLD, REST: KEEP}).release == 1
    assert read(wales, meeting) == read(peer, meeting) == (1,)
    for end in merge_both_ways(wales, peer, tmp_path):
        with pytest.raises(Refused) as error:
            read(end, meeting)
        assert "gave number 1 to different pages" in str(error.value)
        assert "31 December 2013" in str(error.value)
        assert "2 January 2014" in str(error.value)
        assert f"ahtc meetings publish {meeting}" in str(error.value)
        listed = show(end, meeting)
        assert (listed.state, listed.release) == (ListState.OPEN, 2)
        assert [(row.number, row.released_on.isoformat()) for row in listed.releases] in (
            [(1, "2014-01-02"), (1, "2013-12-31")],
            [(1, "2013-12-31"), (1, "2014-01-02")],
        )
        assert publish(end, meeting, {}).release == 2
        assert read(end, meeting) == (2,)
        assert [row.number for row in show(end, meeting).releases] == [2, 1, 1]
        end.close()
    peer.close()


def test_a_copy_of_either_page_is_still_known_by_its_release(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition
    from ahtc_tui.services.documents.meeting_documents import export_document

    peer = leave_office(wales, "there")
    [person] = [text.id for text in show(wales, meeting).texts if "Jones" in text.text]
    for name, office, answers in (("kept", wales, {}), ("withheld", peer, {person: WITHHOLD})):
        publish(office, meeting, answers | {REST: KEEP})
        export_document(office, DocumentKind.MINUTES, meeting, tmp_path / f"{name}.docx", Edition(Cut.PUBLISHED))
    merge_and_check(wales, peer)
    for name in ("kept", "withheld"):
        comparison = compare_with_release(wales, tmp_path / f"{name}.docx")
        assert (comparison.release, comparison.differs) == (1, ())
    peer.close()


def test_the_same_page_released_on_two_laptops_keeps_its_number(wales: Workspace, meeting: str) -> None:
    peer = leave_office(wales, "there")
    for office in (wales, peer):
        assert publish(office, meeting, {REST: KEEP}).release == 1
    merge_and_check(wales, peer)
    assert read(wales, meeting) == (1,)
    assert (show(wales, meeting).state, show(wales, meeting).release) == (ListState.RELEASED, 1)
    peer.close()


def test_two_windows_that_decide_at_the_same_time_keep_one_decision_a_text(
    wales: Workspace, meeting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_answers = publication._list_answers

    def decide_in_the_other_window(*args: Any) -> Any:
        monkeypatch.undo()
        publish(wales, meeting, {REST: WITHHOLD}, releases=False)
        return list_answers(*args)

    monkeypatch.setattr(publication, "_list_answers", decide_in_the_other_window)
    publish(wales, meeting, {REST: KEEP}, releases=False)
    assert query_rows(wales, "SELECT count(*) FROM releases WHERE NOT deleted") == [(1,)]
    assert query_rows(wales, "SELECT DISTINCT decision FROM release_texts WHERE NOT deleted") == [("keep",)]
