"""Detection of case data, and everyday text of the office that is not flagged."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from ahtc_tui.domain.case_data.detector import find_case_data, find_case_data_heading, locate_case_data, select_suspects

OF_A_CASE = [
    ("DOB: 12/03/1990", "a date of birth"),
    ("She was born on 12 March 1990 in Cardiff", "a date of birth"),
    ("Dyddiad geni 1.2.85", "a date of birth"),
    ("NHS number 943 476 5919", "an NHS number"),
    ("rhif GIG; NHS no: 9434765919", "an NHS number"),
    ("Victim 3 was moved", "a person in a case"),
    ("the victim's name: see file", "a person in a case"),
    ("custody ref 12/34 applies", "a custody number"),
    ("crime no. 4567/13", "a crime or case number"),
    ("Gwent Police 2014-01-31-7", "a crime or case number"),
    ("Police: 20140131", "a crime or case number"),
    ("NRM ref 4711", "an NRM number"),
    ("NI no AB 12 34 56 C", "a passport or insurance number"),
    ("AB123456C", "a passport or insurance number"),
    ("Date of birth: 1995-03-12", "a date of birth"),
    ("Her date of birth was 3rd February 1992", "a date of birth"),
    ("DOB Feb 1992, Romanian", "a date of birth"),
    ("DOB12/3/95", "a date of birth"),
    ("born on the 12th of March 1995", "a date of birth"),
    ("Wedi ei geni ar 12 Mawrth 1995", "a date of birth"),
    ("ganed hi ar 3 Chwefror 1992", "a date of birth"),
    ("crime 1300123456 refers", "a crime or case number"),
    ("Police reference number: 62 130041", "a crime or case number"),
    ("rhif trosedd 1300123456", "a crime or case number"),
    ("URN 55AB1234513", "a crime or case number"),
    ("PNC ID: 95/0123456A", "a crime or case number"),
    ("NRM/2013/0417", "an NRM number"),
    ("NHS 943 476 5919", "an NHS number"),
    ("rhif y dalfa 4711", "a custody number"),
    ("Passport B1234567", "a passport or insurance number"),
    ("Home Office ref T1234567", "a passport or insurance number"),
    ("Victim A said that she would come", "a person in a case"),
    ("victim A.B. was moved", "a person in a case"),
    ("Survivor AB is safe", "a person in a case"),
    ("the victim's initials NTH", "a person in a case"),
    ("Suspect: J Smith", "a person in a case"),
    ("suspect name - see file", "a person in a case"),
    ("the victim (aged 16) was placed", "a person in a case"),
    ("a 17-year-old boy was found", "a person in a case"),
    ("victim's phone 07700 900123", "a person in a case"),
    ("oed y dioddefwr: 17", "a person in a case"),
]
OF_THE_OFFICE = [
    "NRM referrals rose to 34 in 2012",
    "Gwent Police, 2014-01-31, 3 days left",
    "Gwent Police: 31-01-2014, then 28 Feb 2014",
    "Police 12 03 2014",
    "Two victims were identified in 2013",
    "Contact Victim Support by 24/7",
    "Training for 38 custody officers on 3 May 2013",
    "Case conference model: 6 areas",
    "Review of DP-07: see para 2.2",
    "NHS Wales: 7 health boards",
    "no figures here",
    "Case no. 1 on the agenda",
    "NHS number 1 priority: training",
    "Police numbers 2013: 6800",
    "crime numbers 2012-13",
    "Report crime: 0800 555111; police 029 2022 2111",
    "Home Office reference 2013; HO ref CTS 12345/13",
    "victim numbers: 34 in 2012",
    "Victim age 18 and over: 12 of 34",
    "any victim aged 18 or over is referred",
    "each victim 45 days of reflection",
    "The witness 12 March 2014",
    "Victim ID training, 3 dates; Victim Support UK",
    "Victim A Guide: 2 pages",
    "Course for 16 year olds; 16-17 year old girls",
    "The forum was born on 12 March 2012",
    "Date of birth must not be typed, 12 March 2014",
    "URN 13/1003",
    "On 12 03 14 a meeting",
    "NRM: 1186 and 1156",
    "Y 3 achos; rhif ffôn 029 2080 1234",
]


@pytest.mark.parametrize(("text", "reason"), OF_A_CASE)
def test_numbers_and_dates_of_one_person_are_detected(text: str, reason: str) -> None:
    assert find_case_data(text) == reason


@pytest.mark.parametrize("text", OF_THE_OFFICE)
def test_everyday_text_of_the_office_is_not_flagged(text: str) -> None:
    assert find_case_data(text) is None


@pytest.mark.parametrize(
    "heading",
    [
        "DOB",
        "Date of Birth",
        "Victim ref",
        "NRM number",
        "Custody_record",
        "Case #",
        "NHS no.",
        "DoB (dd/mm/yyyy)",
        "Client DOB",
        "Victim",
        "Name of victim",
        "Rhif trosedd",
    ],
)
def test_headings_of_case_data_columns_are_detected(heading: str) -> None:
    assert find_case_data_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Ref",
        "Action",
        "URN",
        "Number",
        "Victims identified",
        "Case conference",
        "",
        "Victims",
        "Victim support",
        "Case study",
        "Police",
        "NRM referrals",
        "Number of victims",
        "NI",
    ],
)
def test_other_headings_are_not_flagged(heading: str) -> None:
    assert find_case_data_heading(heading) is None


TEXTS = Path(__file__).with_name("case_texts")


def read_texts(name: str, *, held_back: bool) -> list[str]:
    """Generated texts, one per line. Every third one is held back: the patterns were written without it."""
    lines = [line for line in (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [line for number, line in enumerate(lines) if (number % 3 == 2) is held_back]


@pytest.mark.parametrize("held_back", [False, True])
def test_fewer_than_three_percent_of_case_texts_are_missed(held_back: bool) -> None:
    typed = read_texts("of_cases", held_back=held_back)
    missed = [text for text in typed if not find_case_data(text)]
    assert len(typed) > 150
    assert len(missed) < 0.03 * len(typed), missed


@pytest.mark.parametrize("held_back", [False, True])
def test_fewer_than_one_percent_of_office_texts_are_flagged(held_back: bool) -> None:
    written = read_texts("of_the_office", held_back=held_back)
    flagged = [text for text in written if find_case_data(text)]
    assert len(written) > 250
    assert len(flagged) < 0.01 * len(written), flagged


def test_ten_digits_are_an_nhs_number_only_with_a_valid_check_digit() -> None:
    assert find_case_data("943 476 5919") == "an NHS number"
    assert find_case_data("943 476 5918") is None


def test_the_longest_text_is_checked_within_a_second() -> None:
    for unit in ("victim ", "12 ", "aged 1", "A.B. ", "safe house ", "nrm ", "V1", "born ", "12/3/", "f 24 "):
        started = process_time()
        find_case_data(unit * (32_000 // len(unit)))
        assert process_time() - started < 1, unit


def read_corpus() -> list[str]:
    """Return the lines of all texts of the tests, in each case, and alone and within a sentence."""
    texts = [text for text, _reason in OF_A_CASE] + OF_THE_OFFICE
    for file in sorted((Path(__file__).parent / "case_texts").glob("*.txt")):
        texts += file.read_text("utf-8").splitlines()
    variants = (text for line in texts for text in (line, line.upper(), line.title(), f"On 3 May: {line}; agreed."))
    return [line for text in variants for line in text.splitlines()]


def test_lines_that_are_left_out_of_the_search_hold_no_case_data() -> None:
    lines = read_corpus()
    with_case_data = {number for number, line in enumerate(lines) if locate_case_data(line)}
    assert len(with_case_data) > 500
    assert with_case_data <= set(select_suspects(lines))
    assert all(select_suspects([lines[number]]) == [0] for number in with_case_data)


def test_most_lines_of_an_ordinary_log_are_left_out_of_the_search() -> None:
    lines = [f"MW-{number}" for number in range(1, 300)] + [f"2014-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(300)]
    assert select_suspects([*lines, "Agree the bilingual leaflet in Holyhead", "", "R Red"]) == []
    assert select_suspects([]) == select_suspects([""]) == []
