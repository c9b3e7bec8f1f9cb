"""Names read from mailboxes, and recognition of mobile numbers."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import OSA

from ahtc_tui.domain.contacts.duplicates import add_mailbox_names, is_mobile, split_person_name


@pytest.mark.parametrize(
    ("name", "email", "names"),
    [
        ("J Farrar", "jane.farrar@example.org", ["jane farrar"]),
        ("J. M. Farrar", "jane.m.farrar2@example.org", ["jane m farrar"]),
        ("Jane Farar", "jfarrar@example.org", ["jane farar", "jane farrar"]),
        ("Ann Forgannwg", "ann.morgannwg@example.org", ["ann forgannwg", "ann morgannwg"]),
        ("Ann Calder-Jones", "ann_calder@example.org", ["ann calder-jones", "ann calder"]),
        ("Jane Farrar", "jane.farrar@example.org", ["jane farrar"]),
    ],
)
def test_a_mailbox_completes_first_name_and_surname(name: str, email: str, names: list[str]) -> None:
    assert [" ".join(each) for each in add_mailbox_names((split_person_name(name),), email, OSA.distance)] == names


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("J Farrar", "info@example.org"),
        ("J Farrar", "peter.farrar@example.org"),
        ("Jane Farrar", "john.farrer@example.org"),
        ("J Farrar", "jane.cole@example.org"),
        ("Jane Lee", "j.le@example.org"),
        ("Farrar", "farrar@example.org"),
        ("J Farrar", "@"),
    ],
)
def test_a_mailbox_of_another_name_is_ignored(name: str, email: str) -> None:
    names = (split_person_name(name), ("other", "name"))
    assert add_mailbox_names(names, email, OSA.distance) == names


@pytest.mark.parametrize(
    ("phone", "mobile"),
    [
        ("07700 900123", True),
        ("+44 (0)7700 900123", True),
        ("0044 7700 900123", True),
        ("029 2000 0000", False),
        ("07700", False),
        ("", False),
    ],
)
def test_mobile_numbers_are_distinguished_from_landlines(phone: str, mobile: bool) -> None:
    assert is_mobile(phone) is mobile
