"""The queue of texts without Welsh, and the writing of one text."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.drafts.commissions import build_commission_draft, build_paragraph_draft, build_question_draft
from ahtc_tui.domain.drafts.evidence import build_practice_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.welsh.model import TranslationState
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.commissions import paragraphs
from ahtc_tui.services.commissions import service as commissions
from ahtc_tui.services.evidence import practice
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.reference.rows import read_welsh
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_minuted_meeting, make_party


def list_places(workspace: Workspace, **options: bool) -> list[str]:
    return [text.place for text in queue.list_queue(workspace, **options)]


def test_open_actions_come_before_meetings_groups_and_objectives(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    action = make_action(wales, "Agree the protocol").ref
    make_party(wales, "Data Analyst", "data-analyst", kind="post")
    places = list_places(wales)
    untranslated = [f"{action} title", f"{ref} item.1", f"{ref} line.1.1", "data-analyst name"]
    unreviewed = ["DP-03 title", "forum-gwent name", "obj-evidence title"]
    positions = [places.index(place) for place in (*untranslated, *unreviewed)]
    assert positions == sorted(positions)


def test_the_welsh_of_the_sample_waits_for_its_review(wales: Workspace) -> None:
    states = {text.place: text.state for text in queue.list_queue(wales)}
    assert set(states.values()) == {TranslationState.UNREVIEWED}
    card = actions.show_action(wales, "DP-03")
    assert (card.row.title_cy or "").startswith("Meithrin cysylltiadau")
    queue.translate_text(wales, "DP-03", "title", card.row.title_cy or "")
    actions.edit_action(wales, "DP-04", build_action_draft({"title_cy": "Sylfaen dystiolaeth"}))
    assert states.keys() - {text.place for text in queue.list_queue(wales)} == {"DP-03 title", "DP-04 title"}


def test_every_english_text_of_the_sample_has_its_welsh_but_names_of_bodies_without_a_known_one(
    wales: Workspace,
) -> None:
    untranslated = [text for text in queue.list_queue(wales, with_closed=True) if not text.cy]
    assert {text.table for text in untranslated} == {"parties"}
    used = {text.en for text in queue.list_queue(wales, with_closed=True)}
    assert set(read_welsh()) <= used


def test_a_translated_text_leaves_the_queue(workspace: Workspace) -> None:
    ref = make_action(workspace, "Agree the protocol", detail="By the end of term").ref
    assert list_places(workspace)[:2] == [f"{ref} title", f"{ref} detail"]
    queue.translate_text(workspace, ref.lower(), "title", "  Cytuno ar y protocol\n")
    assert actions.show_action(workspace, ref).row.title_cy == "Cytuno ar y protocol"
    assert list_places(workspace)[0] == f"{ref} detail"
    history.undo_step(workspace)
    assert f"{ref} title" in list_places(workspace)


def test_closed_records_and_organisations_wait_only_on_request(wales: Workspace) -> None:
    for place in ("DP-01 title", "bawso name"):
        assert place not in list_places(wales)
        assert place in list_places(wales, with_closed=True)
    places = list_places(wales, with_closed=True)
    assert places.index("DP-03 title") < places.index("DP-01 title")


def test_a_line_and_its_action_wait_as_one_text(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    action = meetings.show_meeting(wales, ref).lines[2].action or ""
    places = list_places(wales)
    assert f"{ref} line.1.3" in places
    assert f"{action} title" not in places
    queue.translate_text(wales, ref, "line.1.3", "cytuno ar ddyddiadau")
    assert actions.show_action(wales, action).row.title_cy == "cytuno ar ddyddiadau"
    assert not {f"{ref} line.1.3", f"{action} title"} & set(list_places(wales))


def test_lines_have_the_numbers_of_the_minutes(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    lines = meetings.show_meeting(wales, ref).lines
    expected = [(f"line.{line.number}", line.text) for line in lines]
    texts = [text for text in queue.list_queue(wales) if text.ref == ref and text.table == "minute_lines"]
    assert [(text.field, text.en) for text in texts] == expected


def test_standard_titles_of_an_agenda_do_not_wait(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    add_item(wales, ref, build_agenda_draft({"title": "Any other business"}))
    assert [place for place in list_places(wales) if place.startswith(f"{ref} item")] == [
        f"{ref} item.1",
        f"{ref} item.2",
    ]


def test_agreed_minutes_still_take_their_welsh(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    lifecycle.set_state(wales, ref, MinutesState.AGREED)
    queue.translate_text(wales, ref, "line.1.1", "dau gwrs")
    assert meetings.show_meeting(wales, ref).lines[0].text_cy == "dau gwrs"


@pytest.mark.parametrize(("ref", "field"), [("DP-99", "title"), ("DP-03", "lead"), ("DP-03", "item.1")])
def test_a_text_that_does_not_exist_is_refused(wales: Workspace, ref: str, field: str) -> None:
    with pytest.raises(NotFound, match=field):
        queue.translate_text(wales, ref, field, "x")


def test_fields_have_names_in_both_languages(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    texts = {text.place: text for text in queue.list_queue(wales, with_closed=True)}
    assert texts[f"{ref} line.1.1"].label == "line 1.1"
    with use_language(Language.CY):
        assert (texts[f"{ref} line.1.1"].label, texts["DP-03 title"].label) == ("llinell 1.1", "teitl")
        assert all(text.label for text in texts.values())


def test_practices_and_papers_wait_for_welsh_until_the_paper_is_sent(workspace: Workspace) -> None:
    visits = practice.add_practice(workspace, build_practice_draft({"title": "Joint visits"})).ref
    paper = commissions.add_commission(
        workspace, build_commission_draft({"title": "Six months on"}), ["What was done?"]
    )
    draft = build_paragraph_draft({"title": "Courses", "text": "Two courses were held.\n\nOne is planned."})
    paragraphs.add_paragraph(workspace, paper.ref, 1, draft, [])
    paragraphs.add_paragraph(
        workspace, paper.ref, 1, build_paragraph_draft({"title": "Decisions", "text": "None."}), []
    )
    welsh = {
        "title": "Chwe mis yn ddiweddarach",
        "question.1": "Beth a wnaed?",
        "heading.1.1": "Cyrsiau",
        "paragraph.1.1": "Cynhaliwyd dau gwrs.\n\nBwriedir un arall.",
        "paragraph.1.2": "Dim.",
    }
    places = [place for place in list_places(workspace) if place.startswith(paper.ref)]
    assert places == [f"{paper.ref} {field}" for field in welsh]
    assert f"{visits} title" in list_places(workspace)
    for field, text in welsh.items():
        queue.translate_text(workspace, paper.ref, field, text)
    card = commissions.show_commission(workspace, paper.ref)
    (question,) = card.questions
    first = question.paragraphs[0]
    assert (card.row.title_cy, question.text_cy) == (welsh["title"], welsh["question.1"])
    assert (first.title_cy, first.text_cy) == (welsh["heading.1.1"], welsh["paragraph.1.1"])
    assert not [place for place in list_places(workspace) if place.startswith(paper.ref)]
    commissions.edit_question(workspace, paper.ref, 1, build_question_draft({"text": "What was done since?"}))
    assert f"{paper.ref} question.1" in list_places(workspace)
    commissions.edit_commission(workspace, paper.ref, build_commission_draft({"sent_on": "30 Nov 2013"}))
    assert f"{paper.ref} question.1" not in list_places(workspace)
    assert f"{paper.ref} question.1" in list_places(workspace, with_closed=True)
