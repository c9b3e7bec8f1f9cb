"""Tests of the Today page."""

from __future__ import annotations

from datetime import date, time

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.drafts.commissions import build_commission_draft
from ahtc_tui.domain.drafts.evidence import build_web_page_draft
from ahtc_tui.domain.drafts.groups import build_seat_draft, build_terms_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_decision_draft
from ahtc_tui.domain.drafts.promises import build_promise_draft
from ahtc_tui.domain.promises.model import format_status
from ahtc_tui.domain.today import count_others
from ahtc_tui.services.actions.service import close_action, edit_action
from ahtc_tui.services.commissions.service import add_commission
from ahtc_tui.services.contacts.appointments import vacate_post
from ahtc_tui.services.evidence import service
from ahtc_tui.services.groups import seats
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.promises import service as promises
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_party

DAY = date(2013, 12, 31)


def set_clock(wales: Workspace, day: date) -> Workspace:
    """Return the same workspace with another clock."""
    return Workspace(wales.root, wales.database, lambda: day)


def add_action_row(wales: Workspace, ref: str, **values: str) -> bytes:
    """Add an action."""
    with wales.database.write("add") as ledger:
        return ledger.add("actions", {"ref": ref, "title": f"Action {ref}", "status": "in_progress", **values})


def test_late_actions_are_listed_without_continuing_duties(wales: Workspace) -> None:
    view = show_today(set_clock(wales, date(2014, 2, 1)), row_limit=None)
    assert [row.ref for row in view.late.rows] == ["DP-07"]
    assert view.late.total == 1
    assert all(row.status is not Status.CONTINUING for row in view.late.rows)


def test_a_continuing_duty_with_a_past_due_date_is_not_late(wales: Workspace) -> None:
    add_action_row(wales, "X-1", status="continuing", due="2013-01-01")
    assert show_today(wales).late.total == 0


def test_on_its_due_date_an_action_is_due_and_not_late(wales: Workspace) -> None:
    view = show_today(wales)
    assert [row.ref for row in view.due_soon.rows] == ["DP-07"]
    assert view.late.total == 0


def test_due_soon_ends_after_fourteen_days(wales: Workspace) -> None:
    add_action_row(wales, "X-14", due="2014-01-14")
    add_action_row(wales, "X-15", due="2014-01-15")
    assert [row.ref for row in show_today(wales).due_soon.rows] == ["DP-07", "X-14"]


def test_continuing_duties_are_reviewed_a_quarter_after_the_paper(wales: Workspace) -> None:
    view = show_today(wales)
    assert (view.awaiting_review.total, view.continuing, str(view.next_review)) == (0, 15, "31 March 2014")
    assert show_today(set_clock(wales, date(2014, 3, 31))).awaiting_review.total == 15


def test_reviews_are_sorted_by_date_with_undated_ones_last(
    wales: Workspace,
) -> None:
    edit_action(wales, "DP-03", build_action_draft({"review_on": ""}, DAY))
    edit_action(wales, "DP-09", build_action_draft({"review_on": "end nov 2013"}, DAY))
    view = show_today(wales)
    assert [row.ref for row in view.awaiting_review.rows] == ["DP-09", "DP-03"]


def test_a_long_section_shows_eight_rows_and_the_total(wales: Workspace) -> None:
    view = show_today(set_clock(wales, date(2014, 4, 1)))
    assert (len(view.awaiting_review.rows), view.awaiting_review.total) == (8, 15)


def test_proposed_actions_wait_for_the_group(wales: Workspace) -> None:
    add_action_row(wales, "X-1", status="proposed_complete")
    view = show_today(wales)
    assert [row.ref for row in view.proposed_complete.rows] == ["X-1"]
    assert view.proposed_complete.total == 1


def test_the_lead_of_a_late_action_is_chased_until_there_is_an_update(wales: Workspace) -> None:
    later = set_clock(wales, date(2014, 2, 1))
    (row,) = show_today(later).chase.rows
    assert (row.name, row.actions, row.late, row.refs) == ("University of Central Lancashire", 1, 1, ("DP-07",))
    with wales.database.write("update") as ledger:
        key = ledger.cursor.execute("SELECT id FROM actions WHERE ref = 'DP-07'").fetchone()[0]
        ledger.add("updates", {"action": key, "said_on": "2014-01-18", "text": "Draft with the Minister"})
    assert show_today(later).chase.total == 0
    assert show_today(set_clock(wales, date(2014, 2, 2))).chase.total == 1


def test_a_chaser_lists_the_actions_of_its_lead_that_it_counts(wales: Workspace) -> None:
    with wales.database.write("late actions of one lead") as ledger:
        lead = ledger.cursor.execute("SELECT lead FROM actions WHERE ref = 'DP-07'").fetchone()[0]
        for number, (said_on, deleted) in enumerate((("2013-12-30", 0), ("2013-12-30", 1), ("2013-01-01", 0))):
            values = {"ref": f"X-{number}", "title": "Late", "due": f"2013-12-0{number + 1}", "lead": lead}
            key = ledger.add("actions", values)
            update = ledger.add("updates", {"action": key, "said_on": said_on, "text": "Dates agreed"})
            if deleted:
                ledger.remove("updates", update)
    (row,) = show_today(wales).chase.rows
    assert row.refs == ("X-1", "X-2", "DP-07")
    assert row.actions == len(row.refs)


def test_late_actions_without_a_lead_are_counted_apart(wales: Workspace) -> None:
    add_action_row(wales, "X-1", due="2013-12-01")
    view = show_today(wales)
    assert view.no_lead == 1
    assert [row.refs for row in view.chase.rows] == [("DP-07",)]


def add_meeting_row(wales: Workspace, ref: str, day: str, **values: str) -> bytes:
    """Add a meeting."""
    with wales.database.write("add") as ledger:
        return ledger.add("meetings", {"ref": ref, "title": ref, "day": day, "uid": ref, **values})


def test_the_next_meetings_name_what_is_missing(wales: Workspace) -> None:
    key = add_meeting_row(wales, "ready", "2014-02-11", start_time="10:00", venue="Cathays Park")
    add_meeting_row(wales, "bare", "2014-02-13")
    add_meeting_row(wales, "off", "2014-02-12", state="cancelled")
    with wales.database.write("agenda") as ledger:
        ledger.add("agenda_items", {"meeting": key, "position": 1, "title": "Welcome"})
    rows = {row.ref: row.missing_parts for row in show_today(wales).next_meetings.rows}
    assert rows == {"services-review-report": (), "ready": (), "bare": ("no agenda", "no time", "no venue")}


def test_an_all_day_event_needs_no_time(wales: Workspace) -> None:
    conference = show_today(set_clock(wales, date(2013, 10, 10))).next_meetings.rows[0]
    assert (conference.ref, conference.missing_parts) == ("ne-wales-conference-2013", ("no agenda",))


def test_only_five_of_the_next_meetings_are_shown(wales: Workspace) -> None:
    for n in range(7):
        add_meeting_row(wales, f"M-{n}", f"2014-03-0{n + 1}")
    view = show_today(wales)
    assert (len(view.next_meetings.rows), view.next_meetings.total) == (5, 8)


def test_without_engagement_records_nobody_is_overdue(wales: Workspace) -> None:
    assert show_today(wales).not_spoken_to.total == 0


def test_an_overdue_organisation_is_listed_with_its_last_contact(wales: Workspace) -> None:
    with wales.database.write("engage") as ledger:
        for ref, day in (("bawso", "2013-06-12"), ("new-pathways", "2013-12-20")):
            party = ledger.cursor.execute("SELECT id FROM parties WHERE ref = ?", (ref,)).fetchone()[0]
            engagement = ledger.add("engagements", {"ref": ref, "held_on": day, "kind": "visit", "subject": "Talk"})
            ledger.add("engagement_parties", {"engagement": engagement, "party": party})
    (row,) = show_today(wales).not_spoken_to.rows
    assert (row.ref, row.kind, row.days) == ("bawso", "visit", 202)


def test_the_view_shows_new_records_at_once(wales: Workspace) -> None:
    show_today(wales)
    add_action_row(wales, "X-1", due="2013-12-01")
    assert show_today(wales).late.total == 1


def add_paper(wales: Workspace, due: str, **more: str) -> None:
    """Add a commission."""
    fields = {"title": f"Due {due}", "asked_by": "CELG", "due": due, **more}
    add_commission(wales, build_commission_draft(fields, DAY))


def test_papers_due_in_six_weeks_are_listed_until_they_are_sent(wales: Workspace) -> None:
    for due in ("2014-02-12", "2014-02-11", "2013-12-30", "january 2014"):
        add_paper(wales, due)
    add_paper(wales, "2014-01-06", sent_on="2013-12-20")
    papers = show_today(wales).papers
    assert [row.title for row in papers.rows] == ["Due 2013-12-30", "Due january 2014", "Due 2014-02-11"]
    assert [row.is_late(DAY) for row in papers.rows] == [True, False, False]
    assert papers.rows[0].asked_by == "Communities, Equality and Local Government Committee"
    assert show_today(wales, row_limit=1).papers.total == 3


def test_a_decision_is_open_while_proposed_or_while_an_action_of_it_is_not_done(wales: Workspace) -> None:
    def list_open() -> list[tuple[str, str]]:
        return [(row.ref, row.detail) for row in show_today(wales).decisions.rows]

    def edit(ref: str, **values: str) -> None:
        decisions.edit_decision(wales, ref, build_decision_draft(values, DAY))

    refs = [decisions.add_decision(wales, build_decision_draft({"text": text}, DAY)).ref for text in "ABC"]
    edit(refs[0], status="proposed")
    decisions.link_decision(wales, refs[1], "DP-07")
    listed = [entry for entry in list_open() if entry[0] in refs]
    assert listed == [(refs[0], "proposed"), (refs[1], "agreed")]
    edit(refs[0], superseded_by=refs[2])
    edit(refs[1], status="implemented")
    assert not {ref for ref, _status in list_open()} & set(refs)


def test_only_the_newest_terms_of_reference_are_reviewed(wales: Workspace) -> None:
    def set_terms(**values: str) -> None:
        groups.set_terms(wales, "leadership-group", build_terms_draft(values, DAY))

    set_terms(version="1", agreed_on="2012-01-01", review_on="2013-12-31")
    (row,) = show_today(wales).terms_of_reference.rows
    assert (row.ref, row.detail, str(row.due)) == ("leadership-group", "1", "31 December 2013")
    set_terms(version="2", agreed_on="2013-01-01", review_on="2014-01-01")
    assert show_today(wales).terms_of_reference.total == 0


def test_seats_that_end_within_ninety_days_are_listed_until_their_next_term(wales: Workspace) -> None:
    for member, last in (("bawso", "2014-03-31"), ("new-pathways", "2014-04-01")):
        seats.give_seat(wales, "leadership-group", member, build_seat_draft({"to_on": last}, DAY))
    assert [row.ref for row in show_today(wales).seats_ending.rows] == ["leadership-group/bawso"]
    seats.renew_seat(wales, "leadership-group/bawso", DateAsKnown(date(2016, 3, 31)))
    assert show_today(wales).seats_ending.total == 0


def test_web_pages_are_listed_when_their_cycle_is_over_or_before_their_first_review(wales: Workspace) -> None:
    def list_pages() -> list[str]:
        return [row.title for row in show_today(wales).web_pages.rows if row.ref in refs]

    pages = ({"subject": "Never", "cycle_days": "90"}, {"subject": "Now", "cycle_days": "30"}, {"subject": "No cycle"})
    refs = [service.add_page(wales, build_web_page_draft(values, DAY)).ref for values in pages]
    service.edit_page(wales, refs[1], build_web_page_draft({"last_reviewed": "2013-12-01"}, DAY))
    assert list_pages() == ["Never", "Now"]
    service.review_page(wales, refs[1])
    assert list_pages() == ["Never"]


def test_a_meeting_without_a_time_follows_a_series_on_the_same_day(wales: Workspace) -> None:
    series = {"group": "leadership-group", "starts": "2014-01-14 10:00", "repeat": "FREQ=WEEKLY;COUNT=3"}
    for values in (series, {"group": "leadership-group", "starts": "2014-01-14"}):
        add_meeting(wales, build_meeting_draft(values, DAY))
    rows = show_today(wales).next_meetings.rows
    assert [row.starts for row in rows if row.day.latest == date(2014, 1, 14)] == [time(10), None]


def test_late_actions_are_red_ones_then_one_of_each_lead_the_most_recent_first(wales: Workspace) -> None:
    for due, brag, lead in (
        ("2013-01-10", "", "Bawso"),
        ("2013-12-01", "R", "Gwent Police"),
        ("2013-12-20", "", "Bawso"),
        ("2013-12-10", "", "WLGA"),
    ):
        make_action(wales, f"Due {due}", due=due, brag=brag, lead=lead)
    titles = [row.title for row in show_today(wales, is_folded=False).late.rows if row.title.startswith("Due")]
    assert titles == ["Due 2013-12-01", "Due 2013-12-20", "Due 2013-12-10", "Due 2013-01-10"]
    section = show_today(wales).late
    assert [(row.title, others) for row, others in section.counted_rows if row.title.startswith("Due")] == [
        ("Due 2013-12-01", 0),
        ("Due 2013-12-20", 1),
        ("Due 2013-12-10", 0),
    ]
    assert (section.total, section.hidden) == (4, 0)
    assert [count_others("11 d late", others) for others in (0, 1)] == ["11 d late", "11 d late, 1 more"]


def test_a_vacant_post_and_a_person_who_left_are_listed_with_their_open_work(wales: Workspace) -> None:
    def list_unheld(day: date) -> list[tuple[str, int, str]]:
        rows = show_today(set_clock(wales, day)).unheld.rows
        return [(row.ref, row.actions, str(row.since)) for row in rows]

    day = DateAsKnown(date(2014, 3, 31))
    vacate_post(wales, "ahtc", day)
    make_party(wales, "Head of Unit", "head-of-unit", kind="person")
    make_action(wales, lead="head-of-unit")
    seats.give_seat(wales, "leadership-group", "head-of-unit", build_seat_draft({"from_on": "2013-01-01"}, DAY))
    seats.end_seat(wales, "leadership-group/head-of-unit", day)
    assert list_unheld(date(2014, 3, 31)) == []
    assert list_unheld(date(2014, 4, 1))[1:] == [("head-of-unit", 1, "1 April 2014")]
    assert list_unheld(date(2014, 4, 1))[0][::2] == ("ahtc", "1 April 2014")
    seats.give_seat(wales, "leadership-group", "head-of-unit", build_seat_draft({"from_on": "2014-05-01"}, DAY))
    assert [ref for ref, _actions, _since in list_unheld(date(2014, 5, 1))] == ["ahtc"]
    vacate_post(wales, "spoc-gwent", day)
    make_action(wales, lead="spoc-gwent")
    assert ("spoc-gwent", 1, "1 April 2014") in list_unheld(date(2014, 4, 1)), "nobody is known to have held it"


def test_promises_are_listed_when_they_are_late_or_soon_due(wales: Workspace) -> None:
    for text, due in (("late", "2013-12-01"), ("soon", "2014-01-10"), ("later", "2015-01-10"), ("none", "")):
        draft = build_promise_draft({"text": text, "due": due} if due else {"text": text}, DAY)
        promises.add_promise(wales, draft)
    assert [row.title for row in show_today(wales).promises.rows] == ["late", "soon"]
    promises.edit_promise(wales, "PR-01", build_promise_draft({"status": "kept"}, DAY))
    assert [row.title for row in show_today(wales).promises.rows] == ["soon"]


def test_late_promises_to_one_party_are_one_line_and_those_carried_out_none(wales: Workspace) -> None:
    def promise(text: str, due: str, *links: str, to: str = "bawso") -> None:
        promises.add_promise(wales, build_promise_draft({"text": text, "due": due, "to": to}, DAY), links)

    for text, due in (("first", "2013-10-01"), ("second", "2013-11-01"), ("soon", "2014-01-10")):
        promise(text, due)
    promise("to another", "2013-12-01", to="new-pathways")
    action = make_action(wales)
    promise("carried out", "2013-09-01", action.ref)
    close_action(wales, action.ref)
    section = show_today(wales).promises
    assert [(row.title, others) for row, others in section.counted_rows] == [
        ("first", 1),
        ("to another", 0),
        ("soon", 0),
    ]
    assert (section.total, section.hidden) == (4, 0)
    carried_out = promises.show_promise(wales, "PR-05")
    assert format_status(carried_out, DAY).startswith("carried out; ")
    assert [row.ref for row in promises.list_promises(wales, "is:late")] == ["PR-04", "PR-02", "PR-01"]
