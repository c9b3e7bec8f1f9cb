"""A new holder of a post: open work, seats and invites follow the post; closed work and old minutes keep the person."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.contacts.post_holders import Passing, day_before, first_day
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, from_iso
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.actions.service import close_action, edit_action, show_action
from ahtc_tui.services.contacts.appointments import Appointment, appoint, vacate
from ahtc_tui.services.contacts.service import list_contacts, list_register, show_contact
from ahtc_tui.services.history import undo
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, a_holding, a_party, an_action, ask, live_rows

GWENT = "spoc-gwent"
POST = "Single Point of Contact, Gwent Police"


def put(workspace: Workspace, person: str, post: str = GWENT, on: str = "2014-02-10", **more: object) -> Passing:
    """Somebody, new to the register, in a post from a day."""
    last = from_iso(str(more.pop("to"))) if "to" in more else None
    acting = bool(more.pop("acting", False))
    return appoint(workspace, person, post, Appointment(from_iso(on), last, acting), new=True)


def later(workspace: Workspace, day: str) -> Workspace:
    """The same office on another day."""
    return Workspace(workspace.root, workspace.database, lambda: date.fromisoformat(day))


def holders(workspace: Workspace, *days: str) -> list[str | None]:
    """Who holds the post on each of the days."""
    return [show_contact(later(workspace, day), GWENT).row.holder for day in days]


@pytest.fixture
def gwent(wales: Workspace) -> Workspace:
    """The post of Gwent has had a holder since May 2012."""
    put(wales, "First Holder", on="2012-05")
    return wales


def test_the_former_holder_ends_the_day_before_and_the_clock_says_who_it_is(gwent: Workspace) -> None:
    done = put(gwent, "Next Holder")
    assert (done.former, str(done.former_until)) == (("First Holder",), "9 February 2014")
    assert holders(gwent, "2012-04-30", "2012-05-01", "2014-02-09", "2014-02-10") == [
        None,
        "First Holder",
        "First Holder",
        "Next Holder",
    ]


def test_the_action_that_the_post_helps_with_resolves_to_the_new_person_after_and_the_old_before(
    gwent: Workspace,
) -> None:
    assert put(gwent, "Next Holder").actions == (
        "DP-25 Work with each force's Single Point of Contact and share good practice",
    )
    for day, holder in (("2014-02-09", "First Holder"), ("2014-02-10", "Next Holder")):
        assert show_action(later(gwent, day), "DP-25").with_holder(POST) == f"{POST} ({holder})"


def test_the_list_of_a_visit_keeps_who_held_the_post_then(gwent: Workspace) -> None:
    put(gwent, "Next Holder")
    invited = {
        guest.ref: guest.holder for guest in show_meeting(later(gwent, "2014-06-01"), "ukhtc-visit-2013-06").invitees
    }
    assert invited[GWENT] == "First Holder"
    assert invited["spoc-north-wales"] is None


def test_a_meeting_to_come_invites_whoever_holds_the_post_then(gwent: Workspace) -> None:
    a_seat_of_gwent(gwent)
    meeting = add_meeting(gwent, meeting_draft({"group": "forum-gwent", "starts": "2014-03-01 10:00"}, TODAY))
    done = put(gwent, "Next Holder")
    assert done.invites == (f"{meeting.ref} {meeting.title}, 1 March 2014",)
    assert done.seats == ("Gwent Consultation Group on Human Trafficking, Member",)
    assert [guest.holder for guest in show_meeting(gwent, meeting.ref).invitees if guest.ref == GWENT] == [
        "Next Holder"
    ]


def a_seat_of_gwent(workspace: Workspace, *, named: bytes | None = None) -> None:
    """The post sits on the forum of Gwent; somebody may be named for it."""
    post, group = (ask(workspace, "SELECT id FROM parties WHERE ref = ?", ref)[0][0] for ref in (GWENT, "forum-gwent"))
    with workspace.database.write("seat") as ledger:
        values = {"ref": "forum-gwent/spoc-gwent", "group": group, "party": post, "role": "member"}
        seat = ledger.add("seats", values)
        if named:
            ledger.add("occupancies", {"seat": seat, "person": named})


def test_whoever_is_named_for_a_seat_of_the_post_leaves_it_as_well(gwent: Workspace) -> None:
    (first,) = ask(gwent, "SELECT id FROM parties WHERE name = 'First Holder'")[0]
    a_seat_of_gwent(gwent, named=first)
    put(gwent, "Next Holder")
    assert ask(gwent, "SELECT to_on FROM occupancies") == [("2014-02-09",)]


def test_what_the_former_holder_has_in_person_is_asked_about_and_not_moved(gwent: Workspace) -> None:
    ref = an_action(gwent, "Write up the raid", lead="First Holder").ref
    (first,) = ask(gwent, "SELECT id FROM parties WHERE name = 'First Holder'")[0]
    with gwent.database.write("chair") as ledger:
        (group,) = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'forum-gwent'").fetchone()
        ledger.change("groups", group, {"chair": first})
        ledger.add("seats", {"ref": "forum-gwent/first", "group": group, "party": first, "role": "observer"})
    done = put(gwent, "Next Holder")
    assert done.questions == (
        f"leads {ref} Write up the raid",
        "sits on Gwent Consultation Group on Human Trafficking, Observer",
        "chairs Gwent Consultation Group on Human Trafficking",
    )
    assert show_action(gwent, ref).row.lead == "First Holder"


def test_closed_work_keeps_the_person_and_open_work_follows_the_post(gwent: Workspace) -> None:
    refs = [an_action(gwent, title, lead=GWENT).ref for title in ("Closed before", "Still open")]
    close_action(gwent, refs[0])
    put(gwent, "Next Holder")
    after = later(gwent, "2014-03-01")
    assert [show_action(after, ref).row.lead_holder for ref in refs] == ["First Holder", "Next Holder"]
    edit_action(gwent, refs[1], a_draft(status="done", closed_on="2014-02-09"))
    assert show_action(after, refs[1]).row.lead_holder == "First Holder"


def test_closed_work_that_nobody_was_known_to_lead_is_not_given_to_a_later_holder(wales: Workspace) -> None:
    ref = an_action(wales, "Closed while nobody was known", lead=GWENT, support=GWENT).ref
    close_action(wales, ref)
    put(wales, "Next Holder", on="2014-01-01")
    card = show_action(later(wales, "2014-03-01"), ref)
    assert (card.row.lead_holder, card.holders) == (None, ())


def test_the_third_co_ordinator_is_counted_and_the_unnamed_first_stays_as_the_paper_has_it(wales: Workspace) -> None:
    done = put(wales, "Third Holder", "ahtc", "2014-04-01")
    assert done.former == ("Stephen Chapman",)
    assert (len(done.actions), len(done.seats), len(done.kept)) == (12, 10, 4)
    assert [(held.ordinal, held.person, str(held.to_on)) for held in show_contact(wales, "ahtc").holdings] == [
        (1, None, "None"),
        (2, "Stephen Chapman", "31 March 2014"),
        (3, "Third Holder", "None"),
    ]


def test_who_acts_stands_in_and_the_holder_comes_back(gwent: Workspace) -> None:
    done = put(gwent, "Stand In", on="2014-02-01", to="2014-03-31", acting=True)
    assert done.former == ()
    assert holders(gwent, "2014-01-31", "2014-02-01", "2014-03-31", "2014-04-01") == [
        "First Holder",
        "Stand In",
        "Stand In",
        "First Holder",
    ]


def test_a_new_holder_ends_who_acts_and_who_held(gwent: Workspace) -> None:
    put(gwent, "Stand In", on="2014-02-01", acting=True)
    put(gwent, "Second Stand In", on="2014-02-20", acting=True)
    assert put(gwent, "Next Holder", on="2014-03-01").former == ("First Holder", "Second Stand In")
    assert put(gwent, "Stand In", on="2014-04-01").former == ("Next Holder",)


def test_a_month_or_a_year_is_kept_as_it_is_known(gwent: Workspace) -> None:
    assert str(put(gwent, "Next Holder", on="2014-03").former_until) == "February 2014"
    assert holders(gwent, "2014-02-28", "2014-03-01") == ["First Holder", "Next Holder"]


def test_a_holder_of_earlier_days_is_put_before_the_later_one(gwent: Workspace) -> None:
    done = put(gwent, "Earlier Holder", on="2011-01-10")
    assert (done.former, str(done.to_on)) == ((), "April 2012")
    assert holders(gwent, "2011-01-09", "2012-04-30", "2012-05-01") == [None, "Earlier Holder", "First Holder"]


def test_nobody_is_put_twice_into_a_post_and_no_two_on_the_same_day(gwent: Workspace) -> None:
    with pytest.raises(Refused, match="First Holder holds the post already on 10 February 2014"):
        put(gwent, "First Holder")
    with pytest.raises(Refused, match="First Holder holds the post from the same day"):
        put(gwent, "Next Holder", on="2012-05")


def test_a_term_that_ends_before_it_begins_is_refused_and_nothing_is_stored(gwent: Workspace) -> None:
    before = live_rows(gwent)
    with pytest.raises(BadInput, match="9 February 2014 comes before 10 February 2014"):
        put(gwent, "Next Holder", to="2014-02-09")
    assert live_rows(gwent) == before


def test_an_unknown_person_is_only_made_when_that_is_said(gwent: Workspace) -> None:
    when = Appointment(from_iso("2014-02-10"))
    with pytest.raises(NotFound):
        appoint(gwent, "Nobody Atall", GWENT, when)
    with pytest.raises(NotFound):
        appoint(gwent, "First Holder", "no-such-post", when)
    appoint(gwent, "First", "spoc-north-wales", when)
    appoint(gwent, "First", "spoc-south-wales", when, new=True)
    people = {row.name: row.organisation for row in list_contacts(gwent) if row.name.startswith("First")}
    assert people == {"First Holder": "Gwent Police", "First": "South Wales Police"}


def test_several_share_a_post_that_is_filled_by_several(wales: Workspace) -> None:
    put(wales, "One", "ukhtc-tactical-advisors")
    assert put(wales, "Two", "ukhtc-tactical-advisors", "2014-03-01").former == ()
    assert {held.to_on for held in show_contact(wales, "ukhtc-tactical-advisors").holdings} == {None}


def test_a_post_that_falls_vacant_has_no_holder_from_the_day_after(gwent: Workspace) -> None:
    done = vacate(gwent, GWENT, from_iso("2014-02-10"))
    assert (done.person, done.former, str(done.from_on)) == (None, ("First Holder",), "11 February 2014")
    assert holders(gwent, "2014-02-10", "2014-02-11") == ["First Holder", None]
    with pytest.raises(Refused, match="Nobody holds"):
        vacate(gwent, GWENT, from_iso("2014-02-11"))


def test_one_undo_takes_an_appointment_back_with_the_person_it_made(gwent: Workspace) -> None:
    before = live_rows(gwent)
    put(gwent, "Next Holder")
    assert undo(gwent) == "appoint Next Holder to spoc-gwent"
    assert live_rows(gwent) == before


def test_the_register_offers_a_post_by_the_name_of_its_holder_of_the_day(gwent: Workspace) -> None:
    put(gwent, "Next Holder")
    for day, words in (("2014-02-09", "SPOC Gwent First Holder"), ("2014-02-10", "SPOC Gwent Next Holder")):
        assert {ref: also for _name, ref, _kind, also in list_register(later(gwent, day))}[GWENT] == words


def test_a_post_is_found_by_the_name_of_whoever_held_it(gwent: Workspace) -> None:
    put(gwent, "Next Hôlder")
    for words in ("first holder", "next holder"):
        assert GWENT in [row.ref for row in list_contacts(gwent, words)]


@pytest.mark.parametrize(
    ("known", "first", "before"),
    [
        (DateAsKnown(date(2014, 2, 10)), date(2014, 2, 10), "9 February 2014"),
        (DateAsKnown(date(2014, 1, 31), Precision.MONTH), date(2014, 1, 1), "December 2013"),
        (DateAsKnown(date(2014, 12, 31), Precision.YEAR), date(2014, 1, 1), "2013"),
    ],
)
def test_a_beginning_is_as_exact_as_it_is_known(known: DateAsKnown, first: date, before: str) -> None:
    assert (first_day(known), str(day_before(known))) == (first, before)


@pytest.mark.parametrize("known", [DateAsKnown(date.max, Precision.WORDS, "ASAP"), DateAsKnown(date.min)])
def test_a_beginning_that_names_no_day_is_refused(known: DateAsKnown) -> None:
    with pytest.raises(BadInput):
        day_before(known)


def test_an_undated_holding_of_an_older_kind_yields_to_a_dated_one(wales: Workspace) -> None:
    post = ask(wales, "SELECT id FROM parties WHERE ref = ?", GWENT)[0][0]
    a_holding(wales, post, a_party(wales, "Undated", "undated", kind="person"))
    assert put(wales, "Next Holder").former == ("Undated",)
    assert holders(wales, "2014-02-09", "2014-02-10") == ["Undated", "Next Holder"]


def test_a_later_chair_is_not_made_the_chair_of_earlier_minutes(wales: Workspace) -> None:
    from ahtc_tui.domain.dates.date_as_known import from_iso as day
    from ahtc_tui.domain.drafts.minutes import attendance_draft
    from ahtc_tui.services.groups.service import set_chair
    from ahtc_tui.services.meetings.attendance import set_attendance
    from ahtc_tui.store.documents.meeting_documents import people_at

    meeting = add_meeting(wales, meeting_draft({"group": "cross-party-group", "starts": "2013-11-05"}, TODAY))
    for name in ("Joyce Watson", "Jeff Farrar"):
        set_attendance(wales, meeting.ref, name, attendance_draft({"state": "present"}))
    set_chair(wales, "cross-party-group", "Jeff Farrar", day("2013-12-01"))
    with wales.database.read() as cursor:
        then = {one.name: one.chair for one in people_at(cursor, meeting.key, date(2013, 11, 5))}
        later = {one.name: one.chair for one in people_at(cursor, meeting.key, date(2013, 12, 1))}
    assert (then["Joyce Watson"], then["Jeff Farrar"], later["Jeff Farrar"]) == (True, False, True)
