"""Lines as people write them: the kind by label or wording, owners, due dates; no word is lost."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.minutes.written_lines import clean_words, propose_line, read_paragraph, split_number

DAY = date(2013, 3, 14)
NOTE, DECISION, ACTION = LineKind.NOTE, LineKind.DECISION, LineKind.ACTION


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Action: write to the boards", ACTION, "write to the boards"),
        ("ACTION – (SG) write to the boards", ACTION, "write to the boards"),
        ("Action 1: write to the boards", ACTION, "write to the boards"),
        ("Action SG: write to the boards", ACTION, "write to the boards"),
        ("(Action: write to the boards)", ACTION, "write to the boards"),
        ("Cam gweithredu: ysgrifennu at y byrddau", ACTION, "ysgrifennu at y byrddau"),
        ("Decision: adopt the plan", DECISION, "adopt the plan"),
        ("RESOLVED that the plan be adopted", DECISION, "RESOLVED that the plan be adopted"),
        ("It was agreed that the plan be adopted", DECISION, "It was agreed that the plan be adopted"),
        ("The Committee agreed that it be done", DECISION, "The Committee agreed that it be done"),
        ("Penderfynwyd: mabwysiadu'r cynllun", DECISION, "mabwysiadu'r cynllun"),
        ("Cytunwyd i gyfarfod eto", DECISION, "Cytunwyd i gyfarfod eto"),
        ("Noted", NOTE, "Noted"),
        ("Actions were discussed at length.", NOTE, "Actions were discussed at length."),
        ("The decision was welcomed.", NOTE, "The decision was welcomed."),
        ("\ufeff•\t4.1\u00a0Two courses were held.", NOTE, "Two courses were held."),
    ],
)
def test_a_line_has_the_kind_that_its_words_give_it(text: str, kind: LineKind, words: str) -> None:
    (line,) = read_paragraph(text, DAY)
    assert (line.kind, line.text) == (kind, words)


def test_a_sentence_that_decides_begins_a_line() -> None:
    lines = read_paragraph("Costs were high. It was agreed that the plan be cut. Members left.", DAY)
    assert [line.kind for line in lines] == [NOTE, DECISION, NOTE]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    (line,) = read_paragraph("Action: Mr. Alder to write to Dr. Birch.", DAY)
    assert line.text == "Mr. Alder to write to Dr. Birch."


def test_what_follows_a_label_belongs_to_it() -> None:
    (line,) = read_paragraph("Action: SG to write. The letter is short.", DAY)
    assert line.text == "SG to write. The letter is short."


@pytest.mark.parametrize(
    ("text", "owner", "due"),
    [
        ("Action: SG to write by 30 March", "SG", "2013-03-30"),
        ("Action: write to the boards (SG, 30 March)", "SG", "2013-03-30"),
        ("Action: write to the boards – SG", "SG", None),
        ("Action: write. Owner: SG. Due: 30 March", "SG", "2013-03-30"),
        ("ACTION (SG): write by 1st October", "SG", "2013-10-01"),
        ("Cam gweithredu: SG i ysgrifennu erbyn 30 Mawrth", "SG", "2013-03-30"),
    ],
)
def test_owner_and_date_are_read_wherever_they_are(text: str, owner: str, due: str | None) -> None:
    (line,) = read_paragraph(text, DAY)
    assert owner in line.owners
    assert (line.due.iso if line.due else None) == due


def test_a_line_with_two_dates_has_no_due_date_but_says_so() -> None:
    (line,) = read_paragraph("Action: SG to write by 30 March and to report by 5 April", DAY)
    assert line.due is None
    assert line.unclear_dues == 2


@pytest.mark.parametrize("text", ["SG to write to the boards", "SG i ysgrifennu at y byrddau", "SG agreed to write"])
def test_a_sentence_about_a_task_is_only_a_proposal(text: str) -> None:
    (line,) = read_paragraph(text, DAY)
    assert line.is_task
    assert line.owners[0] == "SG"


def test_a_task_that_was_completed_is_none() -> None:
    (line,) = read_paragraph("SG to write to the boards: completed.", DAY)
    assert not line.is_task


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("4.1 Text", "4.1", "Text"),
        ("82/23 Apologies", "82/23", "Apologies"),
        ("(b) that", "b", "that"),
        ("12 courses were held", "", "12 courses were held"),
        ("2014", "", "2014"),
    ],
)
def test_the_number_of_a_paragraph_is_split_off(text: str, number: str, words: str) -> None:
    assert split_number(clean_words(text)) == (number, words)


@pytest.mark.parametrize("verb", ["is to", "was instructed to", "was asked to"])
def test_somebody_who_was_told_to_do_something_is_an_owner(verb: str) -> None:
    line = propose_line(f"The Clerk {verb} contact the Council.", DAY)
    assert line is not None
    assert (line.kind, line.is_task, line.owners[0]) == (ACTION, True, "Clerk")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Monthly meetings are held, the Clerk to give the details to the police.", "the Clerk"),
        ("New benches - the Clerk will purchase the items before the end of May.", "the Clerk"),
        ("Mr Alder will also contact them as a trustee.", "Mr Alder"),
        ("Fence at the quarry - Highways to be contacted.", ""),
        ("Fees - to follow up and write to the Council", ""),
        ("High street: the Chair said he would speak to the Council.", ""),
        ("The seats need to be repaired.", ""),
        ("Security Officer must reschedule the training", ""),
        ("The tender must be submitted again.", ""),
        ("Play areas (for information) The Clerk was asked to write to the owner.", ""),
        ("After a long discussion it was agreed to write to the owner.", ""),
    ],
)
def test_a_part_of_a_sentence_may_read_like_an_action(text: str, who: str) -> None:
    assert who in [task.who for line in read_paragraph(text, DAY) for task in line.tasks]


@pytest.mark.parametrize(
    "text",
    [
        "The report is expected to be ready.",
        "It was considered to be a good letter.",
        "The work was done: closed.",
        "A year ago, at the request of the group, the forces had been asked to send figures.",
        "The group must not pay for it.",
    ],
)
def test_other_sentences_have_no_task(text: str) -> None:
    assert not [task for line in read_paragraph(text, DAY) for task in line.tasks]
