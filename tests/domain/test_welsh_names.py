"""Welsh names after the words that mutate them, against a table written by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ahtc_tui.domain.commissions.statements import join_phrases
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.welsh_names import MUTATIONS, WelshName, known_names, list_forms, place_after, read_message
from tests.shape.messages import list_strings, read_catalogue

WORDS = ("yn", "i", "o", "gan", "ar", "a", "â", "am", "gyda")
NAMES = """
Cymru
    yng Nghymru | i Gymru | o Gymru | gan Gymru | ar Gymru | a Chymru | â Chymru | am Gymru | gyda Chymru
Caerdydd
    yng Nghaerdydd | i Gaerdydd | o Gaerdydd | gan Gaerdydd | ar Gaerdydd | a Chaerdydd | â Chaerdydd |
    am Gaerdydd | gyda Chaerdydd
Gwent
    yng Ngwent | i Went | o Went | gan Went | ar Went | a Gwent | â Gwent | am Went | gyda Gwent
Gogledd Cymru
    yng Ngogledd Cymru | i Ogledd Cymru | o Ogledd Cymru | gan Ogledd Cymru | ar Ogledd Cymru | a Gogledd Cymru |
    â Gogledd Cymru | am Ogledd Cymru | gyda Gogledd Cymru
De Cymru
    yn Ne Cymru | i Dde Cymru | o Dde Cymru | gan Dde Cymru | ar Dde Cymru | a De Cymru | â De Cymru |
    am Dde Cymru | gyda De Cymru
Dyfed-Powys
    yn Nyfed-Powys | i Ddyfed-Powys | o Ddyfed-Powys | gan Ddyfed-Powys | ar Ddyfed-Powys | a Dyfed-Powys |
    â Dyfed-Powys | am Ddyfed-Powys | gyda Dyfed-Powys
Powys
    ym Mhowys | i Bowys | o Bowys | gan Bowys | ar Bowys | a Phowys | â Phowys | am Bowys | gyda Phowys
Bae'r Gorllewin
    ym Mae'r Gorllewin | i Fae'r Gorllewin | o Fae'r Gorllewin | gan Fae'r Gorllewin | ar Fae'r Gorllewin |
    a Bae'r Gorllewin | â Bae'r Gorllewin | am Fae'r Gorllewin | gyda Bae'r Gorllewin
Merthyr Tudful
    ym Merthyr Tudful | i Ferthyr Tudful | o Ferthyr Tudful | gan Ferthyr Tudful | ar Ferthyr Tudful |
    a Merthyr Tudful | â Merthyr Tudful | am Ferthyr Tudful | gyda Merthyr Tudful
Torfaen
    yn Nhorfaen | i Dorfaen | o Dorfaen | gan Dorfaen | ar Dorfaen | a Thorfaen | â Thorfaen | am Dorfaen |
    gyda Thorfaen
Rhondda Cynon Taf
    yn Rhondda Cynon Taf | i Rondda Cynon Taf | o Rondda Cynon Taf | gan Rondda Cynon Taf | ar Rondda Cynon Taf |
    a Rhondda Cynon Taf | â Rhondda Cynon Taf | am Rondda Cynon Taf | gyda Rhondda Cynon Taf
Llywodraeth Cymru
    yn Llywodraeth Cymru | i Lywodraeth Cymru | o Lywodraeth Cymru | gan Lywodraeth Cymru | ar Lywodraeth Cymru |
    a Llywodraeth Cymru | â Llywodraeth Cymru | am Lywodraeth Cymru | gyda Llywodraeth Cymru
Cyngor Gwynedd
    yng Nghyngor Gwynedd | i Gyngor Gwynedd | o Gyngor Gwynedd | gan Gyngor Gwynedd | ar Gyngor Gwynedd |
    a Chyngor Gwynedd | â Chyngor Gwynedd | am Gyngor Gwynedd | gyda Chyngor Gwynedd
Heddlu Gwent
    yn Heddlu Gwent | i Heddlu Gwent | o Heddlu Gwent | gan Heddlu Gwent | ar Heddlu Gwent | a Heddlu Gwent |
    â Heddlu Gwent | am Heddlu Gwent | gyda Heddlu Gwent
Prif Gwnstabl
    ym Mhrif Gwnstabl | i Brif Gwnstabl | o Brif Gwnstabl | gan Brif Gwnstabl | ar Brif Gwnstabl |
    a Phrif Gwnstabl | â Phrif Gwnstabl | am Brif Gwnstabl | gyda Phrif Gwnstabl
Grŵp Arwain
    yng Ngrŵp Arwain | i Grŵp Arwain | o Grŵp Arwain | gan Grŵp Arwain | ar Grŵp Arwain | a Grŵp Arwain |
    â Grŵp Arwain | am Grŵp Arwain | gyda Grŵp Arwain
Y Swyddfa Gartref
    yn y Swyddfa Gartref | i'r Swyddfa Gartref | o'r Swyddfa Gartref | gan y Swyddfa Gartref |
    ar y Swyddfa Gartref | a'r Swyddfa Gartref | â'r Swyddfa Gartref | am y Swyddfa Gartref |
    gyda'r Swyddfa Gartref
Yr Is-adran Diogelwch Cymunedol
    yn yr Is-adran Diogelwch Cymunedol | i'r Is-adran Diogelwch Cymunedol | o'r Is-adran Diogelwch Cymunedol |
    gan yr Is-adran Diogelwch Cymunedol | ar yr Is-adran Diogelwch Cymunedol | a'r Is-adran Diogelwch Cymunedol |
    â'r Is-adran Diogelwch Cymunedol | am yr Is-adran Diogelwch Cymunedol | gyda'r Is-adran Diogelwch Cymunedol
Ynys Môn
    yn Ynys Môn | i Ynys Môn | o Ynys Môn | gan Ynys Môn | ar Ynys Môn | ac Ynys Môn | ag Ynys Môn | am Ynys Môn |
    gydag Ynys Môn
Wrecsam
    yn Wrecsam | i Wrecsam | o Wrecsam | gan Wrecsam | ar Wrecsam | a Wrecsam | â Wrecsam | am Wrecsam |
    gyda Wrecsam
Abertawe
    yn Abertawe | i Abertawe | o Abertawe | gan Abertawe | ar Abertawe | ac Abertawe | ag Abertawe | am Abertawe |
    gydag Abertawe
Fforwm Atal Masnachu mewn Pobl Caerdydd
    yn Fforwm Atal Masnachu mewn Pobl Caerdydd | i Fforwm Atal Masnachu mewn Pobl Caerdydd |
    o Fforwm Atal Masnachu mewn Pobl Caerdydd | gan Fforwm Atal Masnachu mewn Pobl Caerdydd |
    ar Fforwm Atal Masnachu mewn Pobl Caerdydd | a Fforwm Atal Masnachu mewn Pobl Caerdydd |
    â Fforwm Atal Masnachu mewn Pobl Caerdydd | am Fforwm Atal Masnachu mewn Pobl Caerdydd |
    gyda Fforwm Atal Masnachu mewn Pobl Caerdydd
Sir y Fflint
    yn Sir y Fflint | i Sir y Fflint | o Sir y Fflint | gan Sir y Fflint | ar Sir y Fflint | a Sir y Fflint |
    â Sir y Fflint | am Sir y Fflint | gyda Sir y Fflint
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


SENTENCES = Path(__file__).with_name("welsh_sentences.txt").read_text(encoding="utf-8").splitlines()
"""Welsh messages with a name of the sample in place of their name: message, name and sentence, checked by hand."""


def test_a_sentence_has_its_name_in_the_right_form() -> None:
    for message, name, sentence in (row.split(" | ") for row in SENTENCES):
        placed = set(re.findall(r"\{(\w+):", message))
        values = {word: WelshName(name) if word in placed else "…" for word in re.findall(r"\{(\w+)", message)}
        assert read_message(message).format(**values) == sentence


def test_every_word_that_places_a_name_is_in_the_table() -> None:
    translations = (text for entry in read_catalogue() if entry.id for text in list_strings(entry))
    used = {word for text in translations for word in re.findall(r"\{\w+:(\w+|â)\}", text) if word in MUTATIONS}
    assert used <= set(WORDS)


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
