"""Tests of seats: member, term, representative and deputy; the state follows from the dates."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, read_iso_date
from ahtc_tui.domain.drafts.groups import SeatDraft, build_group_draft, build_seat_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.groups.model import SeatRole, SeatRow, SeatState
from ahtc_tui.services.contacts.appointments import Appointment, appoint_holder, vacate_post
from ahtc_tui.services.contacts.service import show_contact
from ahtc_tui.services.groups.seats import edit_seat, end_seat, give_seat, list_seats, renew_seat
from ahtc_tui.services.groups.service import add_group, list_groups, show_group
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.groups.seats import read_overlapping_seats
from tests.builders import TODAY, read_live_rows, set_clock

GROUP = "forum-gwent"


def make_seat_draft(**fields: Any) -> SeatDraft:
    """Return a checked draft of a seat."""
    return build_seat_draft(fields, TODAY)


def give_test_seat(workspace: Workspace, member: str = "spoc-gwent", **fields: Any) -> SeatRow:
    """Add or edit a seat of the Gwent forum."""
    return give_seat(workspace, GROUP, member, make_seat_draft(**fields))


def find_state_on(workspace: Workspace, day: str, ref: str) -> SeatState:
    """Return the state of a seat on a day, for current and former seats."""
    office = set_clock(workspace, day)
    seats = [*list_seats(office, GROUP), *list_seats(office, GROUP, expired=True)]
    return next(row.state for row in seats if row.ref == ref)


def test_a_seat_has_the_role_member_and_a_reference_by_default(wales: Workspace) -> None:
    row = give_test_seat(wales, "bawso")
    assert (row.ref, row.role, row.state) == ("forum-gwent/bawso", SeatRole.MEMBER, SeatState.NEVER_FILLED)
    assert (row.term, row.voting, row.organisation) == (None, None, "Bawso")


def test_every_field_of_a_seat_is_stored(wales: Workspace) -> None:
    row = give_test_seat(
        wales, role="co-opted", voting=False, basis="Invited in June", on_behalf_of="Gwent Police", note="By letter"
    )
    assert (row.role, row.voting, row.basis) == (SeatRole.CO_OPTED, False, "Invited in June")
    assert (row.on_behalf_of, row.note) == ("Gwent Police", "By letter")


def test_the_state_of_a_seat_follows_its_dates(wales: Workspace) -> None:
    ref = give_test_seat(wales, from_on="2013-06-01", to_on="2014-05-31").ref
    appoint_holder(wales, "New Holder", "spoc-gwent", Appointment(read_iso_date("2013-09-01")), create_person=True)
    vacate_post(wales, "spoc-gwent", read_iso_date("2014-01-31"))
    assert [
        find_state_on(wales, day, ref)
        for day in ("2013-05-31", "2013-06-01", "2013-09-01", "2014-01-31", "2014-02-01", "2014-05-31", "2014-06-01")
    ] == [
        SeatState.FUTURE,
        SeatState.NEVER_FILLED,
        SeatState.FILLED,
        SeatState.FILLED,
        SeatState.VACANT,
        SeatState.VACANT,
        SeatState.EXPIRED,
    ]
    (row,) = [row for row in list_seats(set_clock(wales, "2014-02-10"), GROUP, vacant=True) if row.ref == ref]
    assert row.vacant_since == date(2014, 2, 1)


@pytest.mark.parametrize(("days", "is_listed"), [(89, False), (90, True), (400, True), (9_999_999, True)])
def test_terms_that_end_soon_are_found(wales: Workspace, days: int, is_listed: bool) -> None:
    ref = give_test_seat(wales, to_on="2014-03-31").ref
    assert (ref in [row.ref for row in list_seats(wales, ending_within_days=days)]) is is_listed


def test_seats_with_a_leaving_deputy_are_found(wales: Workspace) -> None:
    ref = give_test_seat(wales, deputy="Jeff Farrar", deputy_to="2014-02-01").ref
    assert [row.ref for row in list_seats(wales, ending_within_days=60)] == [ref]


def test_renewing_adds_a_seat_and_keeps_the_old_one(wales: Workspace) -> None:
    old = give_test_seat(
        wales, "bawso", to_on="2014-03-31", role="observer", voting=True, basis="Terms 4", person="Joyce Watson"
    )
    edit_seat(wales, old.ref, make_seat_draft(deputy="Jeff Farrar", deputy_rule="in August"))
    new = renew_seat(wales, old.ref, read_iso_date("2016-03-31"))
    assert (new.ref, new.term, str(new.from_on), str(new.to_on)) == (
        "forum-gwent/bawso-2",
        2,
        "1 April 2014",
        "31 March 2016",
    )
    assert (new.role, new.voting, new.basis, new.state) == (SeatRole.OBSERVER, True, "Terms 4", SeatState.FUTURE)
    assert [(occupant.person, occupant.deputy, occupant.rule) for occupant in new.occupants] == [
        ("Joyce Watson", False, None),
        ("Jeff Farrar", True, "in August"),
    ]
    kept = next(row for row in list_seats(wales, GROUP) if row.ref == old.ref)
    assert (kept.term, str(kept.to_on), kept.holder) == (1, "31 March 2014", "Joyce Watson")
    assert not list_seats(wales, ending_within_days=120)
    assert find_state_on(wales, "2014-04-01", new.ref) is SeatState.FILLED
    assert not list_seats(set_clock(wales, "2014-04-01"), GROUP, expired=True)


def test_a_third_term_follows_the_second(wales: Workspace) -> None:
    ref = give_test_seat(wales, to_on="2014-03-31").ref
    second = renew_seat(wales, ref, read_iso_date("2015-03-31"))
    third = renew_seat(wales, second.ref, read_iso_date("2016-03-31"))
    assert (third.ref, third.term) == ("forum-gwent/spoc-gwent-3", 3)
    with pytest.raises(Refused, match="has a next term already"):
        renew_seat(wales, ref, read_iso_date("2016-03-31"))


def test_renewing_a_seat_without_an_end_needs_a_first_day(wales: Workspace) -> None:
    ref = give_test_seat(wales).ref
    with pytest.raises(Refused, match="has no end"):
        renew_seat(wales, ref, read_iso_date("2016-03-31"))
    assert (
        str(renew_seat(wales, ref, read_iso_date("2016-03-31"), read_iso_date("2014-02-01")).from_on)
        == "1 February 2014"
    )
    assert str(next(row for row in list_seats(wales, GROUP) if row.ref == ref).to_on) == "31 January 2014"


def test_a_term_cannot_end_before_it_begins(wales: Workspace) -> None:
    before = read_live_rows(wales)
    with pytest.raises(BadInput, match="is before"):
        give_test_seat(wales, from_on="2014-02-01", to_on="2014-01-31")
    ref = give_test_seat(wales, from_on="2014-02-01").ref
    with pytest.raises(BadInput, match="is before"):
        edit_seat(wales, ref, make_seat_draft(to_on="2014-01-31"))
    with pytest.raises(BadInput, match="is before"):
        end_seat(wales, ref, read_iso_date("2013-12-01"))
    undo_step(wales)
    assert read_live_rows(wales) == before


def test_a_second_seat_without_a_first_day_is_refused(wales: Workspace) -> None:
    give_test_seat(wales)
    for fields in ({}, {"role": "chair"}, {"deputy": "Jeff Farrar"}):
        with pytest.raises(Refused, match="seat-edit forum-gwent/spoc-gwent"):
            give_test_seat(wales, **fields)
    assert len([row for row in list_seats(wales, GROUP) if row.member_ref == "spoc-gwent"]) == 1


def test_a_second_term_leaves_the_first_alone(wales: Workspace) -> None:
    first = give_test_seat(wales, from_on="2014-03-01", to_on="2016-02-28")
    second = give_test_seat(wales, from_on="2012-03-01", to_on="2014-02-28")
    assert (second.ref, second.term) == ("forum-gwent/spoc-gwent-2", 1)
    terms = {row.ref: (row.term, str(row.from_on), str(row.to_on)) for row in list_seats(wales, GROUP) if row.term}
    assert terms == {
        first.ref: (2, "1 March 2014", "28 February 2016"),
        second.ref: (1, "1 March 2012", "28 February 2014"),
    }
    with pytest.raises(Refused, match="seat-edit forum-gwent/spoc-gwent"):
        give_test_seat(wales, from_on="2014-03-01")


def test_a_member_whose_term_is_over_gets_a_new_seat(wales: Workspace) -> None:
    give_test_seat(wales, to_on="2013-06-30")
    assert (give_test_seat(wales, from_on="2013-07-01").ref) == "forum-gwent/spoc-gwent-2"


def test_an_ended_seat_is_kept_in_the_history_of_the_group(wales: Workspace) -> None:
    ref = give_test_seat(wales, "bawso", person="Joyce Watson").ref
    assert end_seat(wales, ref, read_iso_date("2013-12-30")).state is SeatState.EXPIRED
    assert ref not in [row.ref for row in list_seats(wales, GROUP)]
    assert [row.ref for row in show_group(wales, GROUP).expired] == [ref]
    assert show_contact(wales, "bawso").passed == ("Gwent Consultation Group on Human Trafficking, Member",)
    with pytest.raises(Refused, match="has ended already"):
        end_seat(wales, ref, read_iso_date("2013-12-30"))
    assert next(row.seats for row in list_groups(wales) if row.ref == GROUP) == 3


def find_holder_on(workspace: Workspace, day: str, ref: str) -> str | None:
    """Return who fills a seat on a day."""
    return next(row.holder for row in list_seats(set_clock(workspace, day), GROUP) if row.ref == ref)


def test_a_new_occupant_replaces_the_former_one(wales: Workspace) -> None:
    seat = give_test_seat(wales, "bawso", person="Joyce Watson")

    def fill(name: str, **dates: str) -> SeatRow:
        return edit_seat(wales, seat.ref, make_seat_draft(person=name, **dates))

    row = fill("Jeff Farrar")
    assert row.holder == "Jeff Farrar"
    assert [(occupant.person, str(occupant.from_on)) for occupant in row.occupants] == [
        ("Jeff Farrar", "31 December 2013")
    ]
    assert fill("Jeff Farrar").occupants == row.occupants
    assert fill("Lesley Griffiths").holder == "Lesley Griffiths"
    empty = fill("")
    assert (empty.holder, empty.occupants) == (None, ())
    past = fill("Jeff Farrar", from_on="2013-02-01", to_on="2013-03-31")
    assert (past.holder, past.occupants) == (None, ())
    assert [find_holder_on(wales, day, seat.ref) for day in ("2013-01-31", "2013-02-01", "2013-04-01")] == [
        "Joyce Watson",
        "Jeff Farrar",
        "Joyce Watson",
    ]


def test_naming_a_deputy_again_keeps_dates_and_rule(wales: Workspace) -> None:
    ref = give_test_seat(wales, deputy="Jeff Farrar", deputy_to="2014-02-01", deputy_rule="in August").ref
    row = edit_seat(wales, ref, make_seat_draft(deputy="Jeff Farrar"))
    assert [(occupant.person, occupant.rule, str(occupant.to_on)) for occupant in row.occupants] == [
        ("Jeff Farrar", "in August", "1 February 2014")
    ]


def test_a_deputy_has_dates_and_a_rule_that_can_change(wales: Workspace) -> None:
    ref = give_test_seat(wales, deputy="Jeff Farrar", deputy_from="2013-01-01").ref
    edit_seat(wales, ref, make_seat_draft(deputy="Jeff Farrar", deputy_rule="on leave"))
    row = edit_seat(wales, ref, make_seat_draft(deputy="Joyce Watson"))
    assert [(occupant.person, occupant.rule, str(occupant.from_on)) for occupant in row.occupants] == [
        ("Joyce Watson", None, "None"),
        ("Jeff Farrar", "on leave", "1 January 2013"),
    ]
    assert row.vacant


def test_a_class_of_organisations_can_have_a_seat(wales: Workspace) -> None:
    row = give_seat(wales, GROUP, " fire  services ", make_seat_draft(), org_class=True)
    assert (row.member, row.member_ref, row.ref) == ("fire services", None, "forum-gwent/fire-services")
    with pytest.raises(BadInput):
        give_seat(wales, GROUP, "!", make_seat_draft(), org_class=True)


def test_unknown_members_groups_and_seats_are_refused(wales: Workspace) -> None:
    with pytest.raises(NotFound):
        give_test_seat(wales, "nobody at all")
    with pytest.raises(NotFound):
        give_seat(wales, "no group has this reference", "bawso", make_seat_draft())
    with pytest.raises(NotFound):
        end_seat(wales, "forum-gwent/nobody", read_iso_date("2014"))
    with pytest.raises(BadInput, match="Give at least one field"):
        edit_seat(wales, "forum-gwent/police", make_seat_draft())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"role": "king"}, "Choose one of"), ({"role": ""}, "needs a role"), ({"to_on": "soonish"}, "soonish")],
)
def test_invalid_fields_are_refused_in_one_sentence(fields: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        build_seat_draft(fields, TODAY)


def test_an_end_without_a_day_is_refused(wales: Workspace) -> None:
    words = DateAsKnown(NO_DAY, Precision.WORDS, "ASAP")
    with pytest.raises(BadInput, match="is not a date"):
        give_test_seat(wales, to_on=words)


def test_a_seat_of_a_class_is_filled_and_edited_by_its_reference(wales: Workspace) -> None:
    ref = give_seat(wales, GROUP, "fire services", make_seat_draft(), org_class=True).ref
    row = edit_seat(wales, ref, make_seat_draft(person="Jeff Farrar", from_on="2013-05-01"))
    assert (row.holder, row.from_on, str(row.occupants[0].from_on)) == ("Jeff Farrar", None, "1 May 2013")
    with pytest.raises(Refused, match="from the same date"):
        edit_seat(wales, ref, make_seat_draft(person="Joyce Watson", from_on="2013-05-01"))
    person = give_test_seat(wales, "Joyce Watson").ref
    with pytest.raises(Refused, match="belongs to a person"):
        edit_seat(wales, person, make_seat_draft(person="Jeff Farrar"))


def test_the_dates_of_a_deputy_need_a_deputy(wales: Workspace) -> None:
    ref = give_test_seat(wales).ref
    with pytest.raises(Refused, match="has no deputy"):
        edit_seat(wales, ref, make_seat_draft(deputy_to="2014-02-01"))
    edit_seat(wales, ref, make_seat_draft(deputy="Jeff Farrar"))
    row = edit_seat(wales, ref, make_seat_draft(deputy_to="2014-02-01"))
    assert [str(occupant.to_on) for occupant in row.occupants] == ["1 February 2014"]
    edit_seat(wales, ref, make_seat_draft(deputy="Joyce Watson"))
    with pytest.raises(Refused, match="several deputies"):
        edit_seat(wales, ref, make_seat_draft(deputy_to="2014-03-01"))


def test_a_deputy_has_several_periods(wales: Workspace) -> None:
    ref = give_test_seat(wales, deputy="Jeff Farrar", deputy_from="2014-06-01").ref
    row = edit_seat(wales, ref, make_seat_draft(deputy="Jeff Farrar", deputy_from="2013-01-01", deputy_to="2014-01-31"))
    assert [(str(occupant.from_on), str(occupant.to_on)) for occupant in row.occupants] == [
        ("1 January 2013", "31 January 2014"),
        ("1 June 2014", "None"),
    ]


def test_any_order_of_terms_gives_the_same_seat_on_every_day(wales: Workspace) -> None:
    """Terms of one member and who fills them: the SQL rule follows the dates, whatever was entered first."""
    chance = random.Random(37)
    starts = [date(2011, 1, 1) + timedelta(days=number) for number in range(0, 1200, 41)]
    for group_number in range(12):
        group = add_group(wales, build_group_draft({"name": f"Group {group_number}"}, TODAY)).ref
        terms = {
            first: chance.choice([None, first + timedelta(days=chance.randrange(400))])
            for first in chance.sample(starts, chance.randrange(1, 5))
        }
        for first, last in chance.sample(sorted(terms.items()), len(terms)):
            dates = {"from_on": first.isoformat()} | ({"to_on": last.isoformat()} if last else {})
            give_seat(wales, group, "bawso", make_seat_draft(**dates))
        for day in starts[::3]:
            valid = [first for first, last in terms.items() if first <= day and (last is None or last >= day)]
            rows = list_seats(set_clock(wales, day.isoformat()), group)
            current = [row.from_on.latest for row in rows if row.from_on and row.from_on.latest <= day]
            assert current == [max(valid)] if valid else current == []


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        ({"from_on": "2012-01-01", "to_on": "2014-12-31"}, {"from_on": "2014-06-01"}, True),
        ({"to_on": "2014-06-01"}, {"from_on": "2014-06-01"}, True),
        ({"from_on": "2012-01-01", "to_on": "June 2014"}, {"from_on": "2014-06-15"}, True),
        ({"from_on": "2012-01-01"}, {"from_on": "2014-06-01", "to_on": "2015-05-31"}, False),
        ({"from_on": "2012-01-01", "to_on": "2014-05-31"}, {"from_on": "2014-06-01"}, False),
    ],
    ids=["later begins before the end", "unknown beginning", "known to the month", "unknown end", "in sequence"],
)
def test_terms_whose_dates_overlap_are_remarked(
    wales: Workspace, first: dict[str, str], second: dict[str, str], overlaps: bool
) -> None:
    before = give_test_seat(wales, "bawso", **first)
    after = give_test_seat(wales, "bawso", **second)
    assert (after.overlaps, bool(before.overlaps)) == ((before.ref,) if overlaps else (), False)
    with wales.database.read() as cursor:
        listed = read_overlapping_seats(cursor, wales.today())
    assert [row.ref for row in listed] == ([after.ref] if overlaps else [])


def test_two_chairs_whose_dates_overlap_are_remarked(wales: Workspace) -> None:
    before = give_test_seat(wales, "bawso", role="chair", from_on="2012-01-01", to_on="2014-12-31")
    assert give_test_seat(wales, "gla", role="chair", from_on="2014-01-01").overlaps == (before.ref,)
    assert give_test_seat(wales, "bawso", from_on="2014-01-01").overlaps == ()
