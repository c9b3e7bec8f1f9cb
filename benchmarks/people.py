"""Generated persons of a Welsh register, some of them entered twice.

The distribution follows real registers: a few surnames are very common, many fields are empty, switchboards are shared.
Second records are derived from the person, independently of the rules that search for duplicates: variants, typing
errors and mutations are defined here separately.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

PEOPLE = 2_000
DUPLICATES = 120
COMMON = (
    "Jones 115 Davies 74 Williams 70 Evans 52 Thomas 48 Roberts 34 Hughes 30 Lewis 30 Morgan 28 Griffiths 26 Edwards 24"
    " Owen 20 Smith 20 James 19 Rees 17 Price 16 Morris 16 Phillips 15 Harris 14 Jenkins 14 Lloyd 14 Richards 13"
    " Parry 12 Powell 10 Ellis 9 Bowen 8 Howells 8 Owens 7 Pritchard 7 Pugh 7 Watkins 7 Humphreys 6 Llewellyn 6 Brown 6"
    " Taylor 6 Bevan 6 Matthews 5 Prosser 5 Reynolds 4 Vaughan 5 Beynon 4 Gwyn 3 Wynne 3 Khan 3 Ali 3 Ahmed 3"
)
BEGINNINGS = "Ab Bar Bran Cal Car Cran Dal Der Dun El Far Fen Gar Gil Hal Har Hol Kin Lan Mar Mer Nor Os Pem Pen Ral"
ENDINGS = (
    "bourne bury cott croft dale den don field ford gate ham hurst land leigh ley low man mere more ridge ton well"
)
MIDDLES = ("", "ber", "ing", "er", "ston", "les", "wick", "en")
FIRST = (
    "David John Michael Stephen Robert William Richard Thomas James Christopher Andrew Anthony Peter Philip Gareth"
    " Huw Rhys Owain Dylan Geraint Ieuan Emyr Aled Gwilym Nicholas Daniel Samuel Jeffrey Kenneth Susan Elizabeth"
    " Catherine Margaret Jennifer Patricia Deborah Victoria Rebecca Joanne Sian Bethan Rhian Nia Elin Angharad Mair"
    " Carys Eleri Ffion Lowri Megan Menna Delyth Gwen Sara Helen Claire Alison Karen Julie Amanda Ruth Naomi Fatima"
)
SHORT = {
    "David": "Dave", "Michael": "Mike", "Stephen": "Steve", "Robert": "Rob", "William": "Bill", "Richard": "Rick",
    "Thomas": "Tom", "James": "Jim", "Christopher": "Chris", "Andrew": "Andy", "Anthony": "Tony", "Nicholas": "Nick",
    "Daniel": "Dan", "Samuel": "Sam", "Jeffrey": "Jeff", "Kenneth": "Ken", "Susan": "Sue", "Elizabeth": "Liz",
    "Catherine": "Cathy", "Margaret": "Maggie", "Jennifer": "Jenny", "Patricia": "Pat", "Deborah": "Debbie",
    "Victoria": "Vicky", "Rebecca": "Becky", "Joanne": "Jo",
}  # fmt: skip
SOFT = {"P": "B", "T": "D", "C": "G", "B": "F", "D": "Dd", "M": "F", "G": "", "Ll": "L", "Rh": "R"}
NASAL = {"P": "Mh", "T": "Nh", "C": "Ngh", "B": "M", "D": "N", "G": "Ng"}
ASPIRATE = {"P": "Ph", "T": "Th", "C": "Ch"}
NEIGHBOUR_KEYS = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "p",
    "u": "y",
    "r": "t",
    "t": "y",
    "n": "m",
    "l": "k",
    "s": "d",
    "d": "f",
}
ROLES = [
    f"{level} {field}".strip()
    for level in ("", "Head of", "Deputy Head of", "Regional")
    for field in ("Safeguarding", "Public Protection", "Community Safety", "Housing", "Training", "Licensing", "Health")
]
KINDS = ("typo", "typo", "initial", "initial", "welsh", "employer", "employer", "title", "short", "hyphen")


@dataclass(frozen=True)
class MadePerson:
    """A generated record."""

    first: str
    middle: str
    last: str
    name: str
    employer: int
    email: str = ""
    phone: str = ""
    listed_employer: bool = True
    role: str = ""
    like: int | None = None
    """Number of the record that it duplicates."""


def make_people(seed: int) -> list[MadePerson]:
    """All persons, followed by the second records."""
    dice = random.Random(seed)
    names, weights = COMMON.split()[::2], [int(n) for n in COMMON.split()[1::2]]
    rare = [
        f"{beginning}{middle_part}{ending}"
        for beginning in BEGINNINGS.split()
        for middle_part in MIDDLES
        for ending in ENDINGS.split()
    ]
    people = []
    for _n in range(PEOPLE - DUPLICATES):
        last = dice.choices(names, weights)[0] if dice.random() < 0.55 else dice.choice(rare)
        if dice.random() < 0.03:
            last = f"{last}-{dice.choices(names, weights)[0]}"
        first, middle = dice.choice(FIRST.split()), dice.choice(FIRST.split()) if dice.random() < 0.1 else ""
        people.append(_build_person(dice, first, middle, last, dice.randrange(60)))
    people = _number_addresses(people)
    repeated = dice.sample(range(len(people)), DUPLICATES)
    return people + [_build_second_record(dice, people[n], n) for n in repeated]


def _number_addresses(people: list[MadePerson]) -> list[MadePerson]:
    """Make addresses unique by numbering equal ones, as mail administrators do."""
    taken: dict[str, int] = {}
    numbered = []
    for person in people:
        n = taken[person.email] = taken.get(person.email, 0) + 1
        is_repeated = person.email and not person.email.startswith("info@") and n > 1
        numbered.append(replace(person, email=person.email.replace("@", f"{n}@", 1)) if is_repeated else person)
    return numbered


def _build_person(
    dice: random.Random, first: str, middle: str, last: str, employer: int, mobile: str = "", role: str = ""
) -> MadePerson:
    name = " ".join(part for part in (first, middle, last) if part)
    local = f"{first}.{last}".lower().replace("'", "") if employer % 3 else f"{first[0]}{last}".lower()
    email = f"{local}@body{employer}.example.org" if dice.random() < 0.75 else ""
    if not email and dice.random() < 0.2:
        email = f"info@body{employer}.example.org"
    own_phone = mobile or f"07{dice.randrange(10**9):09}"
    phone = own_phone if dice.random() < 0.45 else f"029 20{employer:02} 0000" if dice.random() < 0.4 else ""
    listed_role = (role or dice.choice(ROLES)) if dice.random() < 0.6 else ""
    return MadePerson(first, middle, last, name, employer, email, phone, dice.random() < 0.9, listed_role)


def _build_second_record(dice: random.Random, person: MadePerson, number: int) -> MadePerson:
    """Second record of a person with one variation, or two in 15 % of the cases."""
    ways = dice.sample(sorted(set(KINDS)), 2) if dice.random() < 0.15 else [dice.choice(KINDS)]
    first, last, employer = person.first, person.last, person.employer
    if "employer" in ways:
        employer = (employer + dice.randrange(1, 60)) % 60
    mobile = person.phone if person.phone.startswith("07") else ""
    role = person.role if "employer" not in ways or dice.random() < 0.5 else ""
    second = _build_person(dice, first, person.middle if dice.random() < 0.5 else "", last, employer, mobile, role)
    if "employer" not in ways and person.email and second.email and dice.random() < 0.8:
        second = replace(second, email=person.email)
    name = second.name
    for way in ways:
        name = _vary_name(dice, way, name, first)
    return replace(second, name=name, like=number)


def _vary_name(dice: random.Random, way: str, name: str, first: str) -> str:
    head, *following = name.split()
    if way == "typo":
        return _add_slip(dice, name)
    if way == "initial":
        return (
            " ".join([f"{head[0]}{dice.choice(('', '.'))}", *following])
            if dice.random() < 0.8
            else f"{following[-1]}, {head[0]}"
        )
    if way == "welsh":
        return " ".join([head, *following[:-1], _mutate_surname(dice, following[-1])])
    if way == "title":
        return f"{dice.choice(('Mr', 'Dr', 'Cllr', 'Prof.', 'Ms', 'Supt', 'Rev'))} {name}"
    if way == "short":
        return " ".join([SHORT.get(head, head.upper()), *following])
    if way == "hyphen":
        return (
            name.replace("-", " ")
            if "-" in name
            else f"{' '.join([head, *following])}-{dice.choice(COMMON.split()[::2])}"
        )
    return name


def _add_slip(dice: random.Random, name: str) -> str:
    """Insert one typing error."""
    position = dice.choice([n for n, letter in enumerate(name) if letter.isalpha()])
    before, letter, after = name[:position], name[position], name[position + 1 :]
    match dice.randrange(4):
        case 0:
            return f"{before}{after}"
        case 1:
            return f"{before}{letter}{letter}{after}"
        case 2 if after and after[0].isalpha():
            return f"{before}{after[0].lower()}{letter.lower()}{after[1:]}".title()
    return f"{before}{NEIGHBOUR_KEYS.get(letter.lower(), 'e')}{after}"


def _mutate_surname(dice: random.Random, last: str) -> str:
    """Surname with a Welsh initial mutation, unchanged if it has none."""
    table = dice.choice((SOFT, SOFT, NASAL, ASPIRATE))
    for length in (2, 1):
        if last[:length] in table:
            return f"{table[last[:length]]}{last[length:]}".capitalize()
    return last
