"""A person is found in text in every form of the name, and other people are not."""

from __future__ import annotations

import time

import pytest

from ahtc_tui.domain.privacy.person_mentions import REMOVED, PersonMentions

SIAN = PersonMentions(
    ("Siân Wyn-Price",),
    ("sian@example.invalid",),
    ("029 2064 4633",),
    ("Wyn-Price",),
    ("Wyn-Price",),
)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Siân Wyn-Price spoke.", "The chair spoke."),
        ("We asked SIAN WYN PRICE, and went.", "We asked the chair, and went."),
        ("We asked Si\u0302a\u0302n of Wyn.", "We asked Si\u0302a\u0302n of Wyn."),
        ("Thanks to Sia\u0302n Wyn-Price!", "Thanks to the chair!"),
        ("Thanks to Siân M. Wyn-Price.", "Thanks to the chair."),
        ("Wyn-Price, Siân: apologies", "The chair: apologies"),
        ("Action for S. Wyn-Price.", "Action for the chair."),
        ("Action for Wyn-Price, S. by May", "Action for the chair by May"),
        ("Ms Wyn-Price agreed. Cllr Wyn-Price left.", "The chair agreed. The chair left."),
        ("see sian-wyn-price in the list", "see the chair in the list"),
        ("sianwynprice", "the chair"),
        ("sian.wyn-price@elsewhere.invalid wrote", f"{REMOVED} wrote"),
        ("Mail sian.wyn-price@elsewhere.invalid.", f"Mail {REMOVED}."),
        ("Write to sian@example.invalid.", f"Write to {REMOVED}."),
        ("Ring +44 (0)29 20644633 or 02920644633", f"Ring {REMOVED} or {REMOVED}"),
        ("Siân Wyn-Price, the chair, opened.", "The chair, opened."),
        ("Siân Wyn-Price (SWP), Gwent", "The chair, Gwent"),
        ("Minutes agreed. Siân Wyn-Price left.", "Minutes agreed. The chair left."),
    ],
)
def test_every_form_of_a_name_is_replaced_by_the_post(text: str, after: str) -> None:
    assert SIAN.replace_mentions(text, "the chair") == after


def test_a_title_and_a_surname_are_found_with_the_particle_between_them() -> None:
    rhys = PersonMentions(("Rhys ap Gwilym",), surnames=("Gwilym",))
    for text in ("Mr ap Gwilym agreed.", "Mr Gwilym agreed.", "Rhys ap Gwilym agreed."):
        assert rhys.replace_mentions(text, "the chair") == "The chair agreed."


@pytest.mark.parametrize("text", ["Łukasz Müller-Straße", "lukasz muller strasse", "LUKASZ MULLER-STRASSE"])
def test_letters_with_diacritics_match_plain_ones(text: str) -> None:
    assert PersonMentions(("Łukasz Müller-Straße",)).replace_mentions(f"As {text} said", "x") == "As x said"


@pytest.mark.parametrize("text", ["Ms Hope spoke", "For F. Hope", "For Hope, F.", "Faith Hope spoke"])
def test_a_surname_that_is_an_ordinary_word_needs_a_title_or_initials(text: str) -> None:
    faith = PersonMentions(("Faith Hope",), surnames=("Hope",))
    assert faith.is_named_in(text)
    assert not faith.is_named_in("We hope, in good faith. Hope is no plan.")


@pytest.mark.parametrize("text", ["Ieuan O'Neil", "Ieuan O\u2019Neil", "IEUAN ONEIL", "ieuan o neil", "O'Neil, Ieuan"])
@pytest.mark.parametrize("written", ["O'Neil", "O\u2019Neil"])
def test_an_apostrophe_in_a_name_is_optional(written: str, text: str) -> None:
    assert PersonMentions((f"Ieuan {written}",)).is_named_in(f"the list that {text} keeps")


@pytest.mark.parametrize(
    "text",
    [
        "Siân Jones",
        "Wynn Priceless of Bawso",
        "Sian",
        "asian wyn prices",
        "asian@example.invalid",
        "1029 2064 46334",
        "",
    ],
)
def test_other_names_are_not_replaced(text: str) -> None:
    assert SIAN.replace_mentions(text, "the chair") == text
    assert not SIAN.is_named_in(text)


def test_a_shared_surname_is_found_only_with_the_full_name() -> None:
    jones = PersonMentions(("Eleri Jones",))
    assert (
        jones.replace_mentions("Eleri Jones, E Jones, Ms Jones and Jones", "the clerk")
        == "The clerk, E Jones, Ms Jones and Jones"
    )


def test_a_word_given_by_hand_is_found_only_with_a_capital() -> None:
    price = PersonMentions(("Gwen Price",), alone=("Price",))
    assert price.replace_mentions("Price gave the price.", "the clerk") == "The clerk gave the price."


def test_a_title_in_the_register_is_not_part_of_the_name() -> None:
    assert PersonMentions(("Dr Gwen Rees",)).replace_mentions("so Gwen Rees said", "the clerk") == "so the clerk said"


def test_no_person_is_found_without_a_name() -> None:
    assert PersonMentions(()).replace_mentions("Anybody (at all) +44 1", "x") == "Anybody (at all) +44 1"
    assert PersonMentions(("...",)).find_spans("...") == []


@pytest.mark.parametrize(
    "filler", [" ", ".", "-", "\t", "\u00a0", "w", "+44", "+44" + " " * 300, "gwen.quillfeather.", "a@", "mr ", "g "]
)
def test_the_time_of_a_search_is_linear_in_the_text(filler: str) -> None:
    mentions = PersonMentions(
        ("Gwen Quillfeather",), ("gwen@example.org",), ("029 2099 1122",), ("Quillfeather",), ("Quillfeather",)
    )
    text = (filler * 100_000)[:100_000]
    start = time.process_time()
    assert mentions.find_spans(f"{text} Gwen Quillfeather")[-1][:2] == (100_001, 100_018)
    assert time.process_time() - start < 1
