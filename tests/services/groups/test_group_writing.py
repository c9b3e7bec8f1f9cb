"""Tests of adding, editing, renaming and chairing groups; the former name is still found and old papers keep it."""

from __future__ import annotations

from typing import Any

import pytest

from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.groups import GroupDraft, build_group_draft, build_terms_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.groups.model import GroupKind, GroupState
from ahtc_tui.services.contacts.service import edit_contact, show_contact
from ahtc_tui.services.groups.seats import list_seats
from ahtc_tui.services.groups.service import add_group, edit_group, list_groups, set_chair, set_terms, show_group
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.renames import rename_party
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, read_live_rows, set_clock

LG = "leadership-group"
NAME = "Wales Anti Human Trafficking Leadership Group"


def make_group_draft(**fields: Any) -> GroupDraft:
    """Return a checked draft of a group."""
    return build_group_draft(fields, TODAY)


def test_a_group_is_an_active_forum_by_default(wales: Workspace) -> None:
    row = add_group(wales, make_group_draft(name="Pôwys Forum"))
    assert (row.ref, row.kind, row.state) == ("powys-forum", GroupKind.FORUM, GroupState.ACTIVE)
    assert add_group(wales, make_group_draft(name="Powys forum")).ref == "powys-forum-2"


def test_every_field_of_a_group_is_stored(wales: Workspace) -> None:
    fields = {
        "name": "Training Board",
        "kind": "sub group",
        "state": "proposed",
        "area": "Gwent",
        "parent": "LG",
        "predecessor": "jsg-data-group",
        "owner": "Home Office",
        "lead": "Bawso",
        "frequency": "every two months",
        "quorum": "8",
        "purpose": "One course",
        "aliases": "TB; The board",
        "time_limited": "yes",
        "restricted": "no",
        "ref_pattern": "TB-{year}-{n:02}",
        "chair": "Jeff Farrar",
    }
    card = show_group(wales, add_group(wales, make_group_draft(**fields)).ref)
    assert (card.row.kind, card.row.area, card.row.chair) == (GroupKind.SUB_GROUP, "Gwent", "Jeff Farrar")
    assert (card.parent, card.predecessor, card.owner) == (NAME, "Task and Finish Data Group", "Home Office")
    assert (card.lead_organisation, card.frequency, card.quorum) == ("Bawso", "every two months", 8)
    assert (card.purpose, card.aliases, card.time_limited, card.restricted) == (
        "One course",
        ("TB", "The board"),
        True,
        False,
    )
    assert card.forces == ("Gwent Police",)
    assert len(card.authorities) == 5
    assert show_group(wales, "jsg-data-group").successors == ("Training Board",)
    meeting = add_meeting(wales, build_meeting_draft({"group": "TB", "starts": "2014-02-01"}, TODAY))
    assert meeting.ref == "TB-2014-01"


def test_fields_are_changed_and_cleared(wales: Workspace) -> None:
    edit_group(wales, LG, make_group_draft(quorum="8", purpose="", aliases="The Group"))
    card = show_group(wales, LG)
    assert (card.quorum, card.purpose) == (8, None)
    assert "The Group" in card.aliases
    edit_group(wales, LG, make_group_draft(aliases="", quorum=""))
    assert show_group(wales, LG).aliases == ("Wales Anti-Slavery Leadership Group",)
    assert show_group(wales, LG).quorum is None
    assert undo_step(wales) == "groups edit leadership-group"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "cannot be empty"),
        ({"kind": ""}, "cannot be empty"),
        ({"state": "open"}, "Choose one of"),
        ({"quorum": "some"}, "is not a quorum"),
        ({"quorum": "0"}, "is not a quorum"),
        ({"time_limited": "perhaps"}, "yes or no"),
        ({"ref_pattern": "LG"}, "is not a pattern for meeting references"),
        ({"colour": "red"}, "no field"),
    ],
)
def test_invalid_fields_are_refused_in_one_sentence(fields: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        build_group_draft(fields, TODAY)


def test_a_refused_edit_stores_nothing(wales: Workspace) -> None:
    before = read_live_rows(wales)
    for fields, error in (
        ({"parent": LG}, Refused),
        ({"predecessor": LG}, Refused),
        ({"area": "Atlantis"}, NotFound),
        ({"owner": "Nobody"}, NotFound),
        ({}, BadInput),
    ):
        with pytest.raises(error):
            edit_group(wales, LG, make_group_draft(**fields))
    with pytest.raises(BadInput, match="needs a name"):
        add_group(wales, make_group_draft(kind="forum"))
    edit_group(wales, "idmg", make_group_draft(parent=LG))
    with pytest.raises(Refused, match="part of itself"):
        edit_group(wales, LG, make_group_draft(parent="idmg"))
    undo_step(wales)
    assert read_live_rows(wales) == before


def test_earlier_meetings_keep_the_old_name_and_both_names_are_found(wales: Workspace) -> None:
    refs = [
        add_meeting(wales, build_meeting_draft({"group": "idmg", "starts": day, "title": "Meeting"}, TODAY)).ref
        for day in ("2013-09-30", "2013-10-01")
    ]
    assert rename_party(wales, "idmg", "Ministerial Group on Slavery", read_iso_date("2013-10-01")).ref == "idmg"
    assert [show_meeting(wales, ref).row.group for ref in refs] == [
        "Inter-Departmental Ministerial Group on Human Trafficking",
        "Ministerial Group on Slavery",
    ]
    for words in ("Ministerial Group on Slavery", "Inter-Departmental Ministerial Group on Human Trafficking"):
        assert show_group(wales, words).row.ref == "idmg"
    assert "idmg" in [row.ref for row in list_groups(wales, "inter departmental")]


def test_a_future_name_is_used_from_its_first_day(wales: Workspace) -> None:
    rename_party(wales, "idmg", "Later Group", read_iso_date("2014-06-01"))
    names = [show_group(set_clock(wales, day), "idmg").row.name for day in ("2014-05-31", "2014-06-01")]
    assert names == ["Inter-Departmental Ministerial Group on Human Trafficking", "Later Group"]
    assert show_group(wales, "Later Group").renames == ("Later Group (from 1 June 2014)",)
    later = set_clock(wales, "2015-01-01")
    rename_party(later, "idmg", "Third Name", read_iso_date("2015-01-01"))
    days = ("2014-05-31", "2014-06-01", "2014-12-31", "2015-01-01")
    assert [show_group(set_clock(wales, day), "idmg").row.name for day in days] == [
        "Inter-Departmental Ministerial Group on Human Trafficking",
        "Later Group",
        "Later Group",
        "Third Name",
    ]


def test_each_of_three_names_is_used_in_its_period(wales: Workspace) -> None:
    rename_party(wales, "pslg", "Second", read_iso_date("2012-01-01"))
    rename_party(wales, "pslg", "Third", read_iso_date("2013-01-01"))
    days = ("2011-12-31", "2012-12-31", "2013-01-01")
    assert [show_group(set_clock(wales, day), "pslg").row.name for day in days] == [
        "Public Services Leadership Group",
        "Second",
        "Third",
    ]


def test_a_known_future_name_becomes_current_and_its_day_can_be_corrected(wales: Workspace) -> None:
    later = "Wales Anti-Slavery Leadership Group"
    days = ("2014-06-30", "2014-07-01", "2014-07-06", "2014-07-07", "2020-01-01")

    def read_names() -> list[str]:
        return [show_group(set_clock(wales, day), LG).row.name for day in days]

    assert read_names() == [NAME, NAME, NAME, later, later]
    rename_party(set_clock(wales, "2014-08-01"), LG, later, read_iso_date("2014-07-01"))
    assert read_names() == [NAME, later, later, later, later]


def test_repeated_and_empty_names_are_refused(wales: Workspace) -> None:
    edit_group(wales, "pslg", make_group_draft(aliases="Public Services Leadership Group"))
    with pytest.raises(Refused, match="has this name already"):
        rename_party(wales, "pslg", "Public Services Leadership Group", read_iso_date("2013-06-01"))
    rename_party(wales, "pslg", "Next", read_iso_date("2013-06-01"))
    assert show_group(wales, "pslg").renames == ("Public Services Leadership Group (until 31 May 2013)",)
    with pytest.raises(Refused, match="has this name already"):
        rename_party(wales, "pslg", "Next", read_iso_date("2013-06-01"))
    with pytest.raises(Refused, match="is called Next from 1 June 2013"):
        rename_party(wales, "pslg", "Other", read_iso_date("2013-06-01"))
    with pytest.raises(BadInput, match="cannot be empty"):
        rename_party(wales, "pslg", " ", read_iso_date("2013-07-01"))


def test_an_organisation_is_renamed_as_well(wales: Workspace) -> None:
    edit_contact(wales, "gla", build_contact_draft({"aliases": "The Authority"}, TODAY))
    assert (
        rename_party(
            wales, "Gangmasters Licensing Authority", "Labour Abuse Authority", read_iso_date("2013-12-01")
        ).ref
        == "gla"
    )
    card = show_contact(wales, "Gangmasters Licensing Authority")
    assert (card.row.name, "The Authority" in card.aliases) == ("Labour Abuse Authority", True)


def test_the_history_of_chairs_is_kept(wales: Workspace) -> None:
    edit_group(wales, "cross-party-group", make_group_draft(chair="Jeff Farrar"))
    set_chair(wales, "cross-party-group", "Mohammed Mehmet", read_iso_date("2014-03-01"))
    assert [(row.name, row.term) for row in show_group(wales, "cross-party-group").chairs] == [
        ("Mohammed Mehmet", "from 1 March 2014"),
        ("Jeff Farrar", "from 31 December 2013, last day not recorded"),
        ("Joyce Watson", "last day not recorded"),
    ]


def test_a_chair_since_a_month_keeps_the_days_of_it_before_the_end(wales: Workspace) -> None:
    set_chair(wales, "cross-party-group", "Jeff Farrar", read_iso_date("2014-03"))
    edit_group(set_clock(wales, "2014-03-10"), "cross-party-group", make_group_draft(chair=""))
    chairs = [(row.name, str(row.from_on), str(row.to_on)) for row in show_group(wales, "cross-party-group").chairs]
    assert ("Jeff Farrar", "March 2014", "9 March 2014") in chairs


def test_a_chair_without_a_seat_is_kept_in_the_history(wales: Workspace) -> None:
    with wales.database.write("unseat the chair") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM seats WHERE ref = 'cross-party-group/joyce-watson'").fetchone()
        ledger.remove("seats", key)
    set_chair(wales, "cross-party-group", "Jeff Farrar", read_iso_date("2013-06-01"))
    names = [(row.name, row.replaced) for row in show_group(wales, "cross-party-group").chairs]
    assert names == [("Jeff Farrar", False), ("Joyce Watson", True)]
    edit_group(wales, "cross-party-group", make_group_draft(chair=""))
    assert show_group(wales, "cross-party-group").row.chair is None


def test_setting_the_same_chair_keeps_the_seat(wales: Workspace) -> None:
    before = [seat.ref for seat in list_seats(wales, "idmg")]
    edit_group(wales, "idmg", make_group_draft(chair="Minister for Security"))
    assert [seat.ref for seat in list_seats(wales, "idmg")] == before


def test_a_post_that_chairs_shows_its_holder(wales: Workspace) -> None:
    edit_group(wales, "forum-gwent", make_group_draft(chair="AHTC"))
    assert [(row.name, row.holder) for row in show_group(wales, "forum-gwent").chairs] == [
        ("Anti Human Trafficking Co-ordinator", "Stephen Chapman")
    ]


def test_versions_of_the_terms_of_reference_are_kept_with_their_review_date(wales: Workspace) -> None:
    assert set_terms(wales, LG, build_terms_draft({"version": "1", "agreed_on": "2012-06-01"}, TODAY))
    assert set_terms(wales, LG, build_terms_draft({"version": "2", "agreed_on": "2013-06", "review_on": "2015"}, TODAY))
    assert not set_terms(wales, LG, build_terms_draft({"version": "1", "text": "To lead"}, TODAY))
    versions = [(row.version, row.text, str(row.agreed_on), str(row.review_on)) for row in show_group(wales, LG).terms]
    assert versions == [("2", None, "June 2013", "2015"), ("1", "To lead", "1 June 2012", "None")]
    with pytest.raises(BadInput):
        build_terms_draft({"version": " "}, TODAY)


def test_a_group_shows_its_last_meeting_and_none_planned(wales: Workspace) -> None:
    add_meeting(wales, build_meeting_draft({"group": "pslg", "starts": "2013-11-05", "title": "Autumn"}, TODAY))
    card = show_group(wales, "pslg")
    assert card.last_meeting == "PSLG-2013-01 Autumn, 5 November 2013"
    assert card.row.next_meeting is None
