"""Transcripts of Teams, Zoom and WebVTT in all variants: no word is lost and no speaker is invented."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.minutes.transcripts import find_proposal, place_quotations, read_transcript

BOTH = [("AHTC", "Welcome to the meeting."), ("SPOC Gwent", "Thank you. I have two points.")]
FIRST, SECOND = "00:01.000 --> 00:04.000", "00:05.000 --> 00:09.000"
HELLO, THANKS = "<v AHTC>Welcome to the meeting.</v>", "<v SPOC Gwent>Thank you. I have two points.</v>"
OPEN_HELLO, OPEN_THANKS = HELLO.removesuffix("</v>"), THANKS.removesuffix("</v>")


def build_captions(*cues: str, head: str = "WEBVTT") -> str:
    return "\n\n".join((head, *cues)) + "\n"


VARIANTS = {
    "voices": build_captions(
        f"00:00:01.000 --> 00:00:04.000\n{HELLO}", f"00:00:05.000 --> 00:00:09.000 align:start\n{THANKS}"
    ),
    "no hours, unclosed voices": build_captions(f"{FIRST}\n{OPEN_HELLO}", f"{SECOND}\n{OPEN_THANKS}"),
    "two voices in a cue": build_captions(f"{FIRST}\n{OPEN_HELLO} {OPEN_THANKS}"),
    "tags": build_captions(f"{FIRST}\n{HELLO}", f"{SECOND}\n{THANKS.replace('two', '<c>two</c>')}"),
    "byte order mark, numbers and CRLF": build_captions(
        f"1\n{FIRST}\n{HELLO.replace('the', chr(10) + 'the')}", f"2\n{SECOND}\n{THANKS}", head="\ufeffWEBVTT"
    ).replace("\n", "\r\n"),
    "notes": build_captions("NOTE", f"id\n{FIRST}\n{HELLO}", f"{SECOND}\n{THANKS}", head="WEBVTT x"),
    "cues of one speaker": build_captions(
        f"{FIRST}\n<v AHTC>Welcome to</v>", f"{FIRST}\n<v AHTC>the meeting.</v>", f"{SECOND}\n{THANKS}"
    ),
    "entities": build_captions(f"{FIRST}\n{HELLO}", f"{SECOND}\n{THANKS.replace('C G', 'C&nbsp;G')}"),
    "older Teams": "0:0:1.0 --> 0:0:4.120\nAHTC\nWelcome to the meeting.\n\n"
    "0:0:5.0 --> 0:0:9.0\nSPOC Gwent\nThank you. I have two points.\n",
    "Teams": "AHTC   0:03\nWelcome to\nthe meeting.\nSPOC Gwent   0:05\nThank you. I have two points.\nAHTC   0:09\nOK",
    "Zoom text": "[AHTC] 10:00:01\nWelcome to the meeting.\n\n[SPOC Gwent] 10:00:05\nThank you. I have two points.\n\n"
    "[AHTC] 10:00:09\nGood.",
    "time before the name": "00:00:01 AHTC: Welcome to the meeting.\n00:00:05 SPOC Gwent: Thank you.\n"
    "00:00:07 SPOC Gwent: I have two points.\n",
    "time in brackets before the name": "[00:00:01] AHTC: Welcome to the meeting.\n[00:00:05] SPOC Gwent: Thank you. "
    "I have two points.\n[00:00:09] AHTC: Good.\n",
    "time in a line with the name": "(0:01) AHTC\nWelcome to the meeting.\n(0:05) SPOC Gwent\nThank you. "
    "I have two points.\n(0:09) AHTC\nGood.\n",
    "Zoom captions": build_captions(
        f"1\n{FIRST}\nAHTC: Welcome to", f"2\n{FIRST}\nAHTC: the meeting.",
        f"3\n{SECOND}\nSPOC Gwent: Thank you.", f"4\n{SECOND}\nSPOC Gwent: I have two points.",
    ),
    "voices with a class": build_captions(
        f"{FIRST}\n{HELLO.replace('<v ', '<v.loud ')}", f"{SECOND}\n{THANKS}"
    ),
    "names of cues and a style": build_captions(
        "STYLE\n::cue { color: red }", f"4f2a/11-0\n{FIRST}\n{HELLO}", f"4f2a/12-0\n{SECOND}\n{THANKS}"
    ),
    "more than an hour": build_captions(
        f"01:00:01.000 --> 01:00:04.000\n{HELLO}", f"101:00:05.000 --> 101:00:09.000\n{THANKS}"
    ),
    "commas and numbers of SubRip": "\n".join(
        ("1", FIRST.replace(".", ","), HELLO, "", "2", SECOND.replace(".", ","), THANKS, "")
    ),
    "times within the words": build_captions(
        f"{FIRST}\n{HELLO.replace('to', '<00:02.000>to')}", f"{SECOND}\n{THANKS}"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_gives_the_same_passages(name: str) -> None:
    quotations = read_transcript(VARIANTS[name])
    assert [(quotation.speaker, quotation.text) for quotation in quotations][:2] == BOTH


def test_names_before_colons_are_speakers_only_where_they_come_back() -> None:
    cues = (
        "AHTC: Welcome.",
        "SPOC Gwent: Thank you.",
        "AHTC: One point: the budget.",
        "SPOC Gwent: Yes.",
        "Budget: none.",
    )
    text = "WEBVTT\n\n" + "\n\n".join(f"00:0{n}.000 --> 00:0{n}.500\n{words}" for n, words in enumerate(cues))
    quotations = read_transcript(text)
    assert [quotation.speaker for quotation in quotations] == ["AHTC", "SPOC Gwent", "AHTC", "SPOC Gwent", None]
    assert quotations[-1].text == "Budget: none."


def list_passages(text: str) -> list[tuple[str | None, str]]:
    return [(quotation.speaker, quotation.text) for quotation in read_transcript(text)]


def test_words_of_somebody_who_was_not_recognised_and_notices_of_teams_have_no_speaker() -> None:
    text = "Talk\n3 May 2013\nAHTC started transcription\nAHTC   0:03\nHello.\n0:09\nMm.\nAHTC   0:12\nFine.\n"
    assert list_passages(f"{text}AHTC stopped transcription") == [
        (None, "Talk 3 May 2013"), (None, "AHTC started transcription"), ("AHTC", "Hello."), (None, "Mm."),
        ("AHTC", "Fine."), (None, "AHTC stopped transcription"),
    ]  # fmt: skip


def test_a_time_in_a_sentence_begins_no_passage() -> None:
    text = "AHTC   0:03\nWe begin on Tuesday at 10:30\n10:30 works for me\n9:15 is early: no\nAHTC   0:20\nGood."
    assert list_passages(text) == [
        ("AHTC", "We begin on Tuesday at 10:30 10:30 works for me 9:15 is early: no Good.")
    ]  # fmt: skip


def test_colons_in_words_without_a_voice_name_nobody() -> None:
    cues = ("Action: Bawso to write.", "The room is free.", "Action: UCLan to book it.", "Question: who pays?")
    text = build_captions(*(f"00:0{n}.000 --> 00:0{n}.500\n{words}" for n, words in enumerate(cues)))
    assert {speaker for speaker, _text in list_passages(text)} == {None}


def test_spoken_words_that_look_like_marks_are_kept() -> None:
    cues = (f"{FIRST}\n<v AHTC>NOTE that a <b>small</b> x<y and y>z", f"{SECOND}\n<v AHTC>One\n\nafter a gap</v>")
    passages = list_passages(build_captions(*cues))
    assert passages == [("AHTC", "NOTE that a small x<y and y>z One"), (None, "after a gap")]


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n",
        "WEBVTT\n\nNOTE nothing was said\n",
        "Minutes\n\n1. Welcome 10:00\nAHTC: welcomed members.\n2. Training 10:15\nThe plan was discussed.\n",
        "Agenda\n\nWelcome 10:00\nTea 11:00\nLunch 12:30\n",
    ],
)
def test_what_has_no_passages_is_no_transcript(text: str) -> None:
    assert read_transcript(text) == []


def test_passages_go_to_the_item_that_was_announced_or_was_due() -> None:
    lines = ["AHTC: Welcome all.", "AHTC: Now item 3 please.", "AHTC: It is long."]
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:{n * 10}:00.000 --> 00:{n * 10}:05.000\n<v AHTC{n}>{words}</v>" for n, words in enumerate(lines)
    )
    titles = [(1, "Welcome"), (2, "Data sharing"), (3, "Training plan")]
    placed = place_quotations(read_transcript(text), titles, [(1, 0), (2, 300)])
    assert [quotation.item for quotation in placed] == [1, 3, 3]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("So that is an action for Gwent.", LineKind.ACTION),
        ("Then we are agreed.", LineKind.DECISION),
        ("Cytunwyd felly.", LineKind.DECISION),
        ("I am not sure about it.", None),
    ],
)
def test_passages_about_actions_and_agreement_are_proposed(text: str, kind: LineKind | None) -> None:
    assert find_proposal(text) is kind
