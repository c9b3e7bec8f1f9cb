"""Commissioned papers: questions, numbered paragraphs and their supporting records, and the draft of new paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.commissions.claims import PARTNERS_TOPIC, UNFILED_TOPIC, Claim, ClaimKind, ClaimStatus
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import BilingualText, BilingualTitle, _, choose_language, choose_printed_text, gettext_noop
from ahtc_tui.domain.keys import RowKey

TOPICS = {
    "aims": gettext_noop("The aims"),
    "fora": gettext_noop("Regional fora"),
    "boards": gettext_noop("Boards and groups"),
    "practice": gettext_noop("Good practice and take-up"),
    "events": gettext_noop("Events and visits"),
    "decisions": gettext_noop("Decisions"),
    "figures": gettext_noop("Figures"),
    "recommendations": gettext_noop("Recommendations and answers"),
    "documents": gettext_noop("Documents"),
    UNFILED_TOPIC: gettext_noop("Other actions"),
}
"""Topics that a question can cover besides objectives, with the title of their paragraph."""
PARAGRAPH_TITLES = {**TOPICS, PARTNERS_TOPIC: gettext_noop("Posts and organisations")}
"""The register is not a topic: a later paper names a contact only where the earlier paper did."""


def translate_topic(title: str) -> str:
    """Return the title of a paragraph; the title of a topic is translated."""
    return _(title) if title in PARAGRAPH_TITLES.values() else title


@dataclass(frozen=True, slots=True)
class CommissionRow(BilingualTitle):
    """A commissioned paper in lists: who asked for it, and when it is due or was sent."""

    key: RowKey
    ref: str
    title: str
    asked_by: str | None
    reference: str | None
    """Number given by the commissioning body."""
    due: DateAsKnown | None
    sent_on: DateAsKnown | None
    questions: int
    paragraphs: int
    source: str | None
    title_cy: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """Link from a paragraph to a record: the sentence last confirmed by a person, and the current claim."""

    link: RowKey
    kind: ClaimKind
    confirmed_sentence: str | None
    claim: Claim | None
    """None if the record was removed."""

    @property
    def is_stale(self) -> bool:
        """Whether the current sentence differs from the confirmed one."""
        return self.claim is None or self.claim.sentence != self.confirmed_sentence


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """One numbered paragraph of a paper."""

    key: RowKey
    number: str
    """Number of question and paragraph: "2.9"."""
    title: str | None
    text: str | None
    """Text written by a person; without it the claims are printed."""
    as_at: DateAsKnown | None
    claim_links: tuple[ClaimLink, ...]
    title_cy: str | None = None
    text_cy: str | None = None
    source: str | None = None
    """Paragraph of an earlier paper that this one is, if any."""

    @property
    def printed_title(self) -> str:
        """Title in the language of a document: the title of a topic is translated, other English is marked in Welsh."""
        title = self.title or ""
        return _(title) if title in PARAGRAPH_TITLES.values() else choose_printed_text(title, self.title_cy)

    @property
    def shown_title(self) -> str:
        """Title in the current language, else in the other one; empty where it has none."""
        title = self.title or ""
        is_topic = title in PARAGRAPH_TITLES.values()
        return translate_topic(title) if is_topic else choose_language(title, self.title_cy)

    @property
    def shown_text(self) -> str:
        """Text in the current language, else in the other one; empty where it has none."""
        return choose_language(self.text or "", self.text_cy)

    @property
    def shown_heading(self) -> str:
        """Text or else title in the current language, else in the other one."""
        return self.shown_text or self.shown_title

    @property
    def is_stale(self) -> bool:
        """Whether a claim of the paragraph changed since it was confirmed."""
        return any(claim_link.is_stale for claim_link in self.claim_links)

    @property
    def refs(self) -> tuple[str, ...]:
        """References of the linked records that exist."""
        return tuple(claim_link.claim.ref for claim_link in self.claim_links if claim_link.claim)


@dataclass(frozen=True, slots=True)
class QuestionRow(BilingualText):
    """One question of a commission with its paragraphs."""

    key: RowKey
    number: int
    text: str
    takes: str | None
    paragraphs: tuple[ParagraphRow, ...]
    text_cy: str | None = None


@dataclass(frozen=True, slots=True)
class CommissionCard:
    """A commission with its questions, for the detail pane."""

    row: CommissionRow
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    follows: str | None
    cleared_by: str | None
    requested_marking: Marking
    note: str | None
    questions: tuple[QuestionRow, ...]

    @property
    def paragraphs(self) -> tuple[ParagraphRow, ...]:
        """All paragraphs, in order."""
        return tuple(paragraph for question in self.questions for paragraph in question.paragraphs)

    @property
    def stale_paragraphs(self) -> tuple[ParagraphRow, ...]:
        """Paragraphs with changed claims."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.is_stale)

    @property
    def unanswered_questions(self) -> tuple[int, ...]:
        """Numbers of the questions without a paragraph."""
        return tuple(question.number for question in self.questions if not question.paragraphs)

    @property
    def marking(self) -> Marking:
        """The requested marking, or the highest marking of a linked record if that is higher."""
        claim_links = (claim_link for paragraph in self.paragraphs for claim_link in paragraph.claim_links)
        return find_highest_marking(
            self.requested_marking, [claim_link.claim.marking for claim_link in claim_links if claim_link.claim]
        )


@dataclass(frozen=True, slots=True)
class ProposedParagraph:
    """A paragraph that a draft would add."""

    question: int
    title: str
    claims: tuple[Claim, ...]
    earlier: ParagraphRow | None = None
    """Paragraph of the earlier paper that this one continues."""

    @property
    def texts(self) -> dict[str, str | None]:
        """What is stored of it: the earlier wording as well, while all its records are as they were."""
        if self.earlier is None:
            return {"title": self.title}
        names = ["title", "title_cy", "source"]
        if not self.earlier.is_stale and len(self.claims) == len(self.earlier.claim_links):
            names += ["text", "text_cy"]
        return {name: getattr(self.earlier, name) for name in names}


@dataclass(frozen=True, slots=True)
class DraftProposal:
    """Result of drafting: paragraphs to add and claims left out."""

    paragraphs: tuple[ProposedParagraph, ...]
    unfiled_claims: tuple[Claim, ...] = ()
    """Actions, fora and practices that no question covers: a person decides where they belong."""
    claims_outside_period: tuple[Claim, ...] = ()
    """Claims achieved or held outside the period."""


NO_QUESTION = 0
"""Number of the question of a paragraph that follows its topics alone."""


@dataclass
class _ClaimPile:
    """Claims collected for one paragraph."""

    question: int
    title: str
    claims: list[Claim] = field(default_factory=list)


def read_topics(text: str | None) -> tuple[str, ...]:
    """Read the topics of a question: "1, 2, fora" gives ("1", "2", "fora"). Raises BadInput on an unknown topic."""
    words = tuple(word for word in (text or "").replace(",", " ").casefold().split() if word)
    for word in words:
        if word not in TOPICS and not word.isdecimal():
            topics = ", ".join(TOPICS)
            raise BadInput(
                _('A question cannot cover "{word}". Choose objectives, by number, or {known}.').format(
                    known=topics, word=word
                )
            )
    return tuple(dict.fromkeys(words))


def list_worded(papers: Iterable[CommissionCard], period: tuple[date | None, date | None]) -> list[ParagraphRow]:
    """Return the paragraphs of other papers, the newest first, that hold in a period as they were worded.

    Of paragraphs about the same records in several papers it returns the newest.
    """
    worded: dict[frozenset[RowKey], ParagraphRow] = {}
    for paragraph in (paragraph for paper in papers for paragraph in paper.paragraphs):
        claims = [link.claim for link in paragraph.claim_links if link.claim]
        is_held = bool(paragraph.text and claims) and not paragraph.is_stale
        if is_held and not any(claim.is_outside(*period) for claim in claims):
            worded.setdefault(frozenset(claim.key for claim in claims), paragraph)
    return list(worded.values())


def propose_paragraphs(
    questions: Sequence[tuple[int, tuple[str, ...]]],
    claims: Iterable[Claim],
    objectives: Mapping[str, str],
    earlier: Iterable[tuple[int, ParagraphRow]],
    used_keys: Collection[RowKey],
    period: tuple[date | None, date | None],
) -> DraftProposal:
    """Draft paragraphs for unused claims: those of the previous paper, and new ones under every question of a topic.

    `questions` maps numbers to topics, `objectives` numbers to titles; `earlier` has the paragraphs of the previous
    paper with the number of their question, or of other papers with `NO_QUESTION`; `used_keys`
    are the records that this paper has already.
    """
    continued = _continue_paragraphs(questions, earlier, used_keys, period)
    used_keys = {*used_keys, *(claim.key for paragraph in continued for claim in paragraph.claims)}
    piles: dict[tuple[int, str, bool], _ClaimPile] = {}
    unfiled, outside_period = [], []
    for claim in claims:
        if claim.key in used_keys:
            continue
        covering = {number for number, topics in questions if claim.topic in topics}
        if not covering:
            if claim.kind in (ClaimKind.ACTION, ClaimKind.PRACTICE) or claim.topic == "fora":
                unfiled.append(claim)
        elif claim.is_outside(*period):
            outside_period.append(claim)
            continue
        for question in sorted(covering):
            pile_key = (question, claim.topic, claim.status is ClaimStatus.TO_COME)
            piles.setdefault(pile_key, _ClaimPile(question, _build_title(claim, objectives))).claims.append(claim)
    order = {topic: n for n, topic in enumerate([*objectives, *PARAGRAPH_TITLES])}
    sorted_piles = sorted(piles.items(), key=lambda pile: (pile[0][0], order.get(pile[0][1], 0), pile[0][2]))
    proposed = [ProposedParagraph(pile.question, pile.title, tuple(pile.claims)) for _pile_key, pile in sorted_piles]
    by_question = sorted([*continued, *proposed], key=lambda paragraph: paragraph.question)
    return DraftProposal(tuple(by_question), tuple(unfiled), tuple(outside_period))


def _continue_paragraphs(
    questions: Sequence[tuple[int, tuple[str, ...]]],
    earlier: Iterable[tuple[int, ParagraphRow]],
    used_keys: Collection[RowKey],
    period: tuple[date | None, date | None],
) -> list[ProposedParagraph]:
    """Return the paragraphs of the previous paper under their question, or the first that covers a topic of theirs."""
    numbers, continued = {number for number, _topics in questions}, []
    for number, paragraph in earlier:
        claims = [link.claim for link in paragraph.claim_links if link.claim and link.claim.key not in used_keys]
        claims = [claim for claim in claims if not claim.is_outside(*period)]
        covering = [n for n, topics in questions if any(claim.topic in topics for claim in claims)]
        question = number if number in numbers else next(iter(covering), None)
        if claims and question is not None:
            continued.append(ProposedParagraph(question, paragraph.shown_title, tuple(claims), paragraph))
    return continued


def _build_title(claim: Claim, objectives: Mapping[str, str]) -> str:
    if claim.kind is not ClaimKind.ACTION:
        return _(PARAGRAPH_TITLES[claim.topic])
    objective = objectives.get(claim.topic) or _(TOPICS[UNFILED_TOPIC])
    sentence = (
        _("{objective}: achieved")
        if claim.status is ClaimStatus.ACHIEVED
        else _("{objective}: in progress and planned")
    )
    return sentence.format(objective=objective)
