"""Words in action logs, in English and Welsh: headings, statuses, ratings, colours, owners, references."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.imports.sheets import CellValue
from ahtc_tui.domain.returns.heading_vocabulary import FIELD_HEADINGS, HEADING_EXAMPLES
from ahtc_tui.domain.returns.headings import resolve_heading, resolve_headings
from ahtc_tui.domain.returns.owners import Owners, is_placeholder, split_owners
from ahtc_tui.domain.returns.references import find_known_references, is_total_row, list_spellings, normalize_reference
from ahtc_tui.domain.returns.statuses import (
    find_colour_name,
    is_only_open,
    parse_brag,
    parse_progress_rating,
    parse_status,
    propose_from_colour,
)
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.formats.sheets.contacts import HEADING_EXAMPLES as CONTACT_EXAMPLES
from ahtc_tui.formats.sheets.contacts import find_contact_field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ref", "ref"), ("No.", "ref"), ("Cyf.", "ref"), ("ACTION REF", "ref"),
        ("What", "title"), ("Action required", "title"), ("Cam gweithredu", "title"), ("Camau i’w cymryd", "title"),
        ("Action\n(what)", "title"),
        ("By whom?", "lead"), ("Owner(s)", "lead"), ("Arweinydd", "lead"), ("Lead / Arweinydd", "lead"),
        ("Due", "due"), ("Target date (dd/mm/yyyy)", "due"), ("Erbyn", "due"), ("Due date dd/mm/yy", "due"),
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
        ("Teitl", "title"), ("Camau gweithredu", "title"), ("Camau gweithredu / Actions", "title"),
        ("Arweinydd / Lead", "lead"), ("Dyddiad cwblhau", "due"), ("Dyddiad cyflawni", "due"),
        ("Dyddiad cyflawni / Due date", "due"), ("Statws / Status", "status"), ("Diweddariad", "update"),
        ("Cefnogwyr", "support"), ("Cymorth", "support"), ("Argymhelliad", "title"), ("Carreg filltir", "title"),
        ("Dyddiad caewyd", "closed_on"), ("Dyddiad cyflawni diwygiedig", "proposed_due"), ("Sgôr / Rating", "brag"),
        ("Rheswm dros yr oedi", "comment"), ("Codwyd ar", "source"), ("Cyfeirnod / Reference", "ref"),
        ("", None), ("Leed", None), ("In progress", None), ("Gwent Police", None), ("AHTC", None), ("2014", None),
        ("Train the staff of every force in Wales to see the signs of trafficking", None),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_synonyms(heading: str, field: str | None) -> None:
    assert resolve_heading(heading) == field


def test_every_synonym_is_folded_and_means_its_field() -> None:
    for field, headings in FIELD_HEADINGS.items():
        for heading in headings:
            assert normalize_text(heading) == heading
            assert resolve_heading(heading.upper()) == field


@pytest.mark.parametrize("language", [Language.EN, Language.CY])
def test_the_example_headings_of_a_field_mean_it(language: Language) -> None:
    with use_language(language):
        for field, headings in HEADING_EXAMPLES.items():
            assert {resolve_heading(heading) for heading in _(headings).split(", ")} == {field}
        for field, headings in CONTACT_EXAMPLES.items():
            assert {find_contact_field(heading, {}) for heading in _(headings).split(", ")} == {field}


def test_no_two_columns_have_the_same_field() -> None:
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
    assert resolve_headings(headings) == fields


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
        ("Tynnwyd yn ôl", Status.CANCELLED), ("Wedi’i chanslo", Status.CANCELLED), ("Caeedig", Status.DONE),
        ("Wedi cwblhau", Status.DONE), ("Wedi'i chau", Status.DONE), ("Ar waith", Status.IN_PROGRESS),
        ("Rhannol", Status.IN_PROGRESS), ("Ddim wedi'i ddechrau", Status.PLANNED), ("I'w wneud", Status.PLANNED),
        ("Wedi gohirio", Status.ON_HOLD), ("Ar ei hôl hi", None), ("Dim angen mwyach", Status.CANCELLED),
        ("", None), ("Overdue", None), ("Complete, but see note", None), ("Ongoing – no change", None), ("?", None),
        ("Uncompleted", None), ("Incompleted", None), ("banana", None), ("word " * 40, None),
    ],
)  # fmt: skip
def test_a_status_is_known_by_its_synonyms(words: str, status: Status | None) -> None:
    assert parse_status(words) is status


@pytest.mark.parametrize("status", Status)
def test_our_own_status_labels_are_parsed(status: Status) -> None:
    assert parse_status(status.label) is status


def test_open_is_distinguished_from_a_status() -> None:
    assert [is_only_open(words) for words in ("Open", "Ar agor", "Not complete", "In progress", "x" * 500)] == [
        True, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "brag"),
    [
        ("B", Brag.BLUE), ("R Red", Brag.RED), ("g - green", Brag.GREEN), ("AMBER", Brag.AMBER), ("Yellow", Brag.AMBER),
        ("Coch", Brag.RED), ("Gwyrdd", Brag.GREEN), ("Oren", Brag.AMBER), ("Glas", Brag.BLUE), ("On track", Brag.GREEN),
        ("Ar ei hôl hi", Brag.RED), ("Ambr", Brag.AMBER), ("Coch / Red", Brag.RED), ("Coch | Red", Brag.RED),
        ("Gw Gwyrdd", Brag.GREEN), ("C Coch | R Red", Brag.RED), ("Coch/Oren", None),
        ("Amber/Green", None), ("Not red", None), ("", None), ("purple", None), ("red tape is the cause of it", None),
    ],
)  # fmt: skip
def test_a_rating_is_known_by_letter_and_word(words: str, brag: Brag | None) -> None:
    assert parse_brag(words) is brag


def test_a_colour_proposes_a_rating() -> None:
    proposals = {name: propose_from_colour(name) for name in ("blue", "green", "amber", "red")}
    assert {
        name: (proposal.brag, proposal.status, proposal.label) for name, proposal in proposals.items() if proposal
    } == {
        "blue": (Brag.BLUE, Status.DONE, "done"),
        "green": (Brag.GREEN, None, "on track"),
        "amber": (Brag.AMBER, None, "at risk"),
        "red": (Brag.RED, None, "late or stuck"),
    }
    assert propose_from_colour(None) is None
    assert propose_from_colour("purple") is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("9DC3E6", "blue"), ("0070C0", "blue"), ("00B0F0", "blue"), ("FF0000", "red"), ("FFC7CE", "red"),
        ("C00000", "red"),
        ("FFC000", "amber"), ("FFFF00", "amber"), ("FFEB9C", "amber"), ("92D050", "green"), ("C6EFCE", "green"),
        ("00B050", "green"), ("7030A0", None), ("FFFFFF", None), ("D9D9D9", None), ("DDEBF7", None), ("000000", None),
    ],
)  # fmt: skip
def test_colours_have_names(code: str, name: str | None) -> None:
    assert find_colour_name(*bytes.fromhex(code)) == name


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
def test_the_owners_of_a_cell_are_split(text: str, names: tuple[str, ...], placeholder: str | None) -> None:
    assert split_owners(text, lambda words: words == "Cardiff and Vale") == Owners(names, placeholder)


def test_a_long_text_is_not_split_into_owners() -> None:
    assert len(split_owners("one, two and three / " * 80).names) == 1
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
def test_references_are_normalized(typed: CellValue, key: str | None, first: str | None) -> None:
    assert normalize_reference(typed) == key
    assert next(iter(list_spellings(typed)), None) == first


def test_rows_of_totals_are_detected() -> None:
    assert is_total_row(["", "Total", "", "", "", "2"])
    assert is_total_row([None, "Cyfanswm:", 5, 0.5])
    assert is_total_row(["Total 44"])
    assert not is_total_row(["DP-01", "Total"])
    assert not is_total_row(["Count the staff", 5])
    assert not is_total_row([1, 2, None])


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    for parser in (
        resolve_heading,
        parse_status,
        parse_brag,
        split_owners,
        normalize_reference,
        list_spellings,
        is_placeholder,
        is_only_open,
    ):
        parser(text)


@pytest.mark.parametrize(
    ("typed", "refs"),
    [
        ("DP-10 / DP-39", ["DP 10", "DP 39"]), ("DP-10 & 39", ["DP 10", "DP 39"]), ("dp10, 39", ["DP 10", "DP 39"]),
        ("DP-10 (CPS)", ["DP 10"]), ("DP-10*", ["DP 10"]), ("see 10", []), ("10", []), (None, []), ("DP-77 39", []),
    ],
)  # fmt: skip
def test_known_references_are_found_in_text(typed: str | None, refs: list[str]) -> None:
    assert find_known_references(typed, {"DP 10", "DP 39", "10"}) == refs


def test_progress_words_are_distinguished_from_ratings() -> None:
    texts = ("slipped", "On track", "Wedi llithro", "overdue", "Amber", "x" * 500)
    assert [parse_progress_rating(text) for text in texts] == [
        Brag.AMBER, Brag.GREEN, Brag.AMBER, Brag.RED, None, None,
    ]  # fmt: skip
