"""Evidence that two records are one person, in bits: names, e-mail, telephone, employer, role."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ahtc_tui.domain.contacts.duplicates import ComparedContact, RegisterCounts, SlipCounter
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.welsh_mutations import is_mutation

VARIANT_BITS = 3.3
"""Bits lost where a name is a variant (typing error, short form, initial), each in about one of ten duplicates."""
BOTH_ESTABLISHED_BITS = 4.0
"""Further bits lost where both spellings occur in the register: Owen and Owens are two names."""
DIFFERENT_NAME_BITS = -9.0
"""Bits against where first names or surnames differ."""
REVERSED_NAME_BITS = 4.0
"""Bits lost where first name and surname are exchanged."""
DOUBLE_SURNAME_BITS = 1.0
LONG_NAME = 8
"""Length from which a name may hold two typing errors."""
RARE_SLIP_BITS = 3.0
"""Bits lost for a second typing error or one in the first letter, which are rare."""
USUAL_SLIP_BITS = 1.0
"""Bits gained where a letter is missing, doubled or swapped: different names have another letter instead."""
TWO_MOBILES_BITS = -2.5
"""Bits against where the records have two mobile numbers."""
OWN_MAILBOX_BITS = 8.0
"""Further bits of a shared mailbox that is named after the person."""
SHARED_MAILBOXES = frozenset(
    ("info", "admin", "office", "enquiries", "contact", "post", "mail", "secretary", "ymholiadau")
)
"""Mailboxes of offices, not of persons."""

SHORT_FORMS = (
    "stephen steven steve ste", "david dave dai dafydd dewi", "michael mike mick", "jeffrey jeff geoffrey geoff",
    "robert rob bob bobby", "william will bill billy wil gwilym", "richard rick dick rich", "thomas tom tommy tomos",
    "james jim jimmy jamie iago", "john jon johnny jack ioan ieuan sion", "elizabeth liz beth betty lizzie",
    "catherine katherine kathryn cath kate kathy katie cathy catrin", "margaret maggie meg peggy mared",
    "christopher chris", "christine chris chrissie", "susan sue suzanne", "jennifer jen jenny", "andrew andy drew",
    "anthony tony antony", "patricia pat trish tricia", "patrick pat paddy", "edward ed ted eddie", "peter pete",
    "alexander alex", "alexandra alex sandra", "nicholas nick nic", "nicola nicky nic", "matthew matt",
    "daniel dan danny", "samuel sam", "samantha sam", "benjamin ben", "gregory greg", "kenneth ken",
    "philip phil phillip", "rebecca becky becca", "victoria vicky tori", "deborah debbie deb", "kimberley kim",
    "joseph joe", "joanne jo joanna", "timothy tim", "gwendolen gwen", "gareth gaz", "rhiannon rhi", "ronald ron",
    "donald don", "leonard len", "raymond ray", "frederick fred", "charles charlie", "pamela pam", "judith judy jude",
    "angharad haf", "bethan beth", "elin ellen", "sian shan jane", "hywel howell", "rhys rees reece", "lewis louis",
)  # fmt: skip
"""Variants of first names in English and Welsh."""
NAME_FAMILIES = {
    name: frozenset(number for number, names in enumerate(SHORT_FORMS) if name in names.split())
    for name in " ".join(SHORT_FORMS).split()
}
"""First name to the numbers of the entries of `SHORT_FORMS` that contain it."""


@dataclass
class Evidence:
    """Sum of the evidence for and against a duplicate, with reasons."""

    bits: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, bits: float, reason: str = "") -> None:
        """Add bits, and a reason unless it is empty."""
        self.bits += bits
        if reason:
            self.reasons.append(reason)


def score_people(left: ComparedContact, right: ComparedContact, counts: RegisterCounts, slips: SlipCounter) -> Evidence:
    """Return the evidence that two records are one person; the best pair of their names counts."""
    comparisons = [
        _compare_names(left_name, right_name, counts, slips) for left_name in left.names for right_name in right.names
    ]
    evidence = max(comparisons, key=lambda comparison: comparison.bits)
    _compare_addresses(evidence, left, right, counts, slips)
    _compare_telephones(evidence, left, right, counts)
    _compare_employers(evidence, left, right, counts)
    if left.role and right.role:
        is_same = left.role == right.role
        evidence.add(
            counts.compute_rarity_bits(counts.role[left.role]) - 1 if is_same else -1.0,
            _("same role") if is_same else "",
        )
    return evidence


def _compare_names(
    left_name: tuple[str, ...], right_name: tuple[str, ...], counts: RegisterCounts, slips: SlipCounter
) -> Evidence:
    same_order = _compare_in_order(left_name, right_name, counts, slips)
    if len(left_name) > 1 and len(right_name) > 1 and left_name[-1] != right_name[-1]:
        reversed_order = _compare_in_order(left_name, (right_name[-1], *right_name[1:-1], right_name[0]), counts, slips)
        if reversed_order.bits - REVERSED_NAME_BITS > same_order.bits:
            reversed_order.add(-REVERSED_NAME_BITS, _("first name and surname reversed"))
            return reversed_order
    return same_order


def _compare_in_order(
    left_name: tuple[str, ...], right_name: tuple[str, ...], counts: RegisterCounts, slips: SlipCounter
) -> Evidence:
    evidence = Evidence()
    _compare_surnames(evidence, left_name, right_name, counts, slips)
    if len(left_name) > 1 and len(right_name) > 1:
        _compare_first_names(evidence, left_name[0], right_name[0], counts, slips)
        _compare_middle_names(evidence, left_name[1:-1], right_name[1:-1])
    return evidence


def _compare_surnames(
    evidence: Evidence,
    left_name: tuple[str, ...],
    right_name: tuple[str, ...],
    counts: RegisterCounts,
    slips: SlipCounter,
) -> None:
    left_surname, right_surname = left_name[-1], right_name[-1]
    bits, established_bits = _weigh_variant(left_surname, right_surname, counts.last, counts)
    if left_surname == right_surname:
        evidence.add(counts.compute_rarity_bits(counts.last[left_surname]), _("same surname"))
    elif is_mutation(left_surname, right_surname):
        evidence.add(bits - established_bits, _("surname with another first letter"))
    elif _is_slip(left_surname, right_surname, slips):
        slip_bits = (
            RARE_SLIP_BITS
            if left_surname[0] != right_surname[0] or slips(left_surname, right_surname) > 1
            else -_weigh_usual_slip(left_surname, right_surname)
        )
        evidence.add(bits - established_bits - slip_bits, _("similar surname"))
    elif (
        part := _find_shared_part(left_surname, right_name) or _find_shared_part(right_surname, left_name)
    ) is not None:
        part_bits = counts.compute_rarity_bits(counts.part[part]) - VARIANT_BITS - DOUBLE_SURNAME_BITS
        evidence.add(part_bits, _("one surname contains the other"))
    else:
        evidence.add(DIFFERENT_NAME_BITS)


def _find_shared_part(name: str, words: tuple[str, ...]) -> str | None:
    """Return the part of a double-barrelled name that equals the other surname, or None."""
    return words[-1] if "-" in name and words[-1] in name.split("-") else None


def _weigh_variant(
    left_word: str, right_word: str, name_counts: Counter[str], counts: RegisterCounts
) -> tuple[float, float]:
    """Return the bits for two variants of a name by the rarer one, and those to subtract where both are known."""
    fewest = min(name_counts[left_word], name_counts[right_word])
    return counts.compute_rarity_bits(fewest) - VARIANT_BITS, BOTH_ESTABLISHED_BITS if fewest > 1 else 0.0


def _compare_first_names(
    evidence: Evidence, left_first: str, right_first: str, counts: RegisterCounts, slips: SlipCounter
) -> None:
    bits, established_bits = _weigh_variant(left_first, right_first, counts.first, counts)
    if left_first == right_first and len(left_first) > 1:
        evidence.add(counts.compute_rarity_bits(counts.first[left_first]), _("same first name"))
    elif 1 in (len(left_first), len(right_first)):
        if left_first[0] == right_first[0]:
            evidence.add(bits, _("an initial for the first name"))
        else:
            evidence.add(DIFFERENT_NAME_BITS, "")
    elif NAME_FAMILIES.get(left_first, frozenset()) & NAME_FAMILIES.get(right_first, frozenset()):
        evidence.add(bits, _("first name in another form"))
    elif is_mutation(left_first, right_first):
        evidence.add(bits - established_bits, _("first name with another first letter"))
    elif _is_slip(left_first, right_first, slips):
        evidence.add(bits - established_bits + _weigh_usual_slip(left_first, right_first), _("similar first name"))
    else:
        evidence.add(DIFFERENT_NAME_BITS)


def _compare_middle_names(evidence: Evidence, left_names: tuple[str, ...], right_names: tuple[str, ...]) -> None:
    """Compare middle names only where both records have one."""
    if not (left_names and right_names):
        return
    if left_names[0] == right_names[0] and len(left_names[0]) > 1:
        evidence.add(4.0, _("same middle name"))
    elif left_names[0][0] != right_names[0][0]:
        evidence.add(-4.0, _("other middle names"))


def _is_slip(left_word: str, right_word: str, slips: SlipCounter) -> bool:
    """Return whether two words differ by one typing error, long words by at most two."""
    shorter, longer = sorted((len(left_word), len(right_word)))
    return shorter >= 2 and longer >= 3 and slips(left_word, right_word) <= (2 if shorter >= LONG_NAME else 1)


def _weigh_usual_slip(left_word: str, right_word: str) -> float:
    return USUAL_SLIP_BITS if len(left_word) != len(right_word) or sorted(left_word) == sorted(right_word) else 0.0


def _compare_addresses(
    evidence: Evidence, left: ComparedContact, right: ComparedContact, counts: RegisterCounts, slips: SlipCounter
) -> None:
    if not (left.email and right.email):
        return
    (left_mailbox, left_domain), (right_mailbox, right_domain) = (
        contact.email.rpartition("@")[::2] for contact in (left, right)
    )
    if left.email == right.email:
        bits = counts.compute_rarity_bits(counts.email[left.email]) + (
            OWN_MAILBOX_BITS if _is_named_after(left_mailbox, left) else 0.0
        )
        evidence.add(0.0 if left_mailbox in SHARED_MAILBOXES else bits, _("same email"))
    elif SHARED_MAILBOXES & {left_mailbox, right_mailbox}:
        return
    elif left_domain != right_domain:
        evidence.add(
            3.0 if left_mailbox == right_mailbox and not _is_named_after(left_mailbox, left) else 0.0,
            _("same name before the @") if left_mailbox == right_mailbox else "",
        )
    elif left_mailbox.rstrip("0123456789") == right_mailbox.rstrip("0123456789"):
        evidence.add(-6.0, _("numbered addresses at the same place"))
    elif len(left_mailbox) >= LONG_NAME and slips(left_mailbox, right_mailbox) == 1:
        evidence.add(3.0, _("similar email"))
    else:
        evidence.add(-2.0 if left_mailbox[0] == right_mailbox[0] else -4.0, _("two addresses at the same place"))


def _is_named_after(mailbox: str, contact: ComparedContact) -> bool:
    return any(word in mailbox for words in contact.names for word in words if len(word) > 2)


def _compare_telephones(
    evidence: Evidence, left: ComparedContact, right: ComparedContact, counts: RegisterCounts
) -> None:
    if not (left.phone and right.phone):
        return
    if left.phone != right.phone:
        evidence.add(TWO_MOBILES_BITS if left.mobile and right.mobile else -0.5)
    elif counts.phone[left.phone] > 3 and left.organisation == right.organisation:
        evidence.add(0.0, _("same switchboard"))
    else:
        evidence.add(counts.compute_rarity_bits(counts.phone[left.phone]) - 1, _("same telephone"))


def _compare_employers(
    evidence: Evidence, left: ComparedContact, right: ComparedContact, counts: RegisterCounts
) -> None:
    """Compare employers; a shared address implies the employer and leaves little more evidence."""
    if not (left.organisation and right.organisation):
        return
    if left.organisation != right.organisation:
        evidence.add(-2.0, _("another organisation"))
    elif left.email and left.email == right.email:
        evidence.add(0.5, _("same organisation"))
    else:
        evidence.add(counts.compute_rarity_bits(counts.organisation[left.organisation]), _("same organisation"))
