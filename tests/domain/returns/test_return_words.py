"""The words that people put in an action log, in English and Welsh: what is understood, and what must be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.imports.sheets import Value
from ahtc_tui.domain.returns.colours import colour_name
from ahtc_tui.domain.returns.headings import KNOWN
from ahtc_tui.domain.returns.readers import (
    Owners,
    brag_of,
    field_of,
    fields_of,
    folded,
    going_of,
    is_placeholder,
    is_total_row,
    owners_of,
    ref_key,
    ref_of,
    refs_among,
    says_only_open,
    status_from_colour,
    status_of,
)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ref", "ref"), ("No.", "ref"), ("Cyf.", "ref"), ("ACTION REF", "ref"),
        ("What", "title"), ("Action required", "title"), ("Cam gweithredu", "title"), ("Camau i’w cymryd", "title"),
        ("Action\n(what)", "title"),
        ("By whom?", "lead"), ("Owner(s)", "lead"), ("Arweinydd", "lead"), ("Lead / Arweinydd", "lead"),
        ("By when", "due"), ("Target date (dd/mm/yyyy)", "due"), ("Erbyn", "due"), ("Due date dd/mm/yy", "due"),
        ("Dyddiad cau", "due"), ("Original due", "original_due"), ("Revised date", "proposed_due"),
        ("Progress since last meeting", "update"), ("Cynnydd", "update"), ("Progres", "update"),
        ("Your update", "update"),
        ("Statws", "status"), ("Statsu", "status"), ("Complete?", "status"),
        ("BRAG", "brag"), ("R.A.G.", "brag"), ("RAG rating", "brag"), ("Lliw", "brag"),
        ("Closed", "closed_on"), ("Update date", "update_on"), ("Tystiolaeth", "evidence"),
        ("Blaenoriaeth", "priority"),
        ("Sylwadau", "comment"), ("row_id", "row_id"), ("row_hash", "row_hash"), ("sent_due", "sent_due"),
        ("sent_original_due", "sent_original_due"), ("sent_nothing", None),
        ("DP #", "ref"), ("#", "ref"), ("Rhif y weithred", "ref"), ("Delivery Plan action", "title"),
        ("Progress Oct - Dec 2013", "update"), ("Cynnydd ers mis Medi", "update"), ("RAG Q3 2013/14", "brag"),
        ("Progress RAG", "brag"), ("Status at 31/12/13", "status"), ("Who will do it?", "lead"),
        ("Pwy sy’n arwain", "lead"), ("When will it be done by?", "due"), ("Revised completion date", "proposed_due"),
        ("Dyddiad cwblhau disgwyliedig", "due"), ("Expected end", "due"), ("Action owner & support", "lead"),
        ("Supporting officer", "support"), ("Actual completion", "closed_on"), ("Reason for revision", "comment"),
        ("Number of actions", None), ("Action 25", None), ("Date action agreed", None), ("Milestone date", None),
        ("", None), ("Leed", None), ("In progress", None), ("Gwent Police", None), ("AHTC", None), ("2014", None),
        ("Train the staff of every force in Wales to see the signs of trafficking", None),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_synonyms(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_every_synonym_is_folded_and_means_its_field() -> None:
    for field, headings in KNOWN.items():
        for heading in headings:
            assert folded(heading) == heading
            assert field_of(heading.upper()) == field


def test_no_two_columns_have_one_meaning() -> None:
    headings = (
        "Item",
        "Ref",
        "Issue",
        "Action",
        "Completed",
        "Status",
        "Lead",
        "Owner",
        "Update",
        "Progress",
        "Notes",
        "Notes",
    )
    fields = (None, "ref", None, "title", "closed_on", "status", "lead", "support", None, "update", "comment", None)
    assert fields_of(headings) == fields


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Complete", Status.DONE), ("DONE", Status.DONE), ("Closed.", Status.DONE), ("100%", Status.DONE),
        ("✓", Status.DONE), ("Complete - 12/11/13", Status.DONE), ("Completed 31 Jan 2014", Status.DONE),
        ("Closed (Nov)", Status.DONE), ("Compelted", Status.DONE), ("Cwblhawyd", Status.DONE), ("Ar gau", Status.DONE),
        *((f"Wedi{sign}i gwblhau", Status.DONE) for sign in "'’‘ʼ´`"), ("WEDI EI GWBLHAU", Status.DONE),
        ("Ongoing", Status.CONTINUING), ("On-going", Status.CONTINUING), ("Parhaus", Status.CONTINUING),
        ("In Progress", Status.IN_PROGRESS), ("Ar y gweill", Status.IN_PROGRESS), ("50%", Status.IN_PROGRESS),
        ("Open", Status.IN_PROGRESS), ("Partially complete", Status.IN_PROGRESS), ("On track", Status.IN_PROGRESS),
        ("Not started", Status.PLANNED), ("Heb ddechrau", Status.PLANNED), ("Planned", Status.PLANNED),
        ("On hold", Status.ON_HOLD), ("Wedi’i ohirio", Status.ON_HOLD), ("Ar saib", Status.ON_HOLD),
        ("Proposed complete", Status.PROPOSED_COMPLETE), ("Cynnig ei gwblhau", Status.PROPOSED_COMPLETE),
        ("Complete, awaiting sign off", Status.PROPOSED_COMPLETE), ("Withdrawn", Status.CANCELLED),
        ("Tynnwyd yn ôl", Status.CANCELLED),
        ("", None), ("Overdue", None), ("Complete, but see note", None), ("Ongoing – no change", None), ("?", None),
        ("Uncompleted", None), ("Incompleted", None), ("banana", None), ("word " * 40, None),
    ],
)  # fmt: skip
def test_a_status_is_known_by_its_synonyms(words: str, status: Status | None) -> None:
    assert status_of(words) is status


@pytest.mark.parametrize("status", Status)
def test_our_own_labels_come_back_as_they_went_out(status: Status) -> None:
    assert status_of(status.label) is status


def test_words_that_only_say_open_are_told_from_a_status() -> None:
    assert [says_only_open(words) for words in ("Open", "Ar agor", "Not complete", "In progress", "x" * 500)] == [
        True, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "brag"),
    [
        ("B", Brag.BLUE), ("R Red", Brag.RED), ("g - green", Brag.GREEN), ("AMBER", Brag.AMBER), ("Yellow", Brag.AMBER),
        ("Coch", Brag.RED), ("Gwyrdd", Brag.GREEN), ("Oren", Brag.AMBER), ("Glas", Brag.BLUE), ("On track", Brag.GREEN),
        ("Amber/Green", None), ("Not red", None), ("", None), ("purple", None), ("red tape is the cause of it", None),
    ],
)  # fmt: skip
def test_a_rating_is_known_by_letter_and_word(words: str, brag: Brag | None) -> None:
    assert brag_of(words) is brag


def test_a_colour_only_proposes() -> None:
    says = {name: status_from_colour(name) for name in ("blue", "green", "amber", "red")}
    assert {name: (one.brag, one.status, one.says) for name, one in says.items() if one} == {
        "blue": (Brag.BLUE, Status.DONE, "done"),
        "green": (Brag.GREEN, None, "on track"),
        "amber": (Brag.AMBER, None, "at risk"),
        "red": (Brag.RED, None, "late or stuck"),
    }
    assert status_from_colour(None) is None
    assert status_from_colour("purple") is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("9DC3E6", "blue"), ("0070C0", "blue"), ("00B0F0", "blue"), ("FF0000", "red"), ("FFC7CE", "red"),
        ("C00000", "red"),
        ("FFC000", "amber"), ("FFFF00", "amber"), ("FFEB9C", "amber"), ("92D050", "green"), ("C6EFCE", "green"),
        ("00B050", "green"), ("7030A0", None), ("FFFFFF", None), ("D9D9D9", None), ("DDEBF7", None), ("000000", None),
    ],
)  # fmt: skip
def test_a_colour_has_the_name_that_a_person_gives_it(code: str, name: str | None) -> None:
    assert colour_name(*bytes.fromhex(code)) == name


@pytest.mark.parametrize(
    ("text", "names", "placeholder"),
    [
        ("AHTC / Gwent Police", ("AHTC", "Gwent Police"), None),
        ("Jeff & SPOCs", ("Jeff", "SPOCs"), None),
        ("Gwent, Powys, North Wales and Dyfed-Powys", ("Gwent", "Powys", "North Wales", "Dyfed-Powys"), None),
        ("Bawso; AHTC", ("Bawso", "AHTC"), None),
        ("JF/AB", ("JF", "AB"), None),
        ("AHTC a Bawso", ("AHTC", "Bawso"), None),
        ("Lead: AHTC,\nBawso", ("AHTC", "Bawso"), None),
        ("SPOC (North Wales / Dyfed-Powys)", ("SPOC (North Wales / Dyfed-Powys)",), None),
        ("AHTC + AHTC", ("AHTC",), None),
        ("AHTC / tbc", ("AHTC",), "tbc"),
        ("Cardiff and Vale, CPS and Bawso", ("Cardiff and Vale", "CPS", "Bawso"), None),
        ("TBA", (), "TBA"), ("n/a", (), "n/a"), ("Vacant", (), "Vacant"), ("I’w gadarnhau", (), "I’w gadarnhau"),
        ("", (), None), ("-", (), "-"),
    ],
)  # fmt: skip
def test_the_owners_of_a_cell_are_told_apart(text: str, names: tuple[str, ...], placeholder: str | None) -> None:
    assert owners_of(text, lambda words: words == "Cardiff and Vale") == Owners(names, placeholder)


def test_a_report_in_the_cell_of_the_owner_is_not_taken_apart() -> None:
    assert len(owners_of("one, two and three / " * 80).names) == 1
    assert is_placeholder("T.B.C.")
    assert not is_placeholder("AHTC")


@pytest.mark.parametrize(
    ("typed", "key", "first"),
    [
        ("dp 25", "DP 25", "DP-25"), (" DP-21", "DP 21", "DP-21"), ("DP25", "DP 25", "DP-25"),
        ("dp–25", "DP 25", "DP-25"),
        ("DP-7", "DP 7", "DP-07"), ("dp_007", "DP 7", "DP-07"), ("DP-45b", "DP 45 B", "DP-45B"),
        ("Ref: DP 9", "DP 9", "DP-09"),
        ("LG-2013-03/07", "LG 2013 3 7", None), (25, "25", None), (25.0, "25", None), ("", None, None),
        (None, None, None),
        (True, None, None), ("–", None, None),
    ],
)  # fmt: skip
def test_a_reference_is_known_however_it_is_typed(typed: Value, key: str | None, first: str | None) -> None:
    assert ref_key(typed) == key
    assert next(iter(ref_of(typed)), None) == first


def test_a_row_of_totals_is_told_from_an_action() -> None:
    assert is_total_row(["", "Total", "", "", "", "2"])
    assert is_total_row([None, "Cyfanswm:", 5, 0.5])
    assert is_total_row(["Total 44"])
    assert not is_total_row(["DP-01", "Total"])
    assert not is_total_row(["Count the staff", 5])
    assert not is_total_row([1, 2, None])


@given(st.text(max_size=60))
def test_whatever_stands_in_a_cell_is_no_fault(text: str) -> None:
    for read in (field_of, status_of, brag_of, owners_of, ref_key, ref_of, is_placeholder, says_only_open):
        read(text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("DP-10 / DP-39", ["DP 10", "DP 39"]), ("DP-10 & 39", ["DP 10", "DP 39"]), ("dp10, 39", ["DP 10", "DP 39"]),
        ("DP-10 (CPS)", ["DP 10"]), ("DP-10*", ["DP 10"]), ("see 10", []), ("10", []), (None, []), ("DP-77 39", []),
    ],
)  # fmt: skip
def test_known_references_are_found_among_others_and_among_words(typed: str | None, found: list[str]) -> None:
    assert refs_among(typed, {"DP 10", "DP 39", "10"}) == found


def test_words_for_how_it_goes_are_told_from_the_name_of_a_rating() -> None:
    assert [going_of(words) for words in ("slipped", "On track", "Wedi llithro", "overdue", "Amber", "x" * 500)] == [
        Brag.AMBER, Brag.GREEN, Brag.AMBER, Brag.RED, None, None,
    ]  # fmt: skip
