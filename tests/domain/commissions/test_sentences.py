"""Sentences of a paper, as an official writes them in English and in Welsh."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.commissions.event_statements import EventFacts, EventSources, state_event
from ahtc_tui.domain.commissions.evidence_statements import state_data_set, state_decision, state_figure
from ahtc_tui.domain.commissions.party_statements import ROLES
from ahtc_tui.domain.commissions.statements import Statement, compose_text, join_posts
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import Language, ngettext_noop, use_language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.kinds import DecisionStatus, MeetingState
from ahtc_tui.domain.text.welsh_mutations import format_headline
from ahtc_tui.domain.welsh_names import WelshName, known_names

KEY = RowKey(bytes(16))
YEAR = DateAsKnown(date(2013, 12, 31), Precision.YEAR)
MONTH = DateAsKnown(date(2013, 3, 31), Precision.MONTH)
DONE = ngettext_noop("{when}, the board {subjects}", "{when}, the board {subjects}")
SET_UP = ngettext_noop("{subjects} was set up", "{subjects} were set up")


def make_figure(title: str, unit: str, value: int, *, out_of: int | None = None, welsh: str | None = None) -> FigureRow:
    return FigureRow(
        KEY, "f", title, value, False, out_of, unit, YEAR, None, None, None, None, None, title_cy=welsh
    )  # fmt: skip


def make_decision(text: str, *, body: str = "", welsh: str | None = None) -> Decision:
    status = DecisionStatus.AGREED
    return Decision(
        "d", MONTH, body or None, None, None, text, welsh, None, None, (), (), None, None, status, None, key=KEY
    )


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (make_figure("NRM referrals, Wales", "referrals", 34), "In 2013, there were 34 NRM referrals in Wales."),
        (make_figure("NRM referrals, Wales", "referrals", 1), "The number of NRM referrals in Wales in 2013 was 1."),
        (
            make_figure("Forum areas with an established group", "areas", 4, out_of=6),
            "In 2013, 4 of the 6 forum areas had an established group.",
        ),
        (
            make_figure("Welsh forces engaged in Operation Eagle", "forces", 4),
            "In 2013, 4 Welsh forces were engaged in Operation Eagle.",
        ),
        (make_figure("Practitioners at the visit", "people", 30), "In 2013, there were 30 practitioners at the visit."),
        (make_figure("Take-up of the course", "%", 40), "The figure for ‘Take-up of the course’ in 2013 was 40 %."),
    ],
)
def test_a_figure_is_the_number_of_what_its_title_names(figure: FigureRow, sentence: str) -> None:
    assert compose_text(state_figure(figure)).text == sentence


def test_figures_of_one_period_and_source_are_one_sentence() -> None:
    figures = [make_figure(f"NRM referrals of {who}", "referrals", n) for n, who in ((786, "women"), (400, "men"))]
    stated = [statement for figure in figures for statement in state_figure(figure, ("Paper 1",))]
    assert compose_text(stated).text == "In 2013, there were 786 NRM referrals of women and 400 NRM referrals of men."
    other = state_figure(figures[1], ("Paper 2",))
    assert compose_text([stated[0], *other]).text.count("In 2013, there were") == 2


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (
            make_figure("x", "areas", 4, out_of=6, welsh="Ardaloedd fforwm sydd â grŵp"),
            "Nifer yr ardaloedd fforwm sydd â grŵp yn 2013 oedd 4 o'r 6.",
        ),
        (
            make_figure("x", "forces", 4, welsh="Heddluoedd Cymru yn yr ymgyrch"),
            "Nifer heddluoedd Cymru yn yr ymgyrch yn 2013 oedd 4.",
        ),
    ],
)
def test_a_welsh_figure_has_the_article_that_its_title_needs(figure: FigureRow, sentence: str) -> None:
    with use_language(Language.CY):
        assert compose_text(state_figure(figure)).text == sentence


def test_a_decision_of_the_same_month_does_not_name_the_month_again() -> None:
    decision = make_decision("Agreement to recognise two bodies", body="Review Group")
    before = Statement(DONE, "met", (("when", "in March 2013"),))
    assert compose_text([before, *state_decision(decision, ())]).text == (
        "In March 2013, the board met. The Review Group agreed in the same month to recognise two bodies."
    )
    assert compose_text(state_decision(decision, ())).text == (
        "The Review Group agreed in March 2013 to recognise two bodies."
    )


@pytest.mark.parametrize(
    ("welsh", "sentence"),
    [
        ("Cytundeb i gydnabod dau gorff", "Cytunodd Bwrdd ym mis Mawrth 2013 i gydnabod dau gorff."),
        ("Mabwysiadu'r cynllun", "Penderfynodd Bwrdd ym mis Mawrth 2013 fabwysiadu'r cynllun."),
        ("Y cynllun newydd", "Penderfynodd Bwrdd ym mis Mawrth 2013: ‘Y cynllun newydd’."),
    ],
)
def test_a_welsh_decision_has_its_verb_first(welsh: str, sentence: str) -> None:
    with use_language(Language.CY):
        assert compose_text(state_decision(make_decision("x", body="Bwrdd", welsh=welsh), ())).text == sentence


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("UK National Referral Mechanism", "The primary data set is the UK National Referral Mechanism."),
        ("Cases dealt with in court", "The primary data set is cases dealt with in court."),
        ("Survey on training", "The primary data set is ‘Survey on training’."),
        ("Secondary data sets, still to be identified", "The secondary data sets are still to be identified."),
    ],
)
def test_a_data_set_is_named_as_in_running_text(title: str, sentence: str) -> None:
    assert compose_text(state_data_set(title, "primary", ())).text == sentence


def test_names_with_one_ending_are_named_once() -> None:
    names = ("the Cardiff Human Trafficking Forum", "the Board", "the Western Bay Human Trafficking Forum")
    assert compose_text(Statement(SET_UP, name) for name in names).text == (
        "The Board and the Cardiff and Western Bay Human Trafficking Forums were set up."
    )


def test_welsh_phrases_with_one_beginning_are_joined_unless_a_mutation_is_possible() -> None:
    with use_language(Language.CY):
        subjects = [WelshName(f"sicrhau statws swyddogol i {name}") for name in ("Bawso", "New Pathways", "Gaerdydd")]
        joined = compose_text(Statement(DONE, subject, (("when", "x"),)) for subject in subjects[:2]).text
        assert "i Bawso a New Pathways" in joined
        assert "i Gaerdydd" in compose_text(Statement(DONE, subject, (("when", "x"),)) for subject in subjects[1:]).text


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("Cyflwyno'r Mecanwaith Atgyfeirio", "Cyflwynwyd y Mecanwaith Atgyfeirio"),
        ("ACPO yn lansio Operation Eagle", "Lansiodd ACPO Operation Eagle"),
        ("Penodi Cydgysylltydd", "Penodwyd Cydgysylltydd"),
        ("Creu swydd", None),
        ("Yr adolygiad yn gwella'r gwasanaeth", None),
    ],
)
def test_welsh_headlines_become_sentences_where_the_verb_is_regular(headline: str, sentence: str | None) -> None:
    assert format_headline(headline) == sentence


@pytest.mark.parametrize(
    ("state", "day", "sentence"),
    [
        (MeetingState.HELD, date(2013, 10, 18), "The Conference took place on 18 October 2013."),
        (MeetingState.CONFIRMED, date(2013, 10, 18), "The Conference was to take place on 18 October 2013."),
        (MeetingState.HELD, date(2014, 10, 18), "The Conference is to take place on 18 October 2014."),
    ],
)
def test_an_event_took_place_only_where_it_was_held(state: MeetingState, day: date, sentence: str) -> None:
    facts = EventFacts(
        KEY, "Conference", None, True, False, state, DateAsKnown(day), None, None, None, None, None, None, None, None,
        None, None,
    )  # fmt: skip
    first, *_further = state_event(facts, (), (), EventSources(), date(2014, 1, 1))
    assert compose_text([first]).text == sentence


def test_posts_of_several_bodies_are_named_once_in_welsh() -> None:
    with use_language(Language.CY), known_names({"Cyngor Gwynedd", "Cyngor Powys"}):
        posts = (
            f"{post}, Cyngor {place}" for post in ("Prif Weithredwr", "Cadeirydd") for place in ("Gwynedd", "Powys")
        )
        assert join_posts(posts) == [
            "Prif Weithredwr Cyngor Gwynedd a Chyngor Powys",
            "cadeirydd Cyngor Gwynedd a Chyngor Powys",
        ]


def test_every_second_sentence_about_the_same_lead_says_also() -> None:
    roles = (SeatRole.REPRESENTS_WALES, SeatRole.MEMBER, SeatRole.ATTENDS, SeatRole.CHAIR)
    lead = (("lead", "the Co-ordinator"),)
    assert compose_text(Statement(ROLES[role], "the board", lead) for role in roles).text == (
        "The Co-ordinator represents Wales on the board. The Co-ordinator is also a member of the board. "
        "The Co-ordinator attends the board. The Co-ordinator also chairs the board."
    )
