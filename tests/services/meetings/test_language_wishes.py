"""Language preferences of those invited: the rule of 10 per cent, the interpreter, the yearly figures."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.contacts.model import PartyKind, PreferredLanguage
from ahtc_tui.domain.drafts.contacts import ContactDraft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.language_wishes import InterpreterAction, LanguageWishes, compute_booking_day
from ahtc_tui.services.actions.service import close_action
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.interpretation import count_welsh_year, plan_interpreter
from ahtc_tui.services.meetings.invitations import invite_guests
from ahtc_tui.services.plan.back_plan import build_back_plan, create_actions
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action

NO_INTERPRETER = "offer Welsh, no interpreter"


@pytest.mark.parametrize(
    ("invited", "welsh", "required"),
    [(10, 0, False), (10, 1, True), (11, 1, False), (20, 2, True), (21, 2, False), (1, 1, True), (0, 0, False)],
)
def test_interpretation_is_required_from_ten_per_cent_of_those_invited(
    invited: int, welsh: int, required: bool
) -> None:
    assert LanguageWishes(invited, welsh, 0).requires_interpretation is required


def test_unknown_wishes_are_counted_and_not_guessed() -> None:
    assert LanguageWishes(4, 0, 0).summary == "not known: 4 of 4 invited"
    assert LanguageWishes(4, 1, 1).summary == "Welsh: 1, English: 1, not known: 2, of 4 invited"
    assert LanguageWishes(0, 0, 0).summary == ""


def test_a_booked_interpreter_is_named_and_no_longer_asked_for() -> None:
    wishes = LanguageWishes(4, 1, 1, InterpreterAction("DP-46", is_open=False))
    assert not wishes.is_to_book
    assert wishes.describe_interpretation("1 May 2014") == "interpreter booked (DP-46)"


def test_the_interpreter_is_booked_on_a_working_day_four_weeks_before() -> None:
    assert compute_booking_day(date(2014, 1, 22)) == date(2013, 12, 24)


@pytest.fixture
def ref(wales: Workspace) -> str:
    """A meeting of a group to which two people are invited, of whom one wishes to use Welsh."""
    for name, language in (("Welsh Officer", PreferredLanguage.WELSH), ("Other Officer", PreferredLanguage.ENGLISH)):
        contacts.add_contact(wales, ContactDraft(kind=PartyKind.PERSON, name=name, language=language))
    fields = {"title": "Study day", "starts": "2014-05-20 10:00", "group": "forum-gwent"}
    meeting = meetings.add_meeting(wales, build_meeting_draft(fields, wales.today())).ref
    invite_guests(wales, meeting, names=("Welsh Officer", "Other Officer"))
    return meeting


def test_the_card_asks_for_an_interpreter_until_the_action_is_done(wales: Workspace, ref: str) -> None:
    card = meetings.show_meeting(wales, ref)
    assert card.language_summary == "Welsh: 1, English: 1, not known: 0, of 2 invited"
    assert "book the interpreter by 22 April 2014" in card.interpretation
    action = plan_interpreter(wales, ref)
    assert action.due is not None
    assert action.due.latest == date(2014, 4, 22)
    assert action.ref in meetings.show_meeting(wales, ref).interpretation
    with pytest.raises(Refused):
        plan_interpreter(wales, ref)
    close_action(wales, action.ref)
    assert meetings.show_meeting(wales, ref).interpretation == f"interpreter booked ({action.ref})"


def test_today_asks_for_an_interpreter_until_it_is_booked(wales: Workspace, ref: str) -> None:
    def list_missing() -> tuple[str, ...]:
        return next(row.missing_parts for row in show_today(wales).next_meetings.rows if row.ref == ref)

    assert NO_INTERPRETER in list_missing()
    close_action(wales, plan_interpreter(wales, ref).ref)
    assert NO_INTERPRETER not in list_missing()


def test_the_action_has_its_title_in_both_languages(wales: Workspace, ref: str) -> None:
    with use_language(Language.CY):
        action = plan_interpreter(wales, ref)
    titles = (f"{ref}: Book the interpreter", f"{ref}: Archebu'r cyfieithydd ar y pryd")
    assert (action.title, action.title_cy) == titles


def test_an_action_in_the_other_language_is_recognized(wales: Workspace, ref: str) -> None:
    action = make_action(wales, f"{ref}: Archebu'r cyfieithydd ar y pryd")
    wishes = meetings.show_meeting(wales, ref).wishes
    assert wishes is not None
    assert wishes.booking == InterpreterAction(action.ref, is_open=True)


def test_a_back_plan_has_the_interpreter_where_its_list_omits_it(wales: Workspace, ref: str) -> None:
    lines = "2 weeks before: Print badges"
    plan = build_back_plan(wales, "Study day", date(2014, 5, 20), text=lines, group="forum-gwent")
    assert (plan.steps[0].due, plan.steps[0].text) == (date(2014, 4, 22), "Book the interpreter")
    other = build_back_plan(wales, "Study day", date(2014, 5, 21), text=lines, group="forum-gwent")
    assert [step.text for step in other.steps] == ["Print badges"]
    created = create_actions(wales, plan, "forum-gwent")
    wishes = meetings.show_meeting(wales, ref).wishes
    assert wishes is not None
    assert wishes.booking == InterpreterAction(str(created.steps[0].ref), is_open=True)


def test_the_yearly_figures_count_held_meetings_and_people(wales: Workspace, ref: str) -> None:
    fields = {"title": "Autumn meeting", "starts": "2013-12-03 10:00", "group": "forum-gwent"}
    meeting = meetings.add_meeting(wales, build_meeting_draft(fields, wales.today())).ref
    invite_guests(wales, meeting, names=("Welsh Officer",))
    before = count_welsh_year(wales, 2013)
    close_action(wales, plan_interpreter(wales, meeting).ref)
    meetings.edit_meeting(wales, meeting, build_meeting_draft({"state": "held"}, wales.today()))
    after = count_welsh_year(wales, 2013)
    assert after.meetings_held == before.meetings_held + 1
    assert after.requiring_interpretation == before.requiring_interpretation + 1
    assert after.interpreter_booked == before.interpreter_booked + 1
    assert (after.contacts_welsh, after.contacts_english) == (1, 1)


def test_the_command_line_shows_wishes_and_figures(
    wales: Workspace, ref: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--workspace", str(wales.root), "--as-at", "2013-12-31"]
    assert run([*flags, "meetings", "show", ref, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["wishes"]["welsh"] == 1
    assert run([*flags, "meetings", "interpreter", ref, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2014-04-22"
    assert run([*flags, "meetings", "welsh-year", "--year", "2014", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["contacts_welsh"] == 1
