"""Fragments of the patterns of case data, English and Welsh, for case-folded text."""

from __future__ import annotations

from typing import NamedTuple

from ahtc_tui.domain.i18n import gettext_noop

BIRTH, NRM, HEALTH, CUSTODY, CASE, PAPERS, PERSON, PLACE = (
    gettext_noop("a date of birth"),
    gettext_noop("an NRM number"),
    gettext_noop("an NHS number"),
    gettext_noop("a custody number"),
    gettext_noop("a crime or case number"),
    gettext_noop("a passport or insurance number"),
    gettext_noop("a person in a case"),
    gettext_noop("the address of a person in a case"),
)
"""Kinds of case data, as named in warnings."""


class PatternGroup(NamedTuple):
    """Patterns of one kind, searched only if the text holds one of the signs, which most text does not."""

    reason: str
    signs: tuple[str, ...]
    patterns: tuple[str, ...]
    part: str = ""
    """A pattern within one line that each text with a match contains, where no sign is in all of them."""


NUMBER = r"(?:no|nr|num|number|id|ref|reference|rhif|cyf|cyfeirnod|#)\.?(?: (?:no|number)\.?)?"
YEAR = r"(?:19|20)\d\d"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ion|chw|maw|ebr|mai|meh|gor|awst|med|hyd|tach|rhag)[a-z]*"
SHORT_DAY = rf"\d{{1,2}}[./-]\d{{1,2}}[./-](?:{YEAR}|\d\d)\b"
DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?(?: of| o)?[\s/.-]+(?:\d{{1,2}}|[a-z]{{3,10}})[\s/.,-]+"
    rf"(?:{YEAR}|\d\d)\b|{YEAR}-\d\d-\d\d|[a-z]{{3,10}} \d{{1,2}}(?:st|nd|rd|th)?,? {YEAR}\b|{MONTH} {YEAR}\b)"
)
CODE = rf"(?:[a-z]{{1,6}}[/#-]?|[a-z]{{1,2}} |#)?(?!{YEAR}(?:[-/]\d\d)?(?![\w/-]))\d(?=(?:[\w/*-]*\d){{2}})"
"""At least three digits, not a year or a span of years: "case no. 1" and "crime numbers 2012-13" are ordinary."""
_NO_DAY = rf"(?!(?:{YEAR}[ -]\d\d[ -]\d\d|\d\d?[ -]\d\d?[ -]{YEAR})(?![\w-]))"
LONG = rf"(?:[a-z]{{1,2}})?{_NO_DAY}[1-9](?:[ -]?\d){{7,}}\b"
"""A number too long for a count, and no day such as 2014-01-31; telephone numbers begin with 0."""
LINK = r"(?:\W{1,3}(?:is|was|yw|oedd|ar|on|in))?\W{0,4}"
NOT_ONE = (
    r"(?!\d|\s?(?:[-–+%,/]\s?\d|\+|%|to\b|i \d|or\b|neu\b|and (?:\d|over|under)|a h|of \d|days?|weeks?|months?|hours?|"
    rf"years?(?! old)|times?|per\b|up\b|plus\b|{MONTH}))"
)
"""Excludes ranges, shares and lengths of time after a number."""
VICTIM = (
    r"(?:victim|suspect|survivor|witness|offender|detainee|defendant|perpetrator|"
    r"d?dioddefwr|d?dioddefydd|g?oroeswr|d?tyst)"
)
LABELLED = (
    rf"(?:{VICTIM}|pvot|pv|potential victim|service user|client|nominal|young person|yp|"
    r"(?<!case )(?<!protected )(?<!crime )resident)"
)
"""Persons called by a number: "victim 3", "client 0471"."""
VICTIM_SIGNS = (
    "victim", "suspect", "survivor", "witness", "offender", "detainee", "defendant", "perpetrator", "dioddef",
    "oroeswr", "tyst", "pv", "client", "service user", "nominal", "yp", "young person", "resident",
)  # fmt: skip
"""Signs of `LABELLED`."""
SEX = r"(?:(?:fe)?male|boy|girl|man|woman|child|baby|youth|teenager|mother|father|national|benyw|gwryw)"
HUMAN = rf"(?:he|she|they|who|{SEX}|{VICTIM})"
FACT = rf"(?:names?|initials|address|phone|mobile|tel|telephone|nationality|gender|{NUMBER})"
NATIONS = (
    "afghan|albanian|algerian|american|angolan|bangladeshi|belarusian|brazilian|british|bulgarian|burmese|cambodian|"
    "cameroonian|chinese|congolese|croatian|cuban|czech|dutch|egyptian|english|eritrean|estonian|ethiopian|filipino|"
    "filipina|french|gambian|georgian|german|ghanaian|greek|guinean|hungarian|indian|indonesian|iranian|iraqi|irish|"
    "italian|ivorian|jamaican|kenyan|kosovan|kurdish|latvian|liberian|libyan|lithuanian|malawian|malaysian|moldovan|"
    "mongolian|moroccan|namibian|nepalese|nigerian|pakistani|polish|portuguese|roma|romanian|russian|rwandan|scottish|"
    "senegalese|serbian|slovakian|slovak|slovenian|somali|south african|spanish|sri lankan|sudanese|syrian|tanzanian|"
    "thai|tunisian|turkish|ugandan|ukrainian|vietnamese|welsh|yemeni|zambian|zimbabwean"
)
NATION = rf"(?:{NATIONS})"
OLD = r"(?:[- ]?(?:years?|yrs?\.?)[- ]old|[- ]?(?:yrs?|years?|yo|y/o|y\.o\.?|mlwydd)\b)"
AGE = rf"(?:aged? |of |oed )?(?<![\d.,-])\d{{1,2}}{OLD}?(?![\w%]|,\d|[-/]\d| (?:of|to|or) \d| ?%)"
BORN = r"(?:d\.?\s?o\.?\s?b(?![a-z])\.?|d\.g\.|yob\b|(?:date|year)s? of birth|birth ?dates?|(?:dyddiad|blwyddyn) geni)"
