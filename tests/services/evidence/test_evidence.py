"""Adding, correcting and reading figures and their sources."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.drafts.evidence import build_figure_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.evidence.model import Tier, group_histories
from ahtc_tui.services.evidence.service import (
    add_figure,
    edit_figure,
    list_data_sets,
    list_figures,
    list_parts,
    list_series,
    show_figure,
)
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.workspace import Workspace
from tests.builders import set_clock

WHOLE = {"title": "NRM referrals, Wales", "value": "52", "unit": "referrals", "period": "2013", "source": "NCA 2014"}

DAY = date(2013, 12, 31)
PUBLISHED = "2014-02-28"
"""A day on which all figures of the reference data are published."""

FIGURES = 15
"""Fourteen figures, and the UK total of 2012 a second time: a second source prints another number."""


def test_fifteen_figures_each_have_a_source(wales: Workspace) -> None:
    rows = list_figures(wales)
    assert len(rows) == FIGURES
    assert all(row.source for row in rows)


def test_figure_values_are_formatted_for_readers(wales: Workspace) -> None:
    texts = {row.ref: row.value_text for row in list_figures(wales)}
    assert texts["nrm-uk-2012"] == "1,186"
    assert texts["conference-attendance-2013"] == "over 100"
    assert texts["fora-established"] == "4 of 6"


def test_the_card_has_caveat_data_set_whole_and_parts(wales: Workspace) -> None:
    card = show_figure(wales, "nrm-uk-2012")
    assert card.row.caveat is not None
    assert "1,156" in card.row.caveat
    assert (card.row.data_set, card.row.source) == (
        "UK National Referral Mechanism",
        "National Assembly for Wales Research Service, 28 November 2013",
    )
    assert len(card.parts) == 4
    assert show_figure(wales, "nrm-uk-2012-male").part_of_ref == "nrm-uk-2012"


def test_sources_of_one_figure_are_listed_next_to_each_other(wales: Workspace) -> None:
    set_clock(wales, PUBLISHED)
    rows = {row.ref: row for row in list_figures(wales)}
    assert "tip of the iceberg" in (rows["nrm-wales-2012"].caveat or "")
    assert "statement of 13 January 2014 gives 1,156" in (rows["nrm-uk-2012"].caveat or "")
    values = [row.value for row in list_figures(wales)]
    assert values[values.index(1186) + 1] == 1156
    second_source = rows["nrm-uk-2012-statement"]
    assert (second_source.source, second_source.later) == ("Welsh Government written statement, 13 January 2014", True)


def test_source_with_parts_is_used_and_sources_are_never_added(wales: Workspace) -> None:
    set_clock(wales, PUBLISHED)
    rows = {row.ref: row for row in list_figures(wales)}
    assert rows["nrm-uk-2012"].use == "used (2 sources)"
    assert rows["nrm-uk-2012-statement"].use == "not used"
    assert [ref for ref, row in rows.items() if row.sources > 1] == ["nrm-uk-2012", "nrm-uk-2012-statement"]
    parts = {row.ref.rsplit("-", 1)[1]: row.value for row in list_parts(wales, "nrm-uk-2012")}
    assert parts["female"] + parts["male"] == parts["adults"] + parts["children"] == rows["nrm-uk-2012"].value
    assert [row.value for row in list_series(wales, "nrm-uk-2012-statement")] == [946, 1186, 1746]
    assert [[row.value for row in series] for series in group_histories(rows.values())] == [[946, 1186, 1746]]
    reversed_ = list(reversed(list_figures(wales)))
    assert [[row.value for row in series] for series in group_histories(reversed_)] == [[946, 1186, 1746]]


def test_superseding_source_is_used_instead(wales: Workspace) -> None:
    set_clock(wales, PUBLISHED)
    edit_figure(wales, "nrm-uk-2012-statement", build_figure_draft({"supersedes": "nrm-uk-2012"}, DAY))
    rows = {row.ref: row for row in list_figures(wales)}
    assert rows["nrm-uk-2012"].superseded
    assert (rows["nrm-uk-2012-statement"].used, rows["nrm-uk-2012-statement"].use) == (True, None)
    assert [row.value for row in list_series(wales, "nrm-uk-2012")] == [946, 1156, 1746]


def test_first_source_entered_is_used_where_no_source_has_parts(wales: Workspace) -> None:
    for value in ("52", "53", "51"):
        add_figure(wales, build_figure_draft({**WHOLE, "value": value, "area": "wales"}, DAY))
    assert [(row.value, row.use) for row in list_figures(wales) if row.sources == 3] == [
        (52, "used (3 sources)"),
        (53, "not used"),
        (51, "not used"),
    ]
    assert [row.value for row in list_series(wales, "nrm-wales-2012")] == [34, 52]


def test_a_filter_narrows_the_figures(wales: Workspace) -> None:
    assert {row.ref for row in list_figures(wales, "wrexham confer")} == {"conference-attendance-2013"}


def test_data_sets_count_their_figures(wales: Workspace) -> None:
    rows = list_data_sets(wales)
    assert [(row.ref, row.tier, row.figures) for row in rows] == [
        ("ds-nrm", Tier.PRIMARY, 10),
        ("ds-cjs", Tier.PRIMARY, 0),
        ("ds-secondary", Tier.SECONDARY, 0),
    ]


def test_adding_and_editing_a_figure_can_be_undone(wales: Workspace) -> None:
    draft = build_figure_draft({**WHOLE, "data_set": "ds-nrm", "area": "Cymru", "value": "over 1,050"}, DAY)
    row = add_figure(wales, draft)
    assert (row.ref, row.value_text, row.area) == ("FIG-01", "over 1,050", "Wales")
    assert edit_figure(wales, "fig-1", build_figure_draft({"value": "52.5"}, DAY)).value_text == "52.5"
    undo_step(wales)
    undo_step(wales)
    with pytest.raises(NotFound):
        show_figure(wales, "FIG-01")


def test_two_sources_may_disagree_and_both_are_kept(wales: Workspace) -> None:
    add_figure(wales, build_figure_draft({**WHOLE, "period": "2012", "value": "36"}, DAY))
    assert {row.value for row in list_figures(wales, "nrm wales") if str(row.period) == "2012"} >= {34, 36}


@pytest.mark.parametrize("value", ["-1", "-0.5", "nan", "inf", "", "many", "1e999"])
def test_value_that_is_not_a_count_is_refused(value: str) -> None:
    with pytest.raises(BadInput, match=r"figure|value"):
        build_figure_draft({"value": value}, DAY)


@pytest.mark.parametrize("missing", ["value", "unit", "period", "source"])
def test_a_figure_without_value_unit_period_or_source_is_not_kept(wales: Workspace, missing: str) -> None:
    fields = {name: words for name, words in WHOLE.items() if name != missing}
    with pytest.raises(BadInput, match=missing):
        add_figure(wales, build_figure_draft(fields, DAY))
    assert len(list_figures(wales)) == FIGURES


def test_figure_cannot_be_part_of_itself(wales: Workspace) -> None:
    with pytest.raises(Refused):
        edit_figure(wales, "nrm-uk-2012", build_figure_draft({"part_of": "nrm-uk-2012"}, DAY))


def test_unknown_area_is_refused_by_name(wales: Workspace) -> None:
    with pytest.raises(NotFound, match="Atlantis"):
        edit_figure(wales, "nrm-uk-2012", build_figure_draft({"area": "Atlantis"}, DAY))


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("out_of", "six", "not a whole number"),
        ("at_least", "maybe", "yes or no"),
        ("unit", " ", "cannot be empty"),
        ("period", "", "cannot be empty"),
        ("value", "9,999,999,999,999", "too large"),
        ("victim", "name", "no field"),
    ],
)
def test_invalid_figure_field_is_refused_with_its_reason(field: str, words: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        build_figure_draft({field: words}, DAY)


def test_figures_cannot_form_a_cycle(wales: Workspace) -> None:
    edit_figure(wales, "nrm-uk-2011", build_figure_draft({"part_of": "nrm-uk-2012-male"}, DAY))
    for name, parent in (("part_of", "nrm-uk-2011"), ("part_of", "nrm-uk-2012")):
        with pytest.raises(Refused, match="part of itself"):
            edit_figure(wales, "nrm-uk-2012", build_figure_draft({name: parent}, DAY))
    edit_figure(wales, "nrm-uk-2013", build_figure_draft({"supersedes": "nrm-uk-2011"}, DAY))
    with pytest.raises(Refused, match="part of itself"):
        edit_figure(wales, "nrm-uk-2011", build_figure_draft({"supersedes": "nrm-uk-2013"}, DAY))


@pytest.mark.parametrize(
    ("typed", "value", "at_least", "out_of"),
    [
        ("over 100", 100, True, None),
        ("dros 100", 100, True, None),
        ("4 of 6", 4, False, 6),
        ("4 o 6", 4, False, 6),
        ("34 of 1,186", 34, False, 1186),
    ],
)
def test_a_value_is_read_in_english_and_welsh(typed: str, value: int, at_least: bool, out_of: int | None) -> None:
    draft = build_figure_draft({"value": typed}, DAY)
    assert (draft.value, draft.at_least, draft.out_of) == (value, at_least, out_of)


@pytest.mark.parametrize("value", ["1,18,6", "1,1860", ",5", "7 of 6", "over 100 of 50", "4 of 0"])
def test_ambiguous_or_excessive_value_is_refused(value: str) -> None:
    with pytest.raises(BadInput, match=r"is not a value|larger than the whole"):
        build_figure_draft({"value": value}, DAY)


def test_whole_cannot_become_smaller_than_its_part(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="larger than the whole in 4 of 3"):
        edit_figure(wales, "fora-established", build_figure_draft({"out_of": "3"}, DAY))
    assert show_figure(wales, "fora-established").row.value_text == "4 of 6"


@pytest.mark.parametrize(
    ("text", "expected", "latest"),
    [
        ("2012-13", "2012-13", date(2013, 3, 31)),
        ("2011/12", "2011-12", date(2012, 3, 31)),
        ("1999/00", "1999-00", date(2000, 3, 31)),
        ("2012-11", "November 2012", date(2012, 11, 30)),
        ("2012", "2012", date(2012, 12, 31)),
    ],
)
def test_period_of_a_financial_year_is_kept(wales: Workspace, text: str, expected: str, latest: date) -> None:
    row = add_figure(wales, build_figure_draft({**WHOLE, "period": text}, DAY))
    assert (str(row.period), row.period.latest) == (expected, latest)
    assert str(show_figure(wales, row.ref).row.period) == expected


def test_period_of_non_consecutive_years_is_refused() -> None:
    with pytest.raises(BadInput):
        build_figure_draft({"period": "2012/15"}, DAY)
