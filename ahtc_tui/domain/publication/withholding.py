"""Reasons for which a paper of a meeting is withheld: a fixed list, chosen by a person.

The categories are those that published board papers of the Welsh Government name, and exemptions of the Freedom of
Information Act 2000.
"""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, gettext_noop, use_language

BOARD_PAPERS = gettext_noop("Published board papers of the Welsh Government")
"""Basis of a reason other than an exemption under the Act."""


@dataclass(frozen=True, slots=True)
class WithholdingReason:
    """A reason: its key, the subject that is printed, and the section of the Act that is its basis."""

    id: str
    subject: str
    section: str = ""

    @property
    def label(self) -> str:
        """The reason in the current language: "personal data"."""
        return _(self.subject)

    @property
    def basis(self) -> str:
        """The section of the Act, or the practice, in the current language."""
        if self.section:
            return _("Freedom of Information Act 2000, section {section}").format(section=self.section)
        return _(BOARD_PAPERS)

    @property
    def sentence(self) -> str:
        """The sentence that a published document prints in place of the paper."""
        return _("Paper not published as it contains information relating to {subject}.").format(subject=self.label)


REASONS = (
    WithholdingReason("policy", gettext_noop("the formulation or development of government policy"), "35"),
    WithholdingReason("commercial", gettext_noop("commercial interests"), "43"),
    WithholdingReason("finance", gettext_noop("the financial interests of the Welsh Government"), "29"),
    WithholdingReason("performance", gettext_noop("internal performance management")),
    WithholdingReason("confidence", gettext_noop("information given in confidence"), "41"),
    WithholdingReason("personal-data", gettext_noop("personal data"), "40"),
    WithholdingReason("legal", gettext_noop("legal professional privilege"), "42"),
    WithholdingReason("law-enforcement", gettext_noop("law enforcement"), "31"),
    WithholdingReason("investigations", gettext_noop("investigations and proceedings of public authorities"), "30"),
    WithholdingReason("public-affairs", gettext_noop("the effective conduct of public affairs"), "36"),
    WithholdingReason("health-and-safety", gettext_noop("health and safety"), "38"),
    WithholdingReason("security", gettext_noop("national security"), "24"),
    WithholdingReason("international", gettext_noop("international relations"), "27"),
    WithholdingReason("future-publication", gettext_noop("information intended for future publication"), "22"),
)
NOT_PUBLISHED = gettext_noop("Paper not published.")
"""Printed in place of a paper whose reason is not chosen from the list yet."""


def find_reason(reason_id: str) -> WithholdingReason:
    """Return the reason with a key. Raises BadInput, which names the keys."""
    for reason in REASONS:
        if reason.id == reason_id.strip().lower():
            return reason
    sentence = _('There is no reason "{id}". Choose one of: {ids}.')
    raise BadInput(sentence.format(id=reason_id, ids=", ".join(reason.id for reason in REASONS)))


def describe_withholding(reason_id: str | None) -> str:
    """Return what a published document prints of a withheld paper; without a reason, that it is not published."""
    known = next((reason for reason in REASONS if reason.id == reason_id), None)
    return known.sentence if known else _(NOT_PUBLISHED)


def list_reasons() -> list[dict[str, str]]:
    """Return the reasons with key, both languages and basis, for programs."""
    rows = []
    for reason in REASONS:
        with use_language(Language.EN):
            row = {"id": reason.id, "en": reason.label, "basis": reason.basis}
        with use_language(Language.CY):
            rows.append({**row, "cy": reason.label, "basis_cy": reason.basis})
    return rows
