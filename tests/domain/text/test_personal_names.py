"""Family names with particles."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.text.personal_names import split_personal_name


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Siân Wyn", "Siân", "Wyn"),
        ("Siân Mair Wyn", "Siân Mair", "Wyn"),
        ("Rhys ap Gwilym", "Rhys", "ap Gwilym"),
        ("Rhys Ap Gwilym", "Rhys", "Ap Gwilym"),
        ("Ioan ab Owain", "Ioan", "ab Owain"),
        ("Gwen ferch Dafydd ap Rhys", "Gwen", "ferch Dafydd ap Rhys"),
        ("Nest verch Ifan", "Nest", "verch Ifan"),
        ("Anna Mair van der Berg", "Anna Mair", "van der Berg"),
        ("Maria de la Cruz", "Maria", "de la Cruz"),
        ("Ann Mc Carthy", "Ann", "Mc Carthy"),
        ("Ann McCarthy", "Ann", "McCarthy"),
        ("Mary Di Jones", "Mary Di", "Jones"),
        ("Van Morgan", "Van", "Morgan"),
        ("Bawso", "", "Bawso"),
        ("", "", ""),
    ],
)
def test_particles_belong_to_the_family_name(name: str, given: str, family: str) -> None:
    assert split_personal_name(name) == (given, family)
