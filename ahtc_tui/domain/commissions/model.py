"""Papers that somebody asks for: questions, numbered paragraphs, and the records that each claim rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.claims import PARTNERS_TOPIC, UNFILED_TOPIC, Claim, ClaimKind, ClaimStatus
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.documents.office_paper import raise_marking
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey

TOPICS = {
    "aims": "The aims",
    "fora": "Regional fora",
    "boards": "Boards and groups",
    "practice": "Good practice and where it has been taken up",
    "events": "Events and visits",
    "decisions": "Decisions",
    "figures": "Figures",
    "recommendations": "Recommendations and the answers",
    "documents": "Documents",
    UNFILED_TOPIC: "Other actions",
}
"""What a question can take besides objectives, and what the paragraph is called."""
PARAGRAPH_TITLES = {**TOPICS, PARTNERS_TOPIC: "Posts and organisations"}
"""The register is no topic: a paragraph of a later paper names somebody only where the earlier one did."""


@dataclass(frozen=True, slots=True)
class CommissionRow:
    """A commission as lists show it."""

    key: RowKey
    ref: str
    title: str
    asked_by: str | None
    reference: str | None
    """The number that whoever asks gives it."""
    due: DateAsKnown | None
    sent_on: DateAsKnown | None
    questions: int
    paragraphs: int
    source: str | None


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """What a paragraph rests on: what the record said when a person last looked, and what it says now."""

    link: RowKey
    kind: ClaimKind
    confirmed_sentence: str | None
    claim: Claim | None
    """None where the record was taken away."""

    @property
    def is_stale(self) -> bool:
        """It says something else now."""
        return self.claim is None or self.claim.sentence != self.confirmed_sentence


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """One numbered paragraph."""

    key: RowKey
    number: str
    """Question and paragraph: "2.9"."""
    title: str | None
    text: str | None
    """In the words of a person; without them the records speak."""
    as_at: DateAsKnown | None
    claim_links: tuple[ClaimLink, ...]

    @property
    def is_stale(self) -> bool:
        """A record behind it says something else now."""
        return any(claim_link.is_stale for claim_link in self.claim_links)

    @property
    def refs(self) -> tuple[str, ...]:
        """The references of the records that stand."""
        return tuple(claim_link.claim.ref for claim_link in self.claim_links if claim_link.claim)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question with its paragraphs."""

    key: RowKey
    number: int
    text: str
    takes: str | None
    paragraphs: tuple[ParagraphRow, ...]


@dataclass(frozen=True, slots=True)
class CommissionCard:
    """Everything about one commission."""

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
        """All of them, in order."""
        return tuple(paragraph for question in self.questions for paragraph in question.paragraphs)

    @property
    def stale_paragraphs(self) -> tuple[ParagraphRow, ...]:
        """Those whose records say something else now."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.is_stale)

    @property
    def unanswered_questions(self) -> tuple[int, ...]:
        """The questions that nothing answers yet."""
        return tuple(question.number for question in self.questions if not question.paragraphs)

    @property
    def marking(self) -> Marking:
        """Its own, or that of a record behind it where that is higher."""
        claim_links = (claim_link for paragraph in self.paragraphs for claim_link in paragraph.claim_links)
        return raise_marking(
            self.requested_marking, [claim_link.claim.marking for claim_link in claim_links if claim_link.claim]
        )


@dataclass(frozen=True, slots=True)
class ProposedParagraph:
    """A paragraph that a draft would make."""

    question: int
    title: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class DraftProposal:
    """What a draft would add, and what it leaves out."""

    paragraphs: tuple[ProposedParagraph, ...]
    unfiled_claims: tuple[Claim, ...] = ()
    """Actions, fora and practices that no question takes: a person says where they belong, or that they do not."""
    claims_outside_period: tuple[Claim, ...] = ()
    """Achieved or held outside the period."""


@dataclass
class _ClaimPile:
    """What a draft has gathered for one paragraph."""

    question: int
    title: str
    claims: list[Claim] = field(default_factory=list)


def read_topics(text: str | None) -> tuple[str, ...]:
    """The topics of a question: "1, 2, fora" are ("1", "2", "fora"). Raises BadInput on a word that is none."""
    words = tuple(word for word in (text or "").replace(",", " ").casefold().split() if word)
    for word in words:
        if word not in TOPICS and not word.isdecimal():
            topics = ", ".join(TOPICS)
            raise BadInput(
                _('A question takes objectives by number, and {known}; not "{word}".').format(known=topics, word=word)
            )
    return tuple(dict.fromkeys(words))


def propose_paragraphs(
    questions: Sequence[tuple[int, tuple[str, ...]]],
    claims: Iterable[Claim],
    objectives: Mapping[str, str],
    earlier_questions: Mapping[RowKey, int],
    used_keys: Collection[RowKey],
    period: tuple[date | None, date | None] = (None, None),
) -> DraftProposal:
    """Paragraphs for what no paragraph rests on yet: each record once, under the first question that takes it.

    `questions` are numbers with their topics, `objectives` numbers with their titles; `before` says under which
    question a record stood in the paper that this one follows, `taken` which records it has already.
    """
    numbers = {number for number, _topics in questions}
    by_topic = {topic: number for number, topics in reversed(questions) for topic in topics}
    piles: dict[tuple[int, str, bool], _ClaimPile] = {}
    unfiled, outside_period = [], []
    for claim in claims:
        if claim.key in used_keys:
            continue
        earlier_question = earlier_questions.get(claim.key)
        question = earlier_question if earlier_question in numbers else by_topic.get(claim.topic)
        if question is None:
            unfiled += [claim] if _wants_paragraph(claim) else []
        elif claim.is_outside(*period):
            outside_period.append(claim)
        else:
            pile_key = (question, claim.topic, claim.status is ClaimStatus.TO_COME)
            piles.setdefault(pile_key, _ClaimPile(question, _build_title(claim, objectives))).claims.append(claim)
    order = {topic: n for n, topic in enumerate([*objectives, *PARAGRAPH_TITLES])}
    sorted_piles = sorted(piles.items(), key=lambda pile: (pile[0][0], order.get(pile[0][1], 0), pile[0][2]))
    proposed = tuple(
        ProposedParagraph(pile.question, pile.title, tuple(pile.claims)) for _pile_key, pile in sorted_piles
    )
    return DraftProposal(proposed, tuple(unfiled), tuple(outside_period))


def _wants_paragraph(claim: Claim) -> bool:
    """Whether a paper that is silent on it has a gap."""
    return claim.kind in (ClaimKind.ACTION, ClaimKind.PRACTICE) or claim.topic == "fora"


def _build_title(claim: Claim, objectives: Mapping[str, str]) -> str:
    if claim.kind is not ClaimKind.ACTION:
        return _(PARAGRAPH_TITLES[claim.topic])
    objective = objectives.get(claim.topic) or _(TOPICS[UNFILED_TOPIC])
    sentence = (
        _("{objective}: achieved") if claim.status is ClaimStatus.ACHIEVED else _("{objective}: under way, to come")
    )
    return sentence.format(objective=objective)
