"""Whether two records may be one person: name, address, telephone, employer, each weighed. Never reads or writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ahtc_tui.domain.contacts.duplicates import Crowd, Person, Slips
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.welsh_mutations import mutated

OTHERWISE = 3.3
"""Bits that a name loses where it is written otherwise (a slip, a short form, an initial): about one second record of
ten is, in each of these ways."""
ESTABLISHED = 4.0
"""Bits more where both spellings are names that others here bear as well: Owen and Owens are two names."""
OTHER = -9.0
"""Bits against, where first names or surnames are simply others."""
TURNED = 4.0
"""Bits that a name loses where first name and surname have changed places."""
DOUBLE = 1.0
LONG = 8
"""Letters from which a name may hold two slips."""
RARELY = 3.0
"""Bits that a second slip takes, or one in the first letter: few slips are such."""
USUAL = 1.0
"""Bits more where a letter is missing, doubled or swapped: names that are two differ by another letter in its place."""
TWO_MOBILES = -2.5
"""Bits against, where each of two carries a telephone of their own: few people have two, or a new one."""
OWN_MAILBOX = 8.0
"""Bits more that one mailbox says where it is named after the person."""
ANYBODY = frozenset(("info", "admin", "office", "enquiries", "contact", "post", "mail", "secretary", "ymholiadau"))
"""Addresses that say nothing of a person."""

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
"""How first names are shortened or written otherwise, in English and Welsh."""
FAMILIES: dict[str, set[int]] = {}
for _n, _line in enumerate(SHORT_FORMS):
    for _name in _line.split():
        FAMILIES.setdefault(_name, set()).add(_n)


@dataclass
class Evidence:
    """What speaks for and against."""

    bits: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, bits: float, reason: str = "") -> None:
        """One more thing."""
        self.bits += bits
        if reason:
            self.reasons.append(reason)


def weigh_people(one: Person, other: Person, crowd: Crowd, slips: Slips) -> Evidence:
    """All that is known of two people, in bits."""
    named = [_names(mine, theirs, crowd, slips) for mine in one.names for theirs in other.names]
    evidence = max(named, key=lambda found: found.bits)
    _address(evidence, one, other, crowd, slips)
    _telephone(evidence, one, other, crowd)
    _employer(evidence, one, other, crowd)
    if one.role and other.role:
        same = one.role == other.role
        evidence.add(crowd.rarity(crowd.role[one.role]) - 1 if same else -1.0, _("same role") if same else "")
    return evidence


def _names(mine: tuple[str, ...], theirs: tuple[str, ...], crowd: Crowd, slips: Slips) -> Evidence:
    straight = _in_order(mine, theirs, crowd, slips)
    if len(mine) > 1 and len(theirs) > 1 and mine[-1] != theirs[-1]:
        turned = _in_order(mine, (theirs[-1], *theirs[1:-1], theirs[0]), crowd, slips)
        if turned.bits - TURNED > straight.bits:
            turned.add(-TURNED, _("names the other way round"))
            return turned
    return straight


def _in_order(mine: tuple[str, ...], theirs: tuple[str, ...], crowd: Crowd, slips: Slips) -> Evidence:
    evidence = Evidence()
    _surname(evidence, mine, theirs, crowd, slips)
    if len(mine) > 1 and len(theirs) > 1:
        _first_name(evidence, mine[0], theirs[0], crowd, slips)
        _middle(evidence, mine[1:-1], theirs[1:-1])
    return evidence


def _surname(
    evidence: Evidence, my_words: tuple[str, ...], their_words: tuple[str, ...], crowd: Crowd, slips: Slips
) -> None:
    mine, theirs = my_words[-1], their_words[-1]
    rarer, both = _written_otherwise(mine, theirs, crowd.last, crowd)
    if mine == theirs:
        evidence.add(crowd.rarity(crowd.last[mine]), _("same surname"))
    elif mutated(mine, theirs):
        evidence.add(rarer - both, _("surname with its first letter changed"))
    elif _slip(mine, theirs, slips):
        seldom = RARELY if mine[0] != theirs[0] or slips(mine, theirs) > 1 else -_usual(mine, theirs)
        evidence.add(rarer - both - seldom, _("surname nearly the same"))
    elif (part := _double(mine, their_words) or _double(theirs, my_words)) is not None:
        shared = crowd.rarity(crowd.part[part]) - OTHERWISE - DOUBLE
        evidence.add(shared, _("one surname is a part of the other"))
    else:
        evidence.add(OTHER)


def _double(name: str, words: tuple[str, ...]) -> str | None:
    """The part of a double name that is the other surname; None where there is none."""
    return words[-1] if "-" in name and words[-1] in name.split("-") else None


def _written_otherwise(mine: str, theirs: str, counts: Counter[str], crowd: Crowd) -> tuple[float, float]:
    """Bits that two forms of one name say: by how rare the rarer form is; and bits less where both are established."""
    fewest = min(counts[mine], counts[theirs])
    return crowd.rarity(fewest) - OTHERWISE, ESTABLISHED if fewest > 1 else 0.0


def _first_name(evidence: Evidence, mine: str, theirs: str, crowd: Crowd, slips: Slips) -> None:
    rarer, both = _written_otherwise(mine, theirs, crowd.first, crowd)
    if mine == theirs and len(mine) > 1:
        evidence.add(crowd.rarity(crowd.first[mine]), _("same first name"))
    elif 1 in (len(mine), len(theirs)):
        same = mine[0] == theirs[0]
        evidence.add(rarer if same else OTHER, _("an initial for the first name") if same else "")
    elif FAMILIES.get(mine, set()) & FAMILIES.get(theirs, set()):
        evidence.add(rarer, _("first name in another form"))
    elif mutated(mine, theirs):
        evidence.add(rarer - both, _("first name with its first letter changed"))
    elif _slip(mine, theirs, slips):
        evidence.add(rarer - both + _usual(mine, theirs), _("first name nearly the same"))
    else:
        evidence.add(OTHER)


def _middle(evidence: Evidence, mine: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    """Middle names are often left out; where both have them, they tell people apart."""
    if not (mine and theirs):
        return
    if mine[0] == theirs[0] and len(mine[0]) > 1:
        evidence.add(4.0, _("same middle name"))
    elif mine[0][0] != theirs[0][0]:
        evidence.add(-4.0, _("other middle names"))


def _slip(mine: str, theirs: str, slips: Slips) -> bool:
    """Whether two words differ by a slip; long ones by two."""
    shorter, longer = sorted((len(mine), len(theirs)))
    return shorter >= 2 and longer >= 3 and slips(mine, theirs) <= (2 if shorter >= LONG else 1)


def _usual(mine: str, theirs: str) -> float:
    return USUAL if len(mine) != len(theirs) or sorted(mine) == sorted(theirs) else 0.0


def _address(evidence: Evidence, one: Person, other: Person, crowd: Crowd, slips: Slips) -> None:
    if not (one.email and other.email):
        return
    (mine, at), (theirs, elsewhere) = (each.email.rpartition("@")[::2] for each in (one, other))
    if one.email == other.email:
        bits = crowd.rarity(crowd.email[one.email]) + (OWN_MAILBOX if _named_after(mine, one) else 0.0)
        evidence.add(0.0 if mine in ANYBODY else bits, _("same e-mail"))
    elif ANYBODY & {mine, theirs}:
        return
    elif at != elsewhere:
        evidence.add(
            3.0 if mine == theirs and not _named_after(mine, one) else 0.0,
            _("same name before the @") if mine == theirs else "",
        )
    elif mine.rstrip("0123456789") == theirs.rstrip("0123456789"):
        evidence.add(-6.0, _("numbered addresses at one place"))
    elif len(mine) >= LONG and slips(mine, theirs) == 1:
        evidence.add(3.0, _("e-mail nearly the same"))
    else:
        evidence.add(-2.0 if mine[0] == theirs[0] else -4.0, _("two addresses at one place"))


def _named_after(mailbox: str, one: Person) -> bool:
    return any(word in mailbox for words in one.names for word in words if len(word) > 2)


def _telephone(evidence: Evidence, one: Person, other: Person, crowd: Crowd) -> None:
    if not (one.phone and other.phone):
        return
    if one.phone != other.phone:
        evidence.add(TWO_MOBILES if one.mobile and other.mobile else -0.5)
    elif crowd.phone[one.phone] > 3 and one.organisation == other.organisation:
        evidence.add(0.0, _("same switchboard"))
    else:
        evidence.add(crowd.rarity(crowd.phone[one.phone]) - 1, _("same telephone"))


def _employer(evidence: Evidence, one: Person, other: Person, crowd: Crowd) -> None:
    """The same address says already that it is the same employer."""
    if not (one.organisation and other.organisation):
        return
    if one.organisation != other.organisation:
        evidence.add(-2.0, _("another organisation"))
    elif one.email and one.email == other.email:
        evidence.add(0.5, _("same organisation"))
    else:
        evidence.add(crowd.rarity(crowd.organisation[one.organisation]), _("same organisation"))
