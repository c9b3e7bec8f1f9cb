"""What looks like data of one victim, suspect or case, and what this office writes about every day."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.case_data import header_of_case_data, looks_like_case_data

OF_A_CASE = [
    ("DOB: 12/03/1990", "a date of birth"),
    ("She was born on 12 March 1990 in Cardiff", "a date of birth"),
    ("Dyddiad geni 1.2.85", "a date of birth"),
    ("NHS number 943 476 5919", "an NHS number"),
    ("rhif GIG; NHS no: 9434765919", "an NHS number"),
    ("Victim 3 was moved", "whoever a case is about"),
    ("the victim's name: see file", "whoever a case is about"),
    ("custody ref 12/34 applies", "a custody number"),
    ("crime no. 4567/13", "a crime or case number"),
    ("NRM ref 4711", "an NRM number"),
    ("NI no AB 12 34 56 C", "a passport or insurance number"),
    ("AB123456C", "an insurance number"),
]
OF_THE_OFFICE = [
    "NRM referrals rose to 34 in 2012",
    "Two victims were identified in 2013",
    "Contact Victim Support by 24/7",
    "Training for 38 custody officers on 3 May 2013",
    "Case conference model: 6 areas",
    "Review of DP-07: see para 2.2",
    "NHS Wales: 7 health boards",
    "no figures here",
]


@pytest.mark.parametrize(("text", "reason"), OF_A_CASE)
def test_a_number_or_a_date_of_one_person_is_found(text: str, reason: str) -> None:
    assert looks_like_case_data(text) == reason


@pytest.mark.parametrize("text", OF_THE_OFFICE)
def test_what_the_office_writes_about_is_no_case(text: str) -> None:
    assert looks_like_case_data(text) is None


@pytest.mark.parametrize("heading", ["DOB", "Date of Birth", "Victim ref", "NRM number", "Custody_record", "Case no"])
def test_a_column_of_case_data_is_known_by_its_heading(heading: str) -> None:
    assert header_of_case_data(heading)


@pytest.mark.parametrize("heading", ["Ref", "Action", "URN", "Number", "Victims identified", "Case conference", ""])
def test_any_other_column_is_none(heading: str) -> None:
    assert header_of_case_data(heading) is None
