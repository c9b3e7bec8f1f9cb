"""Tests of appointments: open actions, seats and invitations follow the post; closed actions and old minutes do not."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from ahtc_tui.domain.contacts.post_holders import AppointmentReport, build_post_timeline
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, read_iso_date
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.dates.periods import find_day_before
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.actions.service import close_action, show_action
from ahtc_tui.services.contacts.appointments import Appointment, appoint_holder, vacate_post
from ahtc_tui.services.contacts.service import edit_contact, list_contacts, list_register, show_contact
from ahtc_tui.services.groups.service import set_chair
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.post_holders import find_holder_on, read_holdings
from ahtc_tui.store.documents.meeting_documents import read_attendees
from ahtc_tui.store.sql_fragments import FIRST_DAY
from tests.builders import TODAY, make_action, make_holding, make_party, query_rows, read_live_rows, set_clock

GWENT = "spoc-gwent"
POST = "Single Point of Contact, Gwent Police"


def appoint_new_person(
    workspace: Workspace, person: str, post: str = GWENT, from_on: str = "2014-02-10", **more: object
) -> AppointmentReport:
    """Appoint a person who is not in the register yet."""
    last = read_iso_date(str(more.pop("to"))) if "to" in more else None
    acting = bool(more.pop("acting", False))
    return appoint_holder(
        workspace, person, post, Appointment(read_iso_date(from_on), last, acting), create_person=True
    )


def list_holders(workspace: Workspace, *days: str) -> list[str | None]:
    """Return the holder of the post on each day."""
    return [show_contact(set_clock(workspace, day), GWENT).row.holder for day in days]


@pytest.fixture
def gwent(wales: Workspace) -> Workspace:
    """The post of Gwent Police, with a holder since May 2012."""
    appoint_new_person(wales, "First Holder", from_on="2012-05")
    return wales


def test_the_former_holder_leaves_the_day_before_the_new_one(gwent: Workspace) -> None:
    passing = appoint_new_person(gwent, "Next Holder")
    assert (passing.former, str(passing.former_until)) == (("First Holder",), "9 February 2014")
    assert list_holders(gwent, "2012-04-30", "2012-05-01", "2014-02-09", "2014-02-10") == [
        None,
        "First Holder",
        "First Holder",
        "Next Holder",
    ]


def test_supporters_by_post_show_the_holder_of_the_day(
    gwent: Workspace,
) -> None:
    assert appoint_new_person(gwent, "Next Holder").actions == (
        "DP-25 Work with each force's Single Point of Contact and share good practice",
    )
    for day, holder in (("2014-02-09", "First Holder"), ("2014-02-10", "Next Holder")):
        assert show_action(set_clock(gwent, day), "DP-25").with_holder(POST) == f"{POST} ({holder})"


def test_past_invitations_keep_the_holder_of_that_day(gwent: Workspace) -> None:
    appoint_new_person(gwent, "Next Holder")
    invited = {
        guest.ref: guest.holder
        for guest in show_meeting(set_clock(gwent, "2014-06-01"), "ukhtc-visit-2013-06").invitees
    }
    assert invited[GWENT] == "First Holder"
    assert invited["spoc-north-wales"] is None


def test_future_invitations_show_the_holder_of_that_day(gwent: Workspace) -> None:
    add_gwent_seat(gwent)
    meeting = add_meeting(gwent, build_meeting_draft({"group": "forum-gwent", "starts": "2014-03-01 10:00"}, TODAY))
    passing = appoint_new_person(gwent, "Next Holder")
    assert passing.invites == (f"{meeting.ref} {meeting.title}, 1 March 2014",)
    assert passing.seats == ("Gwent Consultation Group on Human Trafficking, Member",)
    assert [guest.holder for guest in show_meeting(gwent, meeting.ref).invitees if guest.ref == GWENT] == [
        "Next Holder"
    ]


def add_gwent_seat(workspace: Workspace, *, named: bytes | None = None) -> None:
    """Add a seat of the post on the Gwent forum, with or without a representative."""
    post, group = (
        query_rows(workspace, "SELECT id FROM parties WHERE ref = ?", ref)[0][0] for ref in (GWENT, "forum-gwent")
    )
    with workspace.database.write("seat") as ledger:
        values = {"ref": "forum-gwent/spoc-gwent", "group": group, "party": post, "role": "member"}
        seat = ledger.add("seats", values)
        if named:
            ledger.add("occupancies", {"seat": seat, "person": named})


def test_the_occupant_of_a_seat_of_the_post_leaves_with_it(gwent: Workspace) -> None:
    (first,) = query_rows(gwent, "SELECT id FROM parties WHERE name = 'First Holder'")[0]
    add_gwent_seat(gwent, named=first)
    appoint_new_person(gwent, "Next Holder")
    assert query_rows(gwent, "SELECT to_on FROM occupancies") == [("2014-02-09",)]


def test_personal_duties_of_the_former_holder_are_questions(gwent: Workspace) -> None:
    ref = make_action(gwent, "Write up the raid", lead="First Holder").ref
    (first,) = query_rows(gwent, "SELECT id FROM parties WHERE name = 'First Holder'")[0]
    with gwent.database.write("chair") as ledger:
        (group,) = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'forum-gwent'").fetchone()
        ledger.update("groups", group, {"chair": first})
        ledger.add("seats", {"ref": "forum-gwent/first", "group": group, "party": first, "role": "observer"})
    passing = appoint_new_person(gwent, "Next Holder")
    assert passing.questions == (
        f"leads {ref} Write up the raid",
        "sits on Gwent Consultation Group on Human Trafficking, Observer",
        "chairs Gwent Consultation Group on Human Trafficking",
    )
    assert show_action(gwent, ref).row.lead == "First Holder"


def test_closed_actions_keep_the_person_and_open_ones_follow_the_post(gwent: Workspace) -> None:
    refs = [make_action(gwent, title, lead=GWENT).ref for title in ("Closed before", "Still open")]
    close_action(gwent, refs[0])
    appoint_new_person(gwent, "Next Holder")
    after = set_clock(gwent, "2014-03-01")
    assert [show_action(after, ref).row.lead_holder for ref in refs] == ["First Holder", "Next Holder"]
    close_action(after, refs[1], DateAsKnown(date(2014, 2, 9)))
    assert show_action(after, refs[1]).row.lead_holder == "First Holder"


def test_closed_actions_of_a_vacant_post_get_no_later_holder(wales: Workspace) -> None:
    ref = make_action(wales, "Closed while nobody was known", lead=GWENT, support=GWENT).ref
    close_action(wales, ref)
    appoint_new_person(wales, "Next Holder", from_on="2014-01-01")
    card = show_action(set_clock(wales, "2014-03-01"), ref)
    assert (card.row.lead_holder, card.holders) == (None, ())


def test_a_term_that_reaches_into_a_later_one_names_the_later_holder(gwent: Workspace) -> None:
    appoint_new_person(gwent, "Next Holder", from_on="2014-03-01")
    report = appoint_new_person(gwent, "Third", from_on="2014-02-01", to="2014-06-01")
    assert (report.former, report.later, report.again) == (("First Holder",), ("Next Holder",), ())
    assert list_holders(gwent, "2014-01-31", "2014-02-01", "2014-02-28", "2014-03-01", "2014-06-02") == [
        "First Holder",
        "Third",
        "Third",
        "Next Holder",
        "Next Holder",
    ]


def test_a_holder_without_a_last_day_holds_the_post_again_after_a_limited_term(gwent: Workspace) -> None:
    report = appoint_new_person(gwent, "Third", from_on="2014-02-01", to="2014-06-01")
    assert (report.former, report.again) == (("First Holder",), ("First Holder",))
    assert list_holders(gwent, "2014-06-01", "2014-06-02") == ["Third", "First Holder"]


def test_holders_of_a_shared_post_do_not_replace_each_other(gwent: Workspace) -> None:
    edit_contact(gwent, GWENT, build_contact_draft({"collective": "yes"}, TODAY))
    assert appoint_new_person(gwent, "Next Holder").former == ()
    assert [held.to_on for held in show_contact(gwent, GWENT).holdings] == [None, None]


def test_holders_of_the_post_are_numbered(wales: Workspace) -> None:
    passing = appoint_new_person(wales, "Third Holder", "ahtc", "2014-04-01")
    assert passing.former == ("Stephen Chapman",)
    assert (len(passing.actions), len(passing.seats), len(passing.kept)) == (12, 10, 4)
    assert [(held.ordinal, held.holder_label, held.term) for held in show_contact(wales, "ahtc").holdings] == [
        (1, "not named", "from 4 April 2011, last day not recorded"),
        (2, "Stephen Chapman", "from November 2012, last day not recorded"),
        (3, "Third Holder", "from 1 April 2014"),
    ]


def test_an_acting_holder_stands_in_for_the_holder(gwent: Workspace) -> None:
    passing = appoint_new_person(gwent, "Stand In", from_on="2014-02-01", to="2014-03-31", acting=True)
    assert passing.former == ()
    assert list_holders(gwent, "2014-01-31", "2014-02-01", "2014-03-31", "2014-04-01") == [
        "First Holder",
        "Stand In",
        "Stand In",
        "First Holder",
    ]


def test_a_new_holder_ends_acting_and_full_holders(gwent: Workspace) -> None:
    appoint_new_person(gwent, "Stand In", from_on="2014-02-01", acting=True)
    appoint_new_person(gwent, "Second Stand In", from_on="2014-02-20", acting=True)
    assert appoint_new_person(gwent, "Next Holder", from_on="2014-03-01").former == ("First Holder", "Second Stand In")
    assert appoint_new_person(gwent, "Stand In", from_on="2014-04-01").former == ("Next Holder",)


def test_a_month_or_a_year_keeps_its_precision(gwent: Workspace) -> None:
    assert str(appoint_new_person(gwent, "Next Holder", from_on="2014-03").former_until) == "February 2014"
    assert list_holders(gwent, "2014-02-28", "2014-03-01") == ["First Holder", "Next Holder"]


def test_an_earlier_holder_ends_before_the_later_one(gwent: Workspace) -> None:
    passing = appoint_new_person(gwent, "Earlier Holder", from_on="2011-01-10")
    assert (passing.former, str(passing.to_on)) == ((), "April 2012")
    assert list_holders(gwent, "2011-01-09", "2012-04-30", "2012-05-01") == [None, "Earlier Holder", "First Holder"]


def test_a_second_term_of_a_holder_is_a_term_of_its_own(gwent: Workspace) -> None:
    appoint_new_person(gwent, "First Holder")
    assert [held.replaced for held in show_contact(gwent, GWENT).holdings] == [True, False]


def test_appointments_from_the_same_day_are_refused(gwent: Workspace) -> None:
    with pytest.raises(Refused, match="First Holder holds the post already on May 2012"):
        appoint_new_person(gwent, "First Holder", from_on="2012-05")
    with pytest.raises(Refused, match="First Holder holds the post from the same date"):
        appoint_new_person(gwent, "Next Holder", from_on="2012-05")


def test_a_term_that_ends_before_it_begins_is_refused(gwent: Workspace) -> None:
    before = read_live_rows(gwent)
    with pytest.raises(BadInput, match="9 February 2014 is before 10 February 2014"):
        appoint_new_person(gwent, "Next Holder", to="2014-02-09")
    assert read_live_rows(gwent) == before


def test_an_unknown_person_is_added_only_when_allowed(gwent: Workspace) -> None:
    when = Appointment(read_iso_date("2014-02-10"))
    with pytest.raises(NotFound):
        appoint_holder(gwent, "Nobody Atall", GWENT, when)
    with pytest.raises(NotFound):
        appoint_holder(gwent, "First Holder", "no-such-post", when)
    appoint_holder(gwent, "First", "spoc-north-wales", when)
    appoint_holder(gwent, "First", "spoc-south-wales", when, create_person=True)
    people = {row.name: row.organisation for row in list_contacts(gwent) if row.name.startswith("First")}
    assert people == {"First Holder": "Gwent Police", "First": "South Wales Police"}


def test_several_persons_share_a_collective_post(wales: Workspace) -> None:
    appoint_new_person(wales, "One", "ukhtc-tactical-advisors")
    assert appoint_new_person(wales, "Two", "ukhtc-tactical-advisors", "2014-03-01").former == ()
    assert {held.to_on for held in show_contact(wales, "ukhtc-tactical-advisors").holdings} == {None}


def test_a_vacated_post_has_no_holder_from_the_next_day(gwent: Workspace) -> None:
    passing = vacate_post(gwent, GWENT, read_iso_date("2014-02-10"))
    assert (passing.person, passing.former, str(passing.from_on)) == (None, ("First Holder",), "11 February 2014")
    assert list_holders(gwent, "2014-02-10", "2014-02-11") == ["First Holder", None]
    with pytest.raises(Refused, match="No one holds"):
        vacate_post(gwent, GWENT, read_iso_date("2014-02-11"))


def test_one_undo_removes_an_appointment_and_the_new_person(gwent: Workspace) -> None:
    before = read_live_rows(gwent)
    appoint_new_person(gwent, "Next Holder")
    assert undo_step(gwent) == "appoint Next Holder to spoc-gwent"
    assert read_live_rows(gwent) == before


def test_the_register_lists_a_post_with_the_holder_of_the_day(gwent: Workspace) -> None:
    appoint_new_person(gwent, "Next Holder")
    for day, words in (("2014-02-09", "SPOC Gwent First Holder"), ("2014-02-10", "SPOC Gwent Next Holder")):
        assert {party.ref: party.words for party in list_register(set_clock(gwent, day))}[GWENT] == words


def test_a_post_is_found_by_the_names_of_its_holders(gwent: Workspace) -> None:
    appoint_new_person(gwent, "Next Hôlder")
    for words in ("first holder", "next holder"):
        assert GWENT in [row.ref for row in list_contacts(gwent, words)]


@pytest.mark.parametrize(
    ("start", "first_day", "day_before"),
    [
        (DateAsKnown(date(2014, 2, 10)), date(2014, 2, 10), "9 February 2014"),
        (DateAsKnown(date(2014, 1, 31), Precision.MONTH), date(2014, 1, 1), "December 2013"),
        (DateAsKnown(date(2014, 12, 31), Precision.YEAR), date(2014, 1, 1), "2013"),
    ],
)
def test_the_first_day_has_the_precision_of_the_date(start: DateAsKnown, first_day: date, day_before: str) -> None:
    assert (start.earliest, str(find_day_before(start))) == (first_day, day_before)


@pytest.mark.parametrize("words", ["early 2014", "spring 2014", "second half of 2014", "winter 2014"])
def test_a_query_takes_the_first_day_of_a_season_from_its_words(wales: Workspace, words: str) -> None:
    season = read_date(words, TODAY)
    query = f"WITH seasons(day) AS (VALUES (?)) SELECT {FIRST_DAY.format('day')} FROM seasons"
    assert query_rows(wales, query, season.stored_text) == [(season.earliest.isoformat(),)]


@pytest.mark.parametrize("start", [DateAsKnown(date.max, Precision.WORDS, "ASAP"), DateAsKnown(date.min)])
def test_a_start_without_a_day_is_refused(start: DateAsKnown) -> None:
    with pytest.raises(BadInput):
        find_day_before(start)


def test_an_undated_holding_ends_before_a_dated_one(wales: Workspace) -> None:
    post = query_rows(wales, "SELECT id FROM parties WHERE ref = ?", GWENT)[0][0]
    make_holding(wales, post, make_party(wales, "Undated", "undated", kind="person"))
    assert appoint_new_person(wales, "Next Holder").former == ("Undated",)
    assert list_holders(wales, "2014-02-09", "2014-02-10") == ["Undated", "Next Holder"]


def test_earlier_minutes_keep_their_chair(wales: Workspace) -> None:
    from ahtc_tui.domain.dates.date_as_known import read_iso_date as day

    meeting = add_meeting(wales, build_meeting_draft({"group": "cross-party-group", "starts": "2013-11-05"}, TODAY))
    for name in ("Joyce Watson", "Jeff Farrar"):
        set_attendance(wales, meeting.ref, name, build_attendance_draft({"state": "present"}))
    set_chair(wales, "cross-party-group", "Jeff Farrar", day("2013-12-01"))
    with wales.database.read() as cursor:
        then = {person.name: person.chair for person in read_attendees(cursor, meeting.key, date(2013, 11, 5))}
        later = {person.name: person.chair for person in read_attendees(cursor, meeting.key, date(2013, 12, 1))}
    assert (then["Joyce Watson"], then["Jeff Farrar"], later["Jeff Farrar"]) == (True, False, True)


def test_an_appointment_after_a_vacancy_leaves_the_first_holder_alone(wales: Workspace) -> None:
    vacate_post(wales, "ahtc", read_iso_date("2014-02-28"))
    appoint_new_person(wales, "Third Holder", "ahtc", "2014-04-01")
    assert [(held.holder_label, held.term) for held in show_contact(wales, "ahtc").holdings] == [
        ("not named", "from 4 April 2011, last day not recorded"),
        ("Stephen Chapman", "from November 2012 until 28 February 2014"),
        ("vacant", "from 1 March 2014 until 31 March 2014"),
        ("Third Holder", "from 1 April 2014"),
    ]
    undo_step(wales)
    assert show_contact(set_clock(wales, "2014-05-01"), "ahtc").row.holder is None


def test_any_order_of_terms_gives_the_same_holder_on_every_day(wales: Workspace) -> None:
    """The SQL rule and the timeline agree on random terms, acting ones and vacancies."""
    chance = random.Random(36)
    days = [date(2011, 1, 1) + timedelta(days=number) for number in range(0, 1200, 41)]
    people = [make_party(wales, f"Person {number}", f"person-{number}", kind="person") for number in range(6)]
    for round_number in range(60):
        post = make_party(wales, f"Post {round_number}", f"post-{round_number}", kind="post")
        terms = []
        for first in chance.sample(days, chance.randrange(1, 6)):
            last = chance.choice([None, first + timedelta(days=chance.randrange(400))])
            vacant = chance.random() < 0.2
            dates = {"from_on": first.isoformat(), "to_on": last.isoformat() if last else None}
            person = None if vacant else chance.choice(people)
            terms.append(
                {**dates, "person": person, "acting": int(chance.random() < 0.3 and not vacant), "vacant": int(vacant)}
            )
        with wales.database.write("terms") as ledger:
            ledger.add_all("holdings", [{"post": post, **term} for term in terms])
        with wales.database.read() as cursor:
            timeline = build_post_timeline(read_holdings(cursor, post), collective=False)
            for day in days:
                valid = [holding for holding in timeline.list_valid(day) if not holding.vacant]
                assert find_holder_on(cursor, post, day) == (valid[-1].person if valid else None)
