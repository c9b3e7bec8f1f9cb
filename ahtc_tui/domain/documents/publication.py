"""What must be resolved before a document is published."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, choose_printed_text, gettext_noop, ngettext, render_one_line
from ahtc_tui.domain.labelled_enum import LabelledEnum

WITHHOLDING = (
    (r"polic|polis", gettext_noop("the formulation or development of government policy")),
    (r"commerc|masnach", gettext_noop("commercial interests")),
    (r"financ|budget|ariannol|cyllid", gettext_noop("the financial interests of the Welsh Government")),
    (r"performance|perfformiad", gettext_noop("internal performance management")),
    (r"confiden|cyfrinach", gettext_noop("information that was given in confidence")),
    (r"personal|personol", gettext_noop("personal data")),
)
"""Pattern of a typed reason and the words of the Welsh Government for it, as in its published board papers."""

MOST_REASON_WORDS = 4
"""Number of words above which a typed reason is printed unchanged, since it says more than its keyword."""

BEGINNING = re.compile(r"(?:as )?(?:it )?(?:contains )?(?:information )?relat(?:ing|ed) to (?:the )?", re.IGNORECASE)
"""Beginning of a reason that was typed in the words of published board papers."""


class DetailKind(LabelledEnum):
    """Kind of personal detail in a text."""

    NAME = "name", gettext_noop("Name")
    NUMBER = "number", gettext_noop("Number")
    ADDRESS = "address", gettext_noop("Address")


@dataclass(frozen=True, slots=True)
class UnresolvedPlace:
    """A text of a published document with a detail of a person."""

    place: str
    """Number of the paragraph or item, reference, or heading."""
    kind: DetailKind
    words: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        """Return a sentence: "3.4  Name: Gwen, GP: Gwen (GP) thanked the forces"."""
        return f"{self.place}  {self.kind.label}: {', '.join(self.words)}: {self.text}"


class PublicationRefused(Refused):
    """A document that may not be published yet."""

    def __init__(
        self, ref: str, problems: str, places: tuple[UnresolvedPlace, ...], untranslated: tuple[str, ...]
    ) -> None:
        sentence = _(
            "{ref} cannot be published yet: {problems}. --force publishes it anyway, and the history records that."
        )
        super().__init__(sentence.format(ref=ref, problems=problems))
        self.problems = problems
        without_welsh = _("No Welsh text: {words}")
        self.details = (
            *(render_one_line(place.__str__) for place in places),
            *(without_welsh.format(words=words) for words in untranslated),
        )


def describe_withholding(reason: str) -> str:
    """Return why a paper is not published, in the words of published board papers where they cover the reason."""
    subject_words = BEGINNING.sub("", reason.strip(" ."), count=1).casefold()
    is_short = len(reason.split()) <= MOST_REASON_WORDS
    for pattern, subject in WITHHOLDING:
        if subject_words == subject.removeprefix("the ").casefold() or (
            is_short and re.search(pattern, reason, re.IGNORECASE)
        ):
            sentence = _("Paper not published as it contains information relating to {subject}.")
            return sentence.format(subject=_(subject))
    return _("Paper not published: {reason}").format(reason=choose_printed_text(reason, None))


def describe_problems(
    places: tuple[UnresolvedPlace, ...], untranslated: tuple[str, ...] = (), *, is_agreed: bool
) -> str:
    """Return why a document cannot be published yet, such as "3 places to resolve; the minutes are not agreed"."""

    def describe() -> str:
        parts = [ngettext("{n} place to resolve", "{n} places to resolve", len(places))] if places else []
        if untranslated:
            parts.append(ngettext("{n} text without Welsh", "{n} texts without Welsh", len(untranslated)))
        return "; ".join(parts if is_agreed else [*parts, _("the minutes are not agreed")])

    return render_one_line(describe)
