"""Dates in words, English and Welsh, against a table written by hand; mistyped dates; words that may stand."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.dates.calendar_names import MONTHS
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, find_month_end
from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, use_language

TODAY = date(2014, 1, 28)
"""A Tuesday."""

ENGLISH = """
before 1 March 2014 | 2014-02-28 | day
before 1 March | 2014-02-28 | day
before the 1st of March 2014 | 2014-02-28 | day
before March 2014 | 2014-02-28 | day
before 2015 | 2014-12-31 | day
before the end of March 2014 | 2014-03-31 | month
before Christmas 2014 | 2014-12-24 | day
before spring 2014 | 2014-02-28 | day
before the New Year | 2014-12-31 | day
prior to 10 February 2014 | 2014-02-09 | day
ahead of 10 February 2014 | 2014-02-09 | day
no later than 1 March 2014 | 2014-03-01 | day
not later than 1 March 2014 | 2014-03-01 | day
no later than the end of March 2014 | 2014-03-31 | month
on or before 14 February 2014 | 2014-02-14 | day
by 14 February 2014 at the latest | 2014-02-14 | day
until 14 February 2014 | 2014-02-14 | day
up to 14 February 2014 | 2014-02-14 | day
w/c 3 March 2014 | 2014-03-09 | day
w/c Monday 3 March 2014 | 2014-03-09 | day
W/C 3/3/2014 | 2014-03-09 | day
week commencing 3 March 2014 | 2014-03-09 | day
the week beginning 3 March 2014 | 2014-03-09 | day
in the week of 3 March 2014 | 2014-03-09 | day
week ending 7 March 2014 | 2014-03-07 | day
w/e 7 March 2014 | 2014-03-07 | day
New Year 2014 | 2014-01-31 | month
New Year's Day 2015 | 2015-01-01 | day
New Year’s Eve 2014 | 2014-12-31 | day
Christmas 2014 | 2014-12-25 | day
by Christmas | 2014-12-25 | day
Easter 2014 | 2014-04-20 | day
by Easter | 2014-04-20 | day
Easter Monday 2014 | 2014-04-21 | day
Good Friday 2014 | 2014-04-18 | day
Boxing Day 2014 | 2014-12-26 | day
St David's Day 2014 | 2014-03-01 | day
end of the financial year | 2014-03-31 | month
end of financial year 2014/15 | 2015-03-31 | month
financial year 2013/14 | 2014-03-31 | month
first quarter of 2014 | 2014-03-31 | season
last quarter of 2013/14 | 2014-03-31 | season
next week | 2014-02-09 | day
by the end of next week | 2014-02-09 | day
end of the week | 2014-01-31 | day
next month | 2014-02-28 | month
by the end of next month | 2014-02-28 | month
this month | 2014-01-31 | month
early next year | 2015-04-30 | season
early in 2014 | 2014-04-30 | season
mid-2014 | 2014-08-31 | season
late 2014 | 2014-12-31 | season
before early 2015 | 2014-12-31 | day
before mid 2014 | 2014-04-30 | day
before the second half of 2014 | 2014-06-30 | day
in the New Year | 2015-03-31 | season
early in the New Year | 2015-03-31 | season
in the week of St David's Day | 2014-03-02 | day
the week of St David’s Day 2014 | 2014-03-02 | day
the week of Easter 2014 | 2014-04-20 | day
w/c 3 March | 2014-03-09 | day
last Friday of March 2014 | 2014-03-28 | day
the first Monday in April | 2014-04-07 | day
the first Monday of January | 2015-01-05 | day
last working day of the month | 2014-01-31 | day
2nd working day of January 2015 | 2015-01-05 | day
last day of next month | 2014-02-28 | day
in 10 working days | 2014-02-11 | day
within ten working days | 2014-02-11 | day
by no later than 14 February 2014 | 2014-02-14 | day
two weeks before 1 March 2014 | 2014-02-15 | day
10 working days before Easter 2014 | 2014-04-04 | day
2 working days after 17 April 2014 | 2014-04-23 | day
the day after 28 February 2014 | 2014-03-01 | day
three months after March 2014 | 2014-06-30 | day
this year | 2014-12-31 | year
within two weeks | 2014-02-11 | day
in a fortnight | 2014-02-11 | day
in three months | 2014-04-28 | day
in 2 weeks' time | 2014-02-11 | day
a month | 2014-02-28 | day
3-4 March 2014 | 2014-03-04 | day
3rd to 5th March 2014 | 2014-03-05 | day
between 3 and 5 March 2014 | 2014-03-05 | day
March or April 2014 | 2014-04-30 | month
March/April 2014 | 2014-04-30 | month
March to May 2014 | 2014-05-31 | month
around mid-March 2014 | 2014-03-31 | month
3 December 2013 to 28 January 2014 | 2014-01-28 | day
3 December 2013 to 28 January | 2014-01-28 | day
quarter 2 2014 | 2014-06-30 | season
this quarter | 2014-03-31 | season
by the end of this quarter | 2014-03-31 | day
end of the quarter | 2014-03-31 | day
in the next quarter | 2014-06-30 | season
first half of 2014 | 2014-06-30 | season
by the second half of 2014 | 2014-12-31 | season
second half of 2013/14 | 2014-03-31 | season
end of the first half of 2014 | 2014-06-30 | season
this week | 2014-02-02 | day
"""

WELSH = """
cyn 1 Mawrth 2014 | 2014-02-28 | day
cyn y 1af o Fawrth 2014 | 2014-02-28 | day
cyn mis Mawrth 2014 | 2014-02-28 | day
cyn diwedd mis Mawrth 2014 | 2014-03-31 | month
cyn y Nadolig 2014 | 2014-12-24 | day
cyn y flwyddyn newydd | 2014-12-31 | day
diwedd mis Mawrth 2014 | 2014-03-31 | month
erbyn diwedd Ionawr | 2014-01-31 | month
erbyn diwedd mis Ionawr 2015 | 2015-01-31 | month
ddiwedd mis Mai 2014 | 2014-05-31 | month
ganol mis Ebrill 2014 | 2014-04-30 | month
dechrau mis Mehefin 2014 | 2014-06-30 | month
ym mis Mawrth | 2014-03-31 | month
ym mis Mai 2014 | 2014-05-31 | month
yng Ngorffennaf 2014 | 2014-07-31 | month
yn Nhachwedd 2014 | 2014-11-30 | month
yn Rhagfyr 2014 | 2014-12-31 | month
fis Medi 2014 | 2014-09-30 | month
erbyn 1 Mawrth 2014 | 2014-03-01 | day
erbyn y 14eg o Chwefror 2014 | 2014-02-14 | day
ar 3 Mawrth 2014 | 2014-03-03 | day
dydd Gwener 14 Chwefror 2014 | 2014-02-14 | day
dydd Gwener nesaf | 2014-01-31 | day
nos Fercher | 2014-01-29 | day
1af o Fehefin 2014 | 2014-06-01 | day
20fed o Fedi 2014 | 2014-09-20 | day
31ain o Orffennaf 2014 | 2014-07-31 | day
2il o Ragfyr 2014 | 2014-12-02 | day
dim hwyrach na 1 Mawrth 2014 | 2014-03-01 | day
ddim hwyrach na 1 Mawrth 2014 | 2014-03-01 | day
dydd Gwener y Groglith 2014 | 2014-04-18 | day
erbyn dydd Llun y Pasg 2014 | 2014-04-21 | day
Gŵyl San Steffan 2014 | 2014-12-26 | day
heb fod yn hwyrach nag 8 Mawrth 2014 | 2014-03-08 | day
erbyn dim hwyrach na 1 Mawrth 2014 | 2014-03-01 | day
yn y Flwyddyn Newydd | 2015-03-31 | season
yn gynnar yn y Flwyddyn Newydd | 2015-03-31 | season
yn gynnar yn 2014 | 2014-04-30 | season
dechrau 2014 | 2014-04-30 | season
canol 2014 | 2014-08-31 | season
yn hwyr yn 2014 | 2014-12-31 | season
wythnos Dydd Gŵyl Dewi | 2014-03-02 | day
yn ystod wythnos y Pasg 2014 | 2014-04-20 | day
dydd Gwener olaf mis Mawrth 2014 | 2014-03-28 | day
ail ddydd Mawrth mis Ebrill | 2014-04-08 | day
y dydd Llun cyntaf ym mis Ebrill | 2014-04-07 | day
diwrnod gwaith olaf y mis | 2014-01-31 | day
ymhen 10 diwrnod gwaith | 2014-02-11 | day
o fewn pum niwrnod gwaith | 2014-02-04 | day
dwy wythnos cyn 1 Mawrth 2014 | 2014-02-15 | day
10 diwrnod gwaith ar ôl 17 Ebrill 2014 | 2014-05-06 | day
hyd at 31 Mawrth 2014 | 2014-03-31 | day
tan 31 Mawrth 2014 | 2014-03-31 | day
1 Mawrth 2014 fan bellaf | 2014-03-01 | day
wythnos yn dechrau 3 Mawrth 2014 | 2014-03-09 | day
yr wythnos sy'n dechrau 3 Mawrth 2014 | 2014-03-09 | day
wythnos yn gorffen 7 Mawrth 2014 | 2014-03-07 | day
blwyddyn newydd 2014 | 2014-01-31 | month
Dydd Calan 2015 | 2015-01-01 | day
erbyn y Nadolig | 2014-12-25 | day
y Pasg 2014 | 2014-04-20 | day
Dydd Gŵyl Dewi 2014 | 2014-03-01 | day
diwedd y flwyddyn ariannol | 2014-03-31 | month
diwedd y flwyddyn | 2014-12-31 | day
diwedd y mis | 2014-01-31 | day
diwedd yr wythnos | 2014-01-31 | day
gwanwyn 2014 | 2014-05-31 | season
yng ngwanwyn 2014 | 2014-05-31 | season
haf 2014 | 2014-08-31 | season
yr hydref 2014 | 2014-11-30 | season
gaeaf 2014 | 2015-02-28 | season
chwarter cyntaf 2014 | 2014-03-31 | season
wythnos nesaf | 2014-02-09 | day
mis nesaf | 2014-02-28 | month
eleni | 2014-12-31 | year
ymhen pythefnos | 2014-02-11 | day
o fewn tair wythnos | 2014-02-18 | day
mewn dau fis | 2014-03-28 | day
3-4 Mawrth 2014 | 2014-03-04 | day
Mawrth neu Ebrill 2014 | 2014-04-30 | month
rhwng 3 a 5 Mawrth 2014 | 2014-03-05 | day
3 Rhagfyr 2013 hyd 28 Ionawr | 2014-01-28 | day
3 Rhagfyr 2013 hyd 28 Ionawr 2014 | 2014-01-28 | day
rhwng Mawrth ac Ebrill 2014 | 2014-04-30 | month
i Chwefror | 2014-02-28 | month
i Fawrth 2014 | 2014-03-31 | month
o Ragfyr | 2014-12-31 | month
hyd Fehefin 2014 | 2014-06-30 | month
hyd at fis Mehefin 2014 | 2014-06-30 | month
tan Dachwedd 2014 | 2014-11-30 | month
erbyn diwedd 2013 | 2013-12-31 | month
diwedd Chwefror 2014 | 2014-02-28 | month
diwedd mis nesaf | 2014-02-28 | month
chwarter 2 2014 | 2014-06-30 | season
chwarter 4 2013/14 | 2014-03-31 | season
diwedd chwarter 2 2014/15 | 2014-09-30 | season
y chwarter hwn | 2014-03-31 | season
erbyn diwedd y chwarter hwn | 2014-03-31 | season
erbyn diwedd y chwarter | 2014-03-31 | day
yn y chwarter nesaf | 2014-06-30 | season
hanner cyntaf 2014 | 2014-06-30 | season
yn ail hanner 2014 | 2014-12-31 | season
ail hanner 2013/14 | 2014-03-31 | season
Ch3 2014/15 | 2014-12-31 | season
yr wythnos hon | 2014-02-02 | day
wythnos nesa | 2014-02-09 | day
dydd Mawrth nesaf | 2014-02-04 | day
heddiw | 2014-01-28 | day
ddoe | 2014-01-27 | day
echdoe | 2014-01-26 | day
yfory | 2014-01-29 | day
drennydd | 2014-01-30 | day
+2 wythnos | 2014-02-11 | day
+3 mis | 2014-04-28 | day
ymhen wythnos | 2014-02-04 | day
o fewn mis | 2014-02-28 | day
ymhen deufis | 2014-03-28 | day
pum niwrnod | 2014-02-02 | day
dwy flynedd | 2016-01-28 | day
"""


def read_table(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "latest", "precision"), read_table(ENGLISH + WELSH.lstrip()))
def test_a_date_in_words_is_known_by_the_latest_day_that_it_allows(text: str, latest: str, precision: str) -> None:
    for reader in (read_date, read_date_or_words):
        known_date = reader(text, TODAY)
        assert (known_date.latest.isoformat(), known_date.precision.value) == (latest, precision)


@pytest.mark.parametrize("text", [row[0] for row in read_table(ENGLISH + WELSH.lstrip())])
def test_a_date_in_words_reads_back_from_its_own_text(text: str) -> None:
    known_date = read_date(text, TODAY)
    assert read_date(str(known_date), TODAY).latest == known_date.latest


@pytest.mark.parametrize("text", [row[0] for row in read_table(ENGLISH + WELSH.lstrip())])
def test_a_date_reads_back_the_same_from_its_text_in_either_language(text: str) -> None:
    for typed_in in (Language.EN, Language.CY):
        with use_language(typed_in):
            known_date = read_date(text, TODAY)
        for shown_in in (Language.EN, Language.CY, Language.BOTH):
            with use_language(shown_in):
                assert read_date(str(known_date), TODAY).means_same(known_date), (typed_in, shown_in)


REWRITTEN = """
end feb 2014 | end feb 2014 | diwedd Chwefror 2014
by the end of 2013 | by the end of 2013 | erbyn diwedd 2013
mid-march 2014 | mid-march 2014 | canol Mawrth 2014
early 2014 | early 2014 | dechrau 2014
late 2014 | late 2014 | yn hwyr yn 2014
yn gynnar yn 2014 | early 2014 | yn gynnar yn 2014
the week of St David's Day 2014 | the week of St David's Day 2014 | wythnos Dydd Gŵyl Dewi 2014
wythnos y Pasg 2014 | the week of Easter 2014 | wythnos y Pasg 2014
early June 2014 | early June 2014 | dechrau Mehefin 2014
spring 2014 | spring 2014 | gwanwyn 2014
by autumn 2014 | by autumn 2014 | erbyn yr hydref 2014
Q4 2013/14 | Q4 2013/14 | Ch4 2013/14
before March 2014 | before March 2014 | cyn Mawrth 2014
3-4 March 2014 | 3-4 March 2014 | 3 hyd 4 Mawrth 2014
3 December 2013 to 28 January 2014 | 3 December 2013 to 28 January 2014 | 3 Rhagfyr 2013 hyd 28 Ionawr 2014
w/c 3 March 2014 | w/c 3 March 2014 | wythnos yn dechrau 3 Mawrth 2014
end of the financial year | end of the financial year | diwedd y flwyddyn ariannol
diwedd Chwefror 2014 | end of February 2014 | diwedd Chwefror 2014
erbyn diwedd 2013 | by the end of 2013 | erbyn diwedd 2013
canol mis Mawrth 2014 | mid-March 2014 | canol mis Mawrth 2014
yr hydref 2014 | autumn 2014 | yr hydref 2014
chwarter cyntaf 2014 | Q1 2014 | chwarter cyntaf 2014
hanner cyntaf 2014 | first half of 2014 | hanner cyntaf 2014
by the second half of 2014 | by the second half of 2014 | erbyn ail hanner 2014
wythnos yn gorffen 7 Mawrth 2014 | w/e 7 March 2014 | wythnos yn gorffen 7 Mawrth 2014
3 Rhagfyr 2013 hyd 28 Ionawr 2014 | 3 December 2013 to 28 January 2014 | 3 Rhagfyr 2013 hyd 28 Ionawr 2014
around mid-March 2014 | around mid-March 2014 | around mid-March 2014
"""


@pytest.mark.parametrize(
    ("typed", "english", "welsh"),
    [
        ("ASAP", "ASAP", "Cyn gynted â phosibl"),
        ("tbc.", "tbc.", "i'w gadarnhau"),
        ("Cyn gynted â phosibl", "As soon as possible", "Cyn gynted â phosibl"),
        ("by the next meeting", "by the next meeting", "erbyn y cyfarfod nesaf"),
        ("when funding allows", "when funding allows", "when funding allows"),
    ],
)
def test_words_in_place_of_a_date_are_put_into_the_language_of_the_interface(
    typed: str, english: str, welsh: str
) -> None:
    words = read_date_or_words(typed, TODAY)
    assert words.words == typed
    for language, expected in ((Language.EN, english), (Language.CY, welsh), (Language.BOTH, typed)):
        with use_language(language):
            assert str(words) == expected
            assert read_date_or_words(expected, TODAY) == words or words.means_same(
                DateAsKnown(words.latest, Precision.WORDS, expected)
            )


@pytest.mark.parametrize(
    ("typed", "english", "welsh"),
    [
        ("in the New Year", "in the New Year", "yn y Flwyddyn Newydd"),
        ("New Year", "New Year", "Y Flwyddyn Newydd"),
        ("yn y flwyddyn newydd", "in the New Year", "yn y flwyddyn newydd"),
    ],
)
def test_the_new_year_is_put_into_the_language_of_the_interface(typed: str, english: str, welsh: str) -> None:
    known_date = read_date(typed, TODAY)
    assert (known_date.earliest, known_date.latest) == (date(2015, 1, 1), date(2015, 3, 31))
    for language, expected in ((Language.EN, english), (Language.CY, welsh)):
        with use_language(language):
            assert str(known_date) == expected


def test_a_month_without_that_weekday_is_refused() -> None:
    with pytest.raises(BadInput, match="March 2014 has no"):
        read_date_or_words("fifth Friday of March 2014", TODAY)


@pytest.mark.parametrize(("text", "english", "welsh"), read_table(REWRITTEN))
def test_words_of_the_other_language_are_put_into_that_of_the_interface(text: str, english: str, welsh: str) -> None:
    known_date = read_date(text, TODAY)
    assert str(known_date) == english
    with use_language(Language.CY):
        assert str(known_date) == welsh


@given(
    part=st.sampled_from(("", "end of ", "by the end of ", "mid-", "early ", "before ", "by ")),
    period=st.one_of(
        st.builds("{} {}".format, st.sampled_from(MONTHS[1:]), st.integers(1950, 2150)),
        st.integers(1950, 2150).map(str),
        st.builds(
            "{} {}".format,
            st.sampled_from(("spring", "summer", "autumn", "winter", "Q1", "Q2", "Q3", "Q4")),
            st.integers(1950, 2150),
        ),
        st.builds("{0}/{1:02}".format, st.just("financial year 2013"), st.just(14)),
    ),
)
def test_a_vague_date_means_the_same_in_welsh(part: str, period: str) -> None:
    known_date = read_date(part + period, TODAY)
    with use_language(Language.CY):
        welsh = str(known_date)
        assert read_date(welsh, TODAY).means_same(known_date)
        assert not re.search(r"\b(?:the|of|end|mid|early|before|by|spring|summer|autumn|winter|financial)\b", welsh)


@given(
    st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.sampled_from((Precision.DAY, Precision.MONTH, Precision.YEAR))
)
def test_a_plain_date_means_the_same_in_welsh(day: date, precision: Precision) -> None:
    ends = {
        Precision.DAY: day,
        Precision.MONTH: find_month_end(day.year, day.month),
        Precision.YEAR: date(day.year, 12, 31),
    }
    known_date = DateAsKnown(ends[precision], precision)
    for language in (Language.EN, Language.CY):
        with use_language(language):
            assert read_date(str(known_date), TODAY) == known_date
            weekday = format_weekday_date(day)
            assert read_date(weekday, TODAY).latest == day


def test_a_phrase_with_a_year_keeps_its_words() -> None:
    assert str(read_date("before 1 March 2014", TODAY)) == "before 1 March 2014"
    assert str(read_date("w/c 3 March 2014", TODAY)) == "w/c 3 March 2014"
    assert str(read_date("New Year 2014", TODAY)) == "New Year 2014"


def test_a_phrase_relative_to_today_becomes_the_date_that_it_means() -> None:
    assert str(read_date("the week of St David's Day", TODAY)) == "the week of St David's Day 2014"
    assert str(read_date("w/c Monday", TODAY)) == "w/c 3 February 2014"
    assert str(read_date("next week", TODAY)) == "w/c 3 February 2014"
    assert str(read_date("before 1 March", TODAY)) == "28 February 2014"
    assert str(read_date("by the end of next month", TODAY)) == "February 2014"


MISTYPED = [
    "12 smarch 2014",
    "12 smarch",
    "30 Febtober",
    "30 Febtober 2014",
    "24 Foo 2013",
    "by 12 Foo 2014",
    "the 3rd of Marhc",
    "Febuary 2014",
    "end of Febuary",
    "Setpember 2014",
    "Frday 14 February 2014",
    "Wedensday",
    "Tacwhedd 2014",
    "Chwefor 2014",
    "12 o Fawtrh 2014",
    "Spring 2014-15",
    "sprng 2014",
    "end of 24/11/2013",
    "31 30 2014",
    "March 12 March",
    "w/c 2014",
    "before",
]


@pytest.mark.parametrize("text", MISTYPED)
def test_a_mistyped_date_is_refused_and_not_kept_as_words(text: str) -> None:
    with pytest.raises(BadInput):
        read_date_or_words(text, TODAY)
