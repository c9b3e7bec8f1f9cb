"""Welsh names after the words that mutate them, against a table written by hand."""

from __future__ import annotations

import re

import pytest

from ahtc_tui.domain.commissions.statements import join_phrases
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.welsh_names import WelshName, known_names, list_forms, place_after, read_message

WORDS = ("yn", "i", "o", "gan", "ar", "a", "â")
NAMES = """
Cymru
    yng Nghymru | i Gymru | o Gymru | gan Gymru | ar Gymru | a Chymru | â Chymru
Caerdydd
    yng Nghaerdydd | i Gaerdydd | o Gaerdydd | gan Gaerdydd | ar Gaerdydd | a Chaerdydd | â Chaerdydd
Gwent
    yng Ngwent | i Went | o Went | gan Went | ar Went | a Gwent | â Gwent
Gogledd Cymru
    yng Ngogledd Cymru | i Ogledd Cymru | o Ogledd Cymru | gan Ogledd Cymru | ar Ogledd Cymru | a Gogledd Cymru |
    â Gogledd Cymru
De Cymru
    yn Ne Cymru | i Dde Cymru | o Dde Cymru | gan Dde Cymru | ar Dde Cymru | a De Cymru | â De Cymru
Dyfed-Powys
    yn Nyfed-Powys | i Ddyfed-Powys | o Ddyfed-Powys | gan Ddyfed-Powys | ar Ddyfed-Powys | a Dyfed-Powys |
    â Dyfed-Powys
Powys
    ym Mhowys | i Bowys | o Bowys | gan Bowys | ar Bowys | a Phowys | â Phowys
Bae'r Gorllewin
    ym Mae'r Gorllewin | i Fae'r Gorllewin | o Fae'r Gorllewin | gan Fae'r Gorllewin | ar Fae'r Gorllewin |
    a Bae'r Gorllewin | â Bae'r Gorllewin
Merthyr Tudful
    ym Merthyr Tudful | i Ferthyr Tudful | o Ferthyr Tudful | gan Ferthyr Tudful | ar Ferthyr Tudful |
    a Merthyr Tudful | â Merthyr Tudful
Torfaen
    yn Nhorfaen | i Dorfaen | o Dorfaen | gan Dorfaen | ar Dorfaen | a Thorfaen | â Thorfaen
Rhondda Cynon Taf
    yn Rhondda Cynon Taf | i Rondda Cynon Taf | o Rondda Cynon Taf | gan Rondda Cynon Taf | ar Rondda Cynon Taf |
    a Rhondda Cynon Taf | â Rhondda Cynon Taf
Llywodraeth Cymru
    yn Llywodraeth Cymru | i Lywodraeth Cymru | o Lywodraeth Cymru | gan Lywodraeth Cymru | ar Lywodraeth Cymru |
    a Llywodraeth Cymru | â Llywodraeth Cymru
Cyngor Gwynedd
    yng Nghyngor Gwynedd | i Gyngor Gwynedd | o Gyngor Gwynedd | gan Gyngor Gwynedd | ar Gyngor Gwynedd |
    a Chyngor Gwynedd | â Chyngor Gwynedd
Heddlu Gwent
    yn Heddlu Gwent | i Heddlu Gwent | o Heddlu Gwent | gan Heddlu Gwent | ar Heddlu Gwent | a Heddlu Gwent |
    â Heddlu Gwent
Prif Gwnstabl
    ym Mhrif Gwnstabl | i Brif Gwnstabl | o Brif Gwnstabl | gan Brif Gwnstabl | ar Brif Gwnstabl | a Phrif Gwnstabl |
    â Phrif Gwnstabl
Grŵp Arwain
    yng Ngrŵp Arwain | i Grŵp Arwain | o Grŵp Arwain | gan Grŵp Arwain | ar Grŵp Arwain | a Grŵp Arwain |
    â Grŵp Arwain
Y Swyddfa Gartref
    yn y Swyddfa Gartref | i'r Swyddfa Gartref | o'r Swyddfa Gartref | gan y Swyddfa Gartref | ar y Swyddfa Gartref |
    a'r Swyddfa Gartref | â'r Swyddfa Gartref
Yr Is-adran Diogelwch Cymunedol
    yn yr Is-adran Diogelwch Cymunedol | i'r Is-adran Diogelwch Cymunedol | o'r Is-adran Diogelwch Cymunedol |
    gan yr Is-adran Diogelwch Cymunedol | ar yr Is-adran Diogelwch Cymunedol | a'r Is-adran Diogelwch Cymunedol |
    â'r Is-adran Diogelwch Cymunedol
Ynys Môn
    yn Ynys Môn | i Ynys Môn | o Ynys Môn | gan Ynys Môn | ar Ynys Môn | ac Ynys Môn | ag Ynys Môn
Wrecsam
    yn Wrecsam | i Wrecsam | o Wrecsam | gan Wrecsam | ar Wrecsam | a Wrecsam | â Wrecsam
Abertawe
    yn Abertawe | i Abertawe | o Abertawe | gan Abertawe | ar Abertawe | ac Abertawe | ag Abertawe
Fforwm Atal Masnachu mewn Pobl Caerdydd
    yn Fforwm Atal Masnachu mewn Pobl Caerdydd | i Fforwm Atal Masnachu mewn Pobl Caerdydd |
    o Fforwm Atal Masnachu mewn Pobl Caerdydd | gan Fforwm Atal Masnachu mewn Pobl Caerdydd |
    ar Fforwm Atal Masnachu mewn Pobl Caerdydd | a Fforwm Atal Masnachu mewn Pobl Caerdydd |
    â Fforwm Atal Masnachu mewn Pobl Caerdydd
Sir y Fflint
    yn Sir y Fflint | i Sir y Fflint | o Sir y Fflint | gan Sir y Fflint | ar Sir y Fflint | a Sir y Fflint |
    â Sir y Fflint
"""
"""A name of the sample or of a council of Wales, and on the indented lines its form after each of the words."""


def read_table() -> dict[str, list[str]]:
    """Return the forms by name."""
    rows = re.sub(r"\n +", " | ", NAMES.strip()).splitlines()
    return {name: [form.strip() for form in forms if form.strip()] for name, *forms in (row.split("|") for row in rows)}


@pytest.mark.parametrize(("name", "forms"), read_table().items())
def test_a_name_has_the_form_that_the_word_before_it_asks_for(name: str, forms: list[str]) -> None:
    assert [place_after(word, WelshName(name.strip())) for word in WORDS] == forms


@pytest.mark.parametrize(("name", "forms"), read_table().items())
def test_a_name_is_found_in_every_form_that_a_sentence_gives_it(name: str, forms: list[str]) -> None:
    listed = list_forms(name.strip())
    assert all(any(form.endswith(known) for known in listed) for form in forms)


def test_persons_and_names_without_welsh_are_not_mutated() -> None:
    for name in ("Bawso", "Glyndŵr University", "Mohammed Mehmet", "Gwent Police", "Cardiff"):
        assert place_after("gan", name) == f"gan {name}"
        assert place_after("yn", name) in (f"yn {name}", f"ym {name}")
    assert (place_after("a", "Edward Brown"), place_after("â", "Wales Office")) == ("ac Edward Brown", "â Wales Office")


def test_a_message_places_its_names_and_keeps_other_formats() -> None:
    sentence = read_message("Cyfetholwyd {person} {body:i}, {share:.1f} %")
    values = {"person": "Prif Swyddog", "body": WelshName("Bwrdd Iechyd Cwm Taf"), "share": 2.25}
    assert sentence.format(**values) == "Cyfetholwyd Prif Swyddog i Fwrdd Iechyd Cwm Taf, 2.2 %"
    assert type(read_message("Amser: {time:02d}")) is str


def test_names_that_were_read_as_plain_text_mutate_where_they_are_known() -> None:
    with known_names(["Caerdydd"]):
        assert place_after("yn", "Caerdydd") == "yng Nghaerdydd"
    assert place_after("yn", "Caerdydd") == "yn Caerdydd"


def test_a_list_mutates_its_first_name_after_a_preposition_and_its_last_after_and() -> None:
    with use_language(Language.CY):
        joined = join_phrases([WelshName(name) for name in ("Cyngor Gwynedd", "Bawso", "Cyngor Sir Powys")])
    assert place_after("gan", joined) == "gan Gyngor Gwynedd, Bawso a Chyngor Sir Powys"
