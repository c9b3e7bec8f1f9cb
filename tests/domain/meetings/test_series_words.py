"""Tests of rules of series in words: what is shown can be typed, in both languages."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.series_words import format_rule, format_typed_rule, read_series_words

TODAY = date(2014, 1, 28)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("monthly on the second Tuesday", "FREQ=MONTHLY;BYDAY=2TU"),
        ("Second Tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU"),
        ("every month on the last Friday, 6 times", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=6"),
        ("every Tuesday", "FREQ=WEEKLY;BYDAY=TU"),
        ("fortnightly on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("quarterly on the 15th until 30 june 2014", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15;UNTIL=20140630"),
        ("bob mis ar yr ail ddydd Mawrth", "FREQ=MONTHLY;BYDAY=2TU"),
        ("bob pythefnos tan 30 Mehefin 2014", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20140630"),
    ],
)
def test_rules_in_words_are_read(words: str, rule: str) -> None:
    assert build_meeting_draft({"repeat": words}, TODAY).repeat == rule


@pytest.mark.parametrize(
    "words",
    [
        *("every second Tuesday", "weekly on the second Tuesday", "monthly on Tuesday", "monthly on the sixth Tuesday"),
        *("every blue moon", "monthly until June 2014", "monthly, 6 times until 30 June 2014", "monthly for 6 months"),
        *("monthly on the 32nd", "every 0 weeks"),
    ],
)
def test_words_with_another_or_no_meaning_are_refused(words: str) -> None:
    with pytest.raises(BadInput, match="is not a rule for a series"):
        build_meeting_draft({"repeat": words}, TODAY)


@pytest.mark.parametrize("language", [Language.EN, Language.CY])
def test_every_rule_that_is_shown_in_words_can_be_typed(language: Language) -> None:
    days = ("", ";BYDAY=2TU", ";BYDAY=-1FR", ";BYDAY=5SU", ";BYMONTHDAY=15")
    ends = ("", ";COUNT=1", ";COUNT=2", ";COUNT=6", ";COUNT=100", ";UNTIL=20141231")
    rules = {f"FREQ=WEEKLY{interval}{day}" for interval in ("", ";INTERVAL=2") for day in ("", ";BYDAY=WE")}
    rules |= {f"FREQ=MONTHLY{interval}{day}" for interval, day in product(("", ";INTERVAL=2", ";INTERVAL=12"), days)}
    with use_language(language):
        described = {f"{rule}{end}": format_rule(f"{rule}{end}") for rule, end in product(rules, ends)}
        read = {rule: read_series_words(words, TODAY) for rule, words in described.items()}
    assert read == {rule: rule for rule in described}


def test_a_rule_without_words_that_are_read_again_stays_a_rule() -> None:
    assert format_typed_rule("FREQ=MONTHLY;COUNT=6;BYDAY=2TU", TODAY) == "every month on the second Tuesday, 6 times"
    for rule in ("FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1", "FREQ=WEEKLY;UNTIL=20140701T090000Z"):
        assert format_typed_rule(rule, TODAY) == rule


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every two weeks on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every other Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every Tuesday and Thursday", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("weekly until end June 2014", "FREQ=WEEKLY;UNTIL=20140630"),
        ("wythnosol tan ddiwedd Mehefin 2014", "FREQ=WEEKLY;UNTIL=20140630"),
        ("last working day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("diwrnod gwaith olaf bob mis", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("twice a year", "FREQ=MONTHLY;INTERVAL=6"),
        ("ddwywaith y flwyddyn", "FREQ=MONTHLY;INTERVAL=6"),
        ("misol ar yr ail ddydd Mawrth", "FREQ=MONTHLY;BYDAY=2TU"),
        ("ail ddydd Mawrth o'r mis", "FREQ=MONTHLY;BYDAY=2TU"),
        ("first Tuesday of every quarter", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU"),
    ],
)
@pytest.mark.parametrize("language", [Language.EN, Language.CY])
def test_a_rule_is_read_in_either_language_whatever_the_interface(words: str, rule: str, language: Language) -> None:
    with use_language(language):
        assert read_series_words(words, TODAY) == rule
        assert set((read_series_words(format_rule(rule), TODAY) or "").split(";")) == set(rule.split(";"))
