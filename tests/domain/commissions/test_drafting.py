"""Paragraphs that a draft proposes: which claims, under which question, and what is left for a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.claims import Claim, ClaimKind, ClaimStatus
from ahtc_tui.domain.commissions.model import (
    ClaimLink,
    CommissionCard,
    ParagraphRow,
    QuestionRow,
    propose_paragraphs,
    read_topics,
)
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.keys import NO_KEY, RowKey

YEAR = (date(2013, 1, 1), date(2013, 12, 31))


def make_claim(name: str, topic: str = "1", kind: ClaimKind = ClaimKind.ACTION, **values: Any) -> Claim:
    return Claim(kind, RowKey(name.encode()), name, name, None, topic, **values)


def propose(claims: list[Claim], questions: Any = ((1, ("1",)), (2, ("fora", "1"))), **options: Any) -> Any:
    arguments = {"objectives": {"1": "Evidence"}, "earlier": (), "used_keys": (), "period": (None, None)}
    return propose_paragraphs(questions, claims, **(arguments | options))


def test_a_claim_goes_under_every_question_that_covers_its_topic() -> None:
    draft = propose([make_claim("DP-1")])
    assert [paragraph.question for paragraph in draft.paragraphs] == [1, 2]
    assert draft.unfiled_claims == draft.claims_outside_period == ()


def make_earlier(*claims: Claim, stale: bool = False, **texts: str) -> ParagraphRow:
    links = [ClaimLink(NO_KEY, claim.kind, "before" if stale else claim.sentence, claim) for claim in claims]
    return ParagraphRow(NO_KEY, "9.1", "Training", "Forces train.", None, tuple(links), source="Paper, 2013", **texts)


def test_a_paragraph_of_the_earlier_paper_is_continued_in_its_words_under_its_question() -> None:
    claim = make_claim("DP-1")
    (paragraph,) = propose([claim], earlier=[(2, make_earlier(claim, text_cy="Mae heddluoedd."))]).paragraphs
    assert (paragraph.question, paragraph.claims) == (2, (claim,))
    assert (paragraph.texts["text"], paragraph.texts["text_cy"]) == ("Forces train.", "Mae heddluoedd.")
    assert propose([claim], earlier=[(9, make_earlier(claim))]).paragraphs[0].question == 1, "the first of its topic"


def test_the_words_of_an_earlier_paragraph_end_when_one_of_its_records_changed_or_is_left_out() -> None:
    claim = make_claim("DP-1")
    early = make_claim("DP-2", status=ClaimStatus.ACHIEVED, day=DateAsKnown(date(2012, 5, 1)))
    (changed,) = propose([claim], earlier=[(2, make_earlier(claim, stale=True))]).paragraphs
    (partial,) = propose([claim], earlier=[(2, make_earlier(claim, early))], period=YEAR).paragraphs
    for paragraph in (changed, partial):
        assert paragraph.claims == (claim,)
        assert "text" not in paragraph.texts
        assert paragraph.texts["source"] == "Paper, 2013"


def test_a_claim_that_the_paper_has_is_not_proposed_again() -> None:
    claim = make_claim("DP-1")
    assert propose([claim], used_keys=(claim.key,)).paragraphs == ()


@pytest.mark.parametrize(
    ("claim", "is_listed"),
    [
        (make_claim("DP-1", "7"), True),
        (make_claim("practice", "practice", ClaimKind.PRACTICE), True),
        (make_claim("group", "boards", ClaimKind.GROUP), False),
        (make_claim("figure", "figures", ClaimKind.FIGURE), False),
    ],
)
def test_a_person_files_actions_and_practices_that_no_question_covers(claim: Claim, is_listed: bool) -> None:
    draft = propose([claim], questions=((1, ("aims",)),))
    assert draft.unfiled_claims == ((claim,) if is_listed else ())


def test_a_forum_that_no_question_covers_is_filed_by_a_person() -> None:
    forum = make_claim("forum", "fora", ClaimKind.GROUP)
    assert propose([forum], questions=((1, ("aims",)),)).unfiled_claims == (forum,)


@pytest.mark.parametrize(
    ("day", "status", "is_outside"),
    [
        (date(2012, 12, 31), ClaimStatus.ACHIEVED, True),
        (date(2013, 1, 1), ClaimStatus.ACHIEVED, False),
        (date(2013, 12, 31), ClaimStatus.FACT, False),
        (date(2014, 1, 1), ClaimStatus.FACT, True),
        (date(2014, 1, 1), ClaimStatus.TO_COME, False),
    ],
)
def test_the_period_of_a_paper_leaves_out_what_was_held_before_or_after(
    day: date, status: ClaimStatus, is_outside: bool
) -> None:
    claim = make_claim("DP-1", day=DateAsKnown(day), status=status)
    draft = propose([claim], period=YEAR)
    assert draft.claims_outside_period == ((claim,) if is_outside else ())
    assert bool(draft.paragraphs) is not is_outside


def test_a_claim_without_a_date_is_inside_every_period() -> None:
    assert propose([make_claim("DP-1")], period=YEAR).claims_outside_period == ()


def test_paragraphs_are_in_the_order_of_the_plan_with_achievements_first() -> None:
    planned = make_claim("planned", status=ClaimStatus.TO_COME)
    achieved = make_claim("achieved", status=ClaimStatus.ACHIEVED)
    forum = make_claim("forum", "fora", ClaimKind.GROUP)
    draft = propose([forum, planned, achieved], questions=((1, ("fora", "1")),))
    assert [[claim.ref for claim in paragraph.claims] for paragraph in draft.paragraphs] == [
        ["achieved"],
        ["planned"],
        ["forum"],
    ]
    assert [paragraph.title for paragraph in draft.paragraphs][:2] == [
        "Evidence: achieved",
        "Evidence: in progress and planned",
    ]


def test_topics_are_read_once_each_in_any_case() -> None:
    assert read_topics("1, Fora  2,1") == ("1", "fora", "2")
    assert read_topics(None) == ()
    with pytest.raises(BadInput, match='cannot cover "weather"'):
        read_topics("1, weather")


def make_paragraph(number: str, *links: ClaimLink, text: str | None = None) -> ParagraphRow:
    return ParagraphRow(NO_KEY, number, "Fora", text, None, links, text_cy=None)


def make_card(*questions: QuestionRow, marking: Marking = Marking.OFFICIAL) -> CommissionCard:
    row: Any = None
    return CommissionCard(row, None, None, None, None, marking, None, questions)


def test_a_paragraph_is_stale_where_a_record_is_gone_or_says_something_else() -> None:
    claim = make_claim("DP-1")
    same, other = (ClaimLink(NO_KEY, ClaimKind.ACTION, sentence, claim) for sentence in ("DP-1", "DP-1: planned"))
    removed = ClaimLink(NO_KEY, ClaimKind.ACTION, "DP-2", None)
    rows = [make_paragraph(str(number), link) for number, link in enumerate((same, other, removed), 1)]
    card = make_card(QuestionRow(NO_KEY, 1, "?", None, tuple(rows)), QuestionRow(NO_KEY, 2, "?", None, ()))
    assert [row.number for row in card.stale_paragraphs] == ["2", "3"]
    assert card.unanswered_questions == (2,)
    assert rows[2].refs == ()
    assert rows[0].refs == ("DP-1",)


def test_a_paper_has_the_highest_marking_of_its_records() -> None:
    secret = make_claim("DP-1", marking=Marking.OFFICIAL_SENSITIVE)
    link = ClaimLink(NO_KEY, ClaimKind.ACTION, "DP-1", secret)
    question = QuestionRow(NO_KEY, 1, "?", None, (make_paragraph("1.1", link),))
    assert make_card(question).marking is Marking.OFFICIAL_SENSITIVE
    assert make_card().marking is Marking.OFFICIAL
    assert make_card(marking=Marking.OFFICIAL_SENSITIVE).marking is Marking.OFFICIAL_SENSITIVE


def test_a_text_of_a_person_is_shown_before_the_title() -> None:
    assert make_paragraph("1.1", text="Written").shown_heading == "Written"
    assert make_paragraph("1.1").shown_heading == "Fora"
