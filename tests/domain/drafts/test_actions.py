"""Drafts of actions and updates; invalid input is refused with one sentence."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ahtc_tui.domain.actions.model import Brag, Marking, PaperMarking, Status
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.drafts.actions import build_action_draft, build_update_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.text.cleaning import clean_line, clean_text

TODAY = date(2013, 12, 31)


def test_fields_are_read_as_people_type_them() -> None:
    draft = build_action_draft(
        {"title": "  Brief\nthe  SPOCs ", "status": "in progress", "brag": "red", "due": "end of january 2014"}, TODAY
    )
    assert draft.given_fields == {
        "title": "Brief the SPOCs",
        "status": Status.IN_PROGRESS,
        "brag": Brag.RED,
        "due": DateAsKnown(date(2014, 1, 31), Precision.MONTH, "end of january 2014"),
    }


def test_an_empty_field_is_cleared_and_an_absent_one_is_kept() -> None:
    draft = build_action_draft({"due": " ", "brag": "", "lead": ""}, TODAY)
    assert draft.given_fields == {"due": None, "brag": None, "lead": ""}


def test_words_without_a_day_are_allowed_only_as_a_due_date() -> None:
    assert build_action_draft({"due": "ASAP"}, TODAY).due == DateAsKnown(NO_DAY, Precision.WORDS, "ASAP")
    with pytest.raises(BadInput, match='"ASAP" is not a date'):
        build_action_draft({"review_on": "ASAP"}, TODAY)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Title, status and marking cannot be empty"),
        ({"title": " \x1b\x00 "}, "an invisible character"),
        ({"title": "Turned \u202eround"}, "an invisible character"),
        ({"title": None}, "Title, status and marking cannot be empty"),
        ({"title": "x" * 1001}, "Title is too long"),
        ({"status": ""}, "cannot be empty"),
        ({"status": "finished"}, '"finished" is not a status. Choose one of planned'),
        ({"marking": "secret"}, '"secret" is not a marking'),
        ({"victim": "x"}, 'There is no field "victim"'),
        ({"due": "31 November 2013"}, "does not exist"),
        ({"due": "soon " * 60}, "Use fewer than 200 characters"),
        ({"title": "Brief \udcff"}, "Title contains invalid characters"),
        ({"lead": 7}, 'Lead cannot be "7"'),
    ],
)
def test_invalid_fields_are_refused_with_one_sentence(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refusal:
        build_action_draft(fields, TODAY)
    assert "\n" not in str(refusal.value)


def test_a_date_value_is_accepted_and_cleaned() -> None:
    known_date = DateAsKnown(date(2014, 3, 31), Precision.MONTH, "by\x07 end\nMarch")
    draft = build_action_draft({"due": known_date, "marking": Marking.OFFICIAL}, TODAY)
    assert draft.due == DateAsKnown(date(2014, 3, 31), Precision.MONTH, "by end March")
    assert draft.marking is Marking.OFFICIAL


@pytest.mark.parametrize("text", ["", "\u200f", " \n "])
def test_an_update_may_not_be_empty(text: str) -> None:
    with pytest.raises(BadInput, match="Text cannot be empty"):
        build_update_draft(text)


def test_an_update_may_set_a_rating_and_a_status() -> None:
    draft = build_update_draft("Two of four\r\nbriefed.\r", "amber", "on hold")
    assert (draft.text, draft.brag, draft.status) == ("Two of four\nbriefed.", Brag.AMBER, Status.ON_HOLD)


@example("Siwa\u0302n")
@given(st.text(st.characters(codec=None)))
def test_no_control_character_is_ever_stored(text: str) -> None:
    kept = clean_text(text)
    kept.encode()
    assert unicodedata.is_normalized("NFC", kept)
    assert not {letter for letter in kept if letter not in "\n\t" and (ord(letter) < 32 or 127 <= ord(letter) < 160)}
    assert clean_text(kept) == kept
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize("older", [marking for marking in PaperMarking if marking.is_older])
@pytest.mark.parametrize("language", [Language.EN, Language.CY])
def test_a_marking_from_before_april_2014_is_read_as_the_one_with_which_it_is_handled(
    older: PaperMarking, language: Language
) -> None:
    with use_language(language):
        assert build_action_draft({"marking": older.label}, date(2014, 1, 28)).marking is older.handling
