"""Parser of typed lines of minutes: no word is lost, none is moved."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.minutes.typed_lines import has_unread_date, join_lines, read_line, split_lines, take_owners

DAY = date(2013, 12, 10)
NAMES = {"jeff": "Jeff Farrar", "spoc-gwent": "SPOC Gwent", "bawso": "Bawso", "siân": "Siân", "st": "AHTC"}


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("two courses were held", LineKind.NOTE, "two courses were held"),
        ("n: two courses", LineKind.NOTE, "two courses"),
        ("D : adopted", LineKind.DECISION, "adopted"),
        ("p: mabwysiadu", LineKind.DECISION, "mabwysiadu"),
        ("g:rhannu", LineKind.ACTION, "rhannu"),
        ("c: rhannu'r pecyn", LineKind.ACTION, "rhannu'r pecyn"),
        ("C:rhannu", LineKind.ACTION, "rhannu"),
        ("P: cytuno", LineKind.DECISION, "cytuno"),
        ("n: nodwyd", LineKind.NOTE, "nodwyd"),
        ("C:\\papers\\plan.docx was sent", LineKind.NOTE, "C:\\papers\\plan.docx was sent"),
        ("a: share  the\tpack", LineKind.ACTION, "share the pack"),
        ("ad: not a prefix", LineKind.NOTE, "ad: not a prefix"),
        ("n: mail to @jeff due tomorrow", LineKind.NOTE, "mail to @jeff due tomorrow"),
        ("a: write to post@example.org", LineKind.ACTION, "write to post@example.org"),
    ],
)
def test_the_prefix_gives_the_kind_of_a_line(typed: str, kind: LineKind, text: str) -> None:
    line = read_line(typed, DAY)
    assert (line.kind, line.text) == (kind, text)


@pytest.mark.parametrize(
    ("typed", "owners", "due", "text"),
    [
        ("a: share @st due end jan", ("st",), date(2014, 1, 31), "share"),
        ("a: share due end jan @st", ("st",), date(2014, 1, 31), "share"),
        ("a: @jeff @spoc-gwent agree dates", ("jeff", "spoc-gwent"), None, "agree dates"),
        ("a: @jeff, @siân: agree dates", ("jeff", "siân"), None, "agree dates"),
        ("a: @jeff and @siân agree dates", ("jeff", "siân"), None, "Jeff Farrar and Siân agree dates"),
        ("a: tell @bawso about the visit", ("bawso",), None, "tell Bawso about the visit"),
        ("a: share the pack with @bawso by fri.", ("bawso",), date(2013, 12, 13), "share the pack with Bawso"),
        ("a: tell @nobody and @bawso", ("bawso",), None, "tell @nobody and Bawso"),
        ("a: share @nobody @bawso due fri", ("bawso",), date(2013, 12, 13), "share @nobody"),
        ("g: rhannu @siân erbyn 28 Chwefror 2014", ("siân",), date(2014, 2, 28), "rhannu"),
        ("c: rhannu @siân erbyn diwedd Ionawr", ("siân",), date(2014, 1, 31), "rhannu"),
        ("c: rhannu'r pecyn erbyn dydd Gwener @siân", ("siân",), date(2013, 12, 13), "rhannu'r pecyn"),
        ("c: adroddiad gan @bawso erbyn 14eg o Chwefror 2014", ("bawso",), date(2014, 2, 14), "adroddiad gan Bawso"),
        ("a: report @jeff erbyn diwedd Ionawr", ("jeff",), date(2014, 1, 31), "report"),
        ("c: adroddiad @jeff due end jan", ("jeff",), date(2014, 1, 31), "adroddiad"),
        ("c: ysgrifennu erbyn yfory", (), date(2013, 12, 11), "ysgrifennu"),
        ("a: a report by Bawso", (), None, "a report by Bawso"),
        ("a: a report by fri", (), date(2013, 12, 13), "a report"),
        ("a: pay what is due on 31 nov", (), None, "pay what is due on 31 nov"),
        ("a: the the plan @x and @x again", (), None, "the the plan @x and @x again"),
        ("a: cancel the visit due to illness @bawso", ("bawso",), None, "cancel the visit due to illness"),
        ("a: write due tomorrow, and tell Bawso", (), date(2013, 12, 11), "write due tomorrow, and tell Bawso"),
        ("a: the form due 14 Feb 2014 is with @x already", (), None, "the form due 14 Feb 2014 is with @x already"),
        ("a: send due 3 jan, and more due 4 jan, please", (), None, "send due 3 jan, and more due 4 jan, please"),
        ("a: chase the form due 3 jan, reply by fri", (), date(2013, 12, 13), "chase the form due 3 jan, reply"),
        ("a: use the data sent by 2012, and report", (), None, "use the data sent by 2012, and report"),
        ("a: write due by the end of 2014", (), date(2014, 12, 31), "write"),
        ("a: write due Friday, 31 January 2014", (), date(2014, 1, 31), "write"),
        ("a: tell the team due never", (), None, "tell the team due never"),
        ("a: @jeff due fri", ("jeff",), date(2013, 12, 13), "due fri"),
        ("a: tell @jeff and @bawso", ("jeff", "bawso"), None, "tell Jeff Farrar and Bawso"),
    ],
)
def test_owners_and_date_are_split_from_an_action(
    typed: str, owners: tuple[str, ...], due: date | None, text: str
) -> None:
    line = read_line(typed, DAY)
    assert take_owners(line.text, NAMES) == (text, owners)
    assert (line.due.latest if line.due else None) == due


@pytest.mark.parametrize("typed", ["", "   ", "a:", "a: @jeff", "d:  "])
def test_a_line_without_words_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        read_line(typed, DAY)


@given(st.text())
def test_any_text_is_a_line_or_refused(typed: str) -> None:
    try:
        line = read_line(typed, DAY)
    except BadInput:
        return
    assert line.text


@given(st.text(alphabet="ab @,.;:\n", max_size=40))
def test_splitting_keeps_every_word(typed: str) -> None:
    assert " ".join(split_lines(typed)).split() == typed.split()


def test_a_prefix_after_a_sentence_or_a_line_break_begins_a_line() -> None:
    assert split_lines("d: X. d: Y.") == ["d: X.", "d: Y."]
    assert split_lines("n: heard; a: write to place n: 5\r\n\r\nd: agreed") == [
        "n: heard;",
        "a: write to place n: 5",
        "d: agreed",
    ]
    assert split_lines("d: X. d:") == ["d: X. d:"], "a prefix without words is text"
    assert split_lines("see e.g. that") == ["see e.g. that"]


def test_joined_lines_are_split_again_at_their_prefixes() -> None:
    assert join_lines("d: X\n\na: Y.\nn: Z") == "d: X; a: Y. n: Z"
    assert split_lines(join_lines("d: X\na: Y")) == ["d: X;", "a: Y"]


def test_words_after_due_that_are_no_date_are_noticed() -> None:
    assert has_unread_date("tell the team due never")
    assert not has_unread_date("cancelled due to illness")


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("ACTION: circulate the paper", LineKind.ACTION, "circulate the paper"),
        ("Action 3: circulate the paper", LineKind.ACTION, "circulate the paper"),
        ("ACTION – circulate the paper", LineKind.ACTION, "circulate the paper"),
        ("Cam gweithredu: dosbarthu'r papur", LineKind.ACTION, "dosbarthu'r papur"),
        ("Decision: adopt the pathway", LineKind.DECISION, "adopt the pathway"),
        ("Penderfynwyd: mabwysiadu'r llwybr", LineKind.DECISION, "mabwysiadu'r llwybr"),
        ("\ufeff•\u00a0Decision:\tadopt the pathway", LineKind.DECISION, "adopt the pathway"),
        ("Action plan: the draft was read", LineKind.NOTE, "Action plan: the draft was read"),
        ("It was agreed that the draft is good", LineKind.NOTE, "It was agreed that the draft is good"),
    ],
)
def test_a_label_says_what_a_line_is(typed: str, kind: LineKind, text: str) -> None:
    line = read_line(typed, date(2014, 1, 28))
    assert (line.kind, line.text) == (kind, text)


def test_the_owner_in_a_label_is_a_name_or_stays_in_brackets() -> None:
    line = read_line("ACTION (JD): circulate the paper by 30 March", date(2014, 1, 28), resolve_names=str)
    assert (line.text, str(line.due)) == ("(JD) circulate the paper", "30 March 2014")
    known = read_line(
        "ACTION (JD): circulate it", date(2014, 1, 28), resolve_names=lambda t: t.replace("@JD", "@j-doe")
    )
    assert known.text == "circulate it @j-doe"


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("\ufeff•\t4.1\u00a0Two courses were held.", LineKind.NOTE, "Two courses were held."),
        ("- a: write to the boards", LineKind.ACTION, "write to the boards"),
        ("4.2 Action: write to the boards", LineKind.ACTION, "write to the boards"),
        ("(b) Penderfynwyd: mabwysiadu", LineKind.DECISION, "mabwysiadu"),
        ("1.5 million was spent", LineKind.NOTE, "1.5 million was spent"),
        ("10:30 was too early", LineKind.NOTE, "10:30 was too early"),
        ("n: 4.1 Two courses", LineKind.NOTE, "4.1 Two courses"),
    ],
)
def test_what_a_list_puts_before_a_line_goes(typed: str, kind: LineKind, text: str) -> None:
    line = read_line(typed, DAY)
    assert (line.kind, line.text) == (kind, text)
