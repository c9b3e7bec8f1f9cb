"""Welsh terms of filters against their English ones, and corrections in the language of the interface."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.grammar import read_filter
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.i18n import Language, use_language
from tests.domain.filters.test_grammar import TODAY, read_rows

WELSH = """
arweinydd:bawso => lead:bawso
arweinydd:"Heddlu Gwent" => lead:"Heddlu Gwent"
Arweinydd:- => lead:-
-arweinydd:bawso => -lead:bawso
grŵp:gwent => group:gwent
grwp:gwent => group:gwent
GRŴP:gwent => group:gwent
grŵp:gwent => group:gwent
grŵp:- => #-
amcan:2 => obj:2
am:2 => obj:2
statws:cynlluniedig => status:planned
statws:ar_waith => status:in_progress
statws:"Ar waith" => status:in_progress
statws:ar-y-gweill => status:in_progress
statws:parhaus => status:continuing
statws:wedi_oedi => status:on_hold
statws:"Cynnig ei gau" => status:proposed_complete
statws:cwblhawyd => status:done
statws:"wedi'i gwblhau" => status:done
statws:wedi’i-gwblhau => status:done
status:canslwyd => status:cancelled
statws:done => status:done
sgôr:coch => brag:R
sgor:Ambr => brag:A
brag:oren => brag:A
brag:Gwyrdd => brag:G
lliw:glas => brag:B
sgôr:Gw => brag:G
sgôr:C => brag:R
sgôr:R => brag:R
sgôr:- => brag:-
cefnogaeth:bawso => support:bawso
yw:agored => is:open
yw:caeedig => is:closed
yw:hwyr => is:late
yw:parhaus => is:continuing
yw:rhwystredig => is:blocked
yw:wedi-rhwystro => is:blocked
is:hwyr => is:late
yw:late => is:late
-yw:hwyr => -is:late
!agored => !open
!hwyr => !late
!pob => !all
!cwblhawyd => !done
!oedi => !hold
!coch => !red
erbyn<30 tach 2013 => due<30 nov 2013
erbyn < 30 Tachwedd 2013 hyfforddiant => due<30 nov 2013 hyfforddiant
erbyn>gwe => due>fri
codwyd>1 ion 2014 => raised>1 jan 2014
caewyd<1 ion 2014 => closed<1 jan 2014
diweddarwyd<1 ion 2014 => updated<1 jan 2014
gwaeth>1 ion 2014 => worse>1 jan 2014
llithriadau>2 ers 2014 => slips>2 since 2014
dosbarth:iechyd => class:iechyd
erbyn<=diwedd Mawrth 2014 => due<=end of march 2014
dyledus<+2 wythnos => due<+2w
-erbyn<30 tach 2013 => -due<30 nov 2013
hyfforddiant NEU heddlu => hyfforddiant OR heddlu
"NEU" => "NEU"
erbyn diwedd => erbyn diwedd
amcan => amcan
"""

WELSH_CONTACTS = """
math:swydd => kind:post
math:unigolyn => kind:person
math:sefydliad => kind:organisation
sefydliad:"Heddlu Gwent" => organisation:"Heddlu Gwent"
sef:bawso => org:bawso
ardal:Gwent => area:Gwent
iaith:cymraeg => language:cy
iaith:Saesneg => language:en
iaith:- => language:-
rhestr:cascade => list:cascade
"""

REFUSED_IN_WELSH = """
actions | arweinyd:bawso | Ai arweinydd: oeddech
actions | led:bawso | Ai arweinydd: oeddech
actions | stauts:done | Ai statws: oeddech
actions | yw:hwr | Ai yw:hwyr oeddech
actions | sgôr:porffor | sgôr:Gl (glas), sgôr:C (coch), sgôr:A (ambr), sgôr:Gw (gwyrdd)
actions | is:lat | Ai yw:hwyr oeddech
actions | statws:don | Ai statws:cwblhawyd oeddech
actions | brag:pinc | "brag:pinc"
actions | statws: | fel statws:ar_saib
actions | !lat | Ai !hwyr oeddech
actions | !hwr | Ai !hwyr oeddech
actions | erbyn< | fel erbyn<30 tach 2013
actions | erbyn<rhywbryd | "erbyn<rhywbryd"
actions | NEU | ddwy ochr i NEU
actions | NID heddlu | "NID"
actions | math:swydd | "math:"
contacts | yw:hwyr | "yw:"
contacts | math:robot | "math:robot"
"""


@pytest.mark.parametrize("language", [Language.EN, Language.CY])
@pytest.mark.parametrize(
    ("noun", "welsh", "english"),
    [
        *((FilterNoun.ACTIONS, *row) for row in read_rows(WELSH, " => ")),
        *((FilterNoun.CONTACTS, *row) for row in read_rows(WELSH_CONTACTS, " => ")),
    ],
)
def test_a_welsh_filter_is_its_english_one_in_either_interface(
    noun: FilterNoun, welsh: str, english: str, language: Language
) -> None:
    expected = read_filter(english, noun, TODAY)
    with use_language(language):
        assert read_filter(welsh, noun, TODAY) == expected


@pytest.mark.parametrize(("noun", "text", "sentence"), read_rows(REFUSED_IN_WELSH, " | "))
def test_a_correction_is_in_the_language_of_the_interface(noun: str, text: str, sentence: str) -> None:
    with use_language(Language.CY), pytest.raises(BadInput) as refusal:
        read_filter(text, FilterNoun(noun), TODAY)
    assert sentence in str(refusal.value)


def test_a_welsh_word_mistyped_in_an_english_interface_gets_the_english_one() -> None:
    with pytest.raises(BadInput, match=r"Did you mean lead:\?"):
        read_filter("arweinyd:bawso", FilterNoun.ACTIONS, TODAY)
    with pytest.raises(BadInput, match=r"Did you mean is:late\?"):
        read_filter("yw:hwr", FilterNoun.ACTIONS, TODAY)
