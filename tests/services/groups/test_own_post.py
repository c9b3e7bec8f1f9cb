"""The post of an own office: that of the first question, and no post of the 2013 data is supposed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.groups import build_group_draft, build_seat_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import Language
from ahtc_tui.services.contacts.service import add_contact, find_own_post
from ahtc_tui.services.desk_people import set_desk_person
from ahtc_tui.services.documents.letterhead import build_signature
from ahtc_tui.services.groups.membership import list_memberships
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.groups.service import add_group
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.first_start import NewOffice, start_office
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.meetings.queries import find_secretariat, list_office_refs


def sit_on_forum(office: Workspace, post: str) -> None:
    """Add a group with a seat of a post."""
    add_group(office, build_group_draft({"name": "Gwent forum", "kind": "forum"}, office.today()))
    give_seat(office, "gwent-forum", post, build_seat_draft({}, office.today()))


def test_the_post_of_the_first_question_is_that_of_the_office(tmp_path: Path) -> None:
    answers = NewOffice("Gwent office", "office@example.org", "", "Regional Co-ordinator", Language.EN)
    start_office(tmp_path, answers)
    with closing(open_workspace(tmp_path)) as office:
        sit_on_forum(office, "Regional Co-ordinator")
        assert [row.group_ref for row in list_memberships(office)] == ["gwent-forum"]
        assert build_signature(office) == ("Regional Co-ordinator", "Gwent office")
        with office.database.read() as cursor:
            assert list_office_refs(cursor, office.today()) == ["regional-co-ordinator"]
            assert find_secretariat(cursor) is not None


def test_an_office_without_a_post_says_how_to_name_one(tmp_path: Path) -> None:
    start_office(tmp_path, NewOffice("Gwent office", "office@example.org", "", "", Language.EN))
    with closing(open_workspace(tmp_path)) as office:
        with pytest.raises(NotFound, match="ahtc desk --post"):
            list_memberships(office)
        assert find_own_post(office) is None
        assert build_signature(office) == ("Gwent office",)
        add_contact(office, build_contact_draft({"name": "Policy Lead", "kind": "post"}, office.today()))
        set_desk_person(office, None, "policy lead")
        sit_on_forum(office, "Policy Lead")
        assert [row.group_ref for row in list_memberships(office)] == ["gwent-forum"]


def test_the_co_ordinator_is_the_post_of_the_office_whoever_is_at_the_desk(wales: Workspace) -> None:
    seats = [row.group_ref for row in list_memberships(wales)]
    set_desk_person(wales, None, "Secretariat of the Leadership Group")
    assert [row.group_ref for row in list_memberships(wales)] == seats
