"""The filter grammar against a table written by hand: filters that are understood, and filters that are refused."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.grammar import read_filter
from ahtc_tui.domain.filters.model import Filter, FilterNoun, Term, join_arguments
from ahtc_tui.domain.filters.text_match import build_text_test

TODAY = date(2014, 1, 28)
"""A Tuesday."""

ACTIONS = """
training => words=training
training police => words=training, words=police
"human trafficking" => words=human trafficking
"human trafficking" conference => words=human trafficking, words=conference
'human trafficking' => words=human trafficking
Women's Aid => words=Women's, words=Aid
dyfed-powys => words=dyfed-powys
R & D => words=R, words=D
"nonsense:thing" => words=nonsense:thing
"AND" OR "OR" => words=AND | words=OR
https://example.org => words=https://example.org
10:30 => words=10:30
LG-2013-03/07 => words=LG-2013-03/07
50% => words=50%
Siân => words=Siân
due diligence => words=due, words=diligence
overdue => words=overdue
or => words=or
training or police => words=training, words=or, words=police
training AND police => words=training, words=police
-training => -words=training
-"human trafficking" => -words=human trafficking
-2013 => -words=2013
training -police => words=training, -words=police
– training => words=training
@ahtc => lead=ahtc
@AHTC => lead=AHTC
@- => lead=-
-@- => -lead=-
-@bawso => -lead=bawso
lead:bawso => lead=bawso
LEAD:bawso => lead=bawso
lead:- => lead=-
lead:"South Wales Police" => lead=South Wales Police
-lead:"South Wales Police" => -lead=South Wales Police
"lead:South Wales Police" => lead=South Wales Police
@"South Wales Police" => lead=South Wales Police
@spoc gwent => lead=spoc, words=gwent
@spoc @gwent => lead=spoc, lead=gwent
#gwent => group=gwent
#- => group=-
-#gwent => -group=gwent
group:gwent => group=gwent
group:"Leadership Group" => group=Leadership Group
group:- => group=-
obj:1 => obj=1
obj:- => obj=-
OBJ:2 => obj=2
objective:3 => obj=3
obj:2. => obj=2.
-obj:2 => -obj=2
status:planned => status=planned
status:in_progress => status=in_progress
status:in-progress => status=in_progress
status:"in progress" => status=in_progress
status:Continuing => status=continuing
status:on_hold => status=on_hold
status:"Proposed complete" => status=proposed_complete
status:done => status=done
status:cancelled => status=cancelled
-status:on_hold => -status=on_hold
brag:R => brag=R
brag:r => brag=R
brag:red => brag=R
brag:Amber => brag=A
brag:G => brag=G
brag:blue => brag=B
brag:- => brag=-
-brag:R => -brag=R
support:bawso => support=bawso
support:- => support=-
-support:bawso => -support=bawso
is:open => is=open
is:closed => is=closed
is:late => is=late
IS:LATE => is=late
is:continuing => is=continuing
is:blocked => is=blocked
-is:late => -is=late
!late => is=late
!LATE => is=late
!open => is=open
!closed => is=closed
!all => is=all
!continuing => is=continuing
!blocked => is=blocked
!done => status=done
!cancelled => status=cancelled
!planned => status=planned
!progress => status=in_progress
!hold => status=on_hold
!proposed => status=proposed_complete
!red => brag=R
!amber => brag=A
!green => brag=G
!blue => brag=B
-!late => -is=late
due<30 nov 2013 => due=< 2013-11-30
due<30 nov => due=< 2014-11-30
due<30 nov training => due=< 2014-11-30, words=training
training due<30 nov police => words=training, due=< 2014-11-30, words=police
due <30 nov => due=< 2014-11-30
due < 30 nov => due=< 2014-11-30
due <= 30 nov 2013 => due=< 2013-12-01
due>30 nov 2013 => due=> 2013-11-30
due>=1/2/2014 => due=> 2014-01-31
due<fri => due=< 2014-01-31
due<fri training => due=< 2014-01-31, words=training
due<+2w => due=< 2014-02-11
due<end of march 2014 => due=< 2014-03-31
due<2014 => due=< 2014-12-31
due<2014-03 => due=< 2014-03-31
due<diwedd mis Mawrth 2014 => due=< 2014-03-31
due<1 mawrth 2014 @ahtc => due=< 2014-03-01, lead=ahtc
due>1 nov 2013 due<30 nov 2013 => due=> 2013-11-01, due=< 2013-11-30
"due<30 nov 2013" => due=< 2013-11-30
-due<30 nov 2013 => -due=< 2013-11-30
due<30 nov 2013 OR @ahtc => due=< 2013-11-30 | lead=ahtc
raised>1 jan 2014 => raised=> 2014-01-01
closed>=1 jan 2014 training => closed=> 2013-12-31, words=training
worse>1 jan 2014 => worse=> 2014-01-01
updated<1 jan 2014 OR updated>fri => updated=< 2014-01-01 | updated=> 2014-01-31
slips>2 => slips=>2
slips >= 2 training => slips=>1, words=training
slips<=0 => slips=<1
slips>2 since 2014 training => slips=>2 2014-01-01, words=training
-slips>2 since 1 feb 2014 => -slips=>2 2014-02-01
class:health => class=health
area:"North Wales" raised>2012 => area=North Wales, raised=> 2012-12-31
training OR police => words=training | words=police
@ahtc OR @- => lead=ahtc | lead=-
@ahtc training OR @bawso -police => lead=ahtc, words=training | lead=bawso, -words=police
a OR b OR c => words=a | words=b | words=c
@ahtc #gwent obj:1 status:planned brag:A is:late => lead=ahtc, group=gwent, obj=1, status=planned, brag=A, is=late
"""

CONTACTS = """
police => words=police
kind:person => kind=person
kind:Post => kind=post
kind:organisation police => kind=organisation, words=police
organisation:bawso => organisation=bawso
org:"Gwent Police" => organisation=Gwent Police
org:'Gwent Police' => organisation='Gwent, words=Police'
area:Gwent => area=Gwent
area:"North Wales" => area=North Wales
"area:North Wales" police => area=North Wales, words=police
'area:North Wales' police => area=North Wales, words=police
#leadership => group=leadership
group:leadership-group kind:person => group=leadership-group, kind=person
group:- => group=-
language:cy => language=cy
language:Welsh => language=cy
language:- => language=-
-language:cy => -language=cy
+cascade => list=cascade
+cascade_list police => list=cascade_list, words=police
list:cascade => list=cascade
list:"Cascade list" => list=Cascade list
-+cascade => words=-+cascade
police OR language:cy => words=police | language=cy
class:"health board" attended<1 jan 2014 => class=health board, attended=< 2014-01-01
attended>=fri => attended=> 2014-01-30
"""

REFUSED = """
actions | !foo | "!foo" is not a condition
actions | !!late | "!!late" is not a condition
actions | !lat | Did you mean !late?
actions | ! | "!" is not a condition
actions | training !foo | "!foo"
actions | -!foo | "!foo"
actions | nonsense:thing | "nonsense:" is not a condition
actions | led:bawso | Did you mean lead:?
actions | stauts:done | Did you mean status:?
actions | grop:gwent | Did you mean group:?
actions | foo: | "foo:"
actions | foo<3 | "foo<3"
actions | overdue<30 | "overdue<30"
actions | due:30 | "due:" is not a condition
actions | due< | "due<" needs a date
actions | due<= | "due<=" needs a date
actions | due > | "due>" needs a date
actions | due<blah | "due<blah" needs a date
actions | due<blah training | "due<blah"
actions | due<asap | "due<asap"
actions | due<soon | "due<soon"
actions | due<in due course | "due<in"
actions | due<@ahtc | "due<@ahtc" needs a date
actions | due< @ahtc | "due<@ahtc"
actions | due<30 feb 2014 | 30 February 2014 does not exist
actions | due<30/13/2013 | There is no month 13
actions | due<nov 13 | may be a day or a year
actions | due<3 | "due<3" needs a date
actions | due<30 n | "due<30"
actions | status:don | Did you mean status:done?
actions | status:finished | "status:finished" is not a condition
actions | status: | "status:" needs a value
actions | status:- | Every record has a value in this field
actions | -status:nope | "status:nope"
actions | brag:pink | "brag:pink" is not a condition
actions | brag:X | "brag:X"
actions | brag: | "brag:" needs a value
actions | is:lat | Did you mean is:late?
actions | is:red | "is:red" is not a condition
actions | is:all | "is:all"
actions | is: | "is:" needs a value
actions | is:- | Every record has a value
actions | @ | "@" needs a value, like @bawso
actions | # | "#" needs a value, like #gwent
actions | lead: | "lead:" needs a value
actions | group: | "group:" needs a value
actions | obj: | "obj:" needs a value
actions | support: | "support:" needs a value
actions | OR | OR needs a condition on both sides
actions | training OR | OR needs a condition on both sides
actions | OR training | OR needs a condition on both sides
actions | a OR OR b | OR needs a condition on both sides
actions | a OR – | OR needs a condition on both sides
actions | (a OR b) c | Brackets are not part of a filter
actions | NOT training | Enter a minus before the word
actions | "training | A quotation mark is not closed
actions | lead:"South Wales | A quotation mark is not closed
actions | lead=bawso | "lead=" is not a condition. Did you mean lead:?
actions | due=5 feb 2014 | "due=" is not a condition. Did you mean due
actions | nonsense=thing | "nonsense=" is not a condition
actions | --late | "--late" is not a condition
contacts | kind=person | "kind=" is not a condition. Did you mean kind:?
actions | – | has no word to search for
actions | & | has no word to search for
actions | kind:post | "kind:" filters contacts, not actions
commissions | area:Gwent | not commissions. Here you can filter by words, is:, due<, due>, closed<, closed>
actions | slips>two | "slips>two" needs a number, like slips>2
actions | slips> | "slips>" needs a number
actions | slips>-1 | "slips>-1" needs a number
actions | slips>99999999 | needs a number
actions | slips>2 since | needs a date after "since"
actions | slips>2 since training | needs a date after "since"
actions | slip>2 | Did you mean slips>?
actions | raised>soon | "raised>soon" needs a date, like raised>30 nov 2013
actions | worse<1 jan 2014 | Did you mean worse>?
actions | slips:2 | "slips:" is not a condition
contacts | slips>2 | "slips" filters actions, not contacts. Here you can filter by words
meetings | attended<fri | "attended" filters contacts, seats, not meetings
decisions | class:health | "class:" filters actions, contacts, seats, recommendations, not decisions
actions | organisation:bawso | "organisation:" filters contacts, seats, not actions
actions | org:bawso | "org:" filters contacts, seats, not actions
actions | language:cy | "language:" filters contacts, not actions
actions | +cascade | "+" filters contacts, not actions
actions | list:cascade | "list:" filters contacts, not actions
contacts | @ahtc | "@" filters actions, groups, practices, recommendations, not contacts
contacts | lead:ahtc | "lead:" filters actions, groups, practices, recommendations, not contacts
contacts | obj:1 | "obj:" filters actions, recommendations, not contacts
contacts | is:late | "is:" filters actions, decisions, groups, recommendations, commissions, promises, not contacts
contacts | !late | "!" filters actions, decisions, groups, recommendations, commissions, promises, not contacts
contacts | due<fri | "due" filters actions, commissions, promises, not contacts
contacts | status:done | "status:" filters actions, not contacts
contacts | kind:robot | "kind:robot" is not a condition
contacts | kind:group | "kind:group" is not a condition
contacts | language:fr | "language:fr" is not a condition
contacts | languag:cy | Did you mean language:?
contacts | area:- | Every record has a value
contacts | area: | "area:" needs a value
contacts | + | "+" needs a value
contacts | area:"x | A quotation mark is not closed
meetings | @ahtc | "@" filters actions, groups, practices, recommendations, not meetings
meetings | language:cy | "language:" filters contacts, not meetings
meetings | status:held | "status:" filters actions, not meetings
meetings | grou:x | Did you mean group:?
decisions | is:late | "is:late" filters actions, commissions, promises, not decisions
decisions | x:y | "x:" is not a condition
records | #gwent | "#" filters actions, contacts, meetings, decisions, groups, seats, not these records
records | @ahtc | "@" filters actions, groups, practices, recommendations, not these records
records | nonsense:thing | This list takes words
records | a OR | OR needs a condition on both sides
"""


def show_filter(parsed: Filter) -> str:
    """Return a filter as the tables above show it."""
    return " | ".join(", ".join(map(show_term, terms)) for terms in parsed.alternatives)


def show_term(term: Term) -> str:
    number = "" if term.number is None else term.number
    return f"{'-' * term.negated}{term.kind}={term.value}{number}{f' {term.day}' if term.day else ''}"


def read_rows(table: str, separator: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split(separator, 2)) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), read_rows(ACTIONS, " => "))
def test_a_filter_of_actions_is_read(text: str, expected: str) -> None:
    assert show_filter(read_filter(text, FilterNoun.ACTIONS, TODAY)) == expected


@pytest.mark.parametrize(("text", "expected"), read_rows(CONTACTS, " => "))
def test_a_filter_of_contacts_is_read(text: str, expected: str) -> None:
    assert show_filter(read_filter(text, FilterNoun.CONTACTS, TODAY)) == expected


@pytest.mark.parametrize(("noun", "text", "sentence"), read_rows(REFUSED, " | "))
def test_what_is_not_understood_is_named(noun: str, text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_filter(text, FilterNoun(noun), TODAY)
    assert sentence in str(refusal.value)


def test_at_least_two_hundred_filters_are_tried() -> None:
    assert len(read_rows(ACTIONS, " => ") + read_rows(CONTACTS, " => ") + read_rows(REFUSED, " | ")) >= 200


def test_no_text_selects_every_record() -> None:
    assert read_filter("", FilterNoun.ACTIONS) == read_filter("  ", FilterNoun.RECORDS) == Filter()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["training", "@ahtc"], "training @ahtc"),
        (["training @ahtc due<30 nov"], "training @ahtc due<30 nov"),
        (["area:North Wales", "kind:person"], 'area:"North Wales" kind:person'),
        (["-lead:South Wales Police"], '-lead:"South Wales Police"'),
        (["lead:ahtc is:late"], "lead:ahtc is:late"),
        (["ardal:Gogledd Cymru"], 'ardal:"Gogledd Cymru"'),
        (["grŵp:grŵp arwain", "yw:hwyr"], 'grŵp:"grŵp arwain" yw:hwyr'),
        (['lead:"South Wales Police"'], 'lead:"South Wales Police"'),
    ],
)
def test_arguments_of_a_command_are_joined_to_one_text(arguments: list[str], text: str) -> None:
    assert join_arguments(arguments) == text


def test_words_match_a_text_outside_the_database() -> None:
    def matches(text: str) -> bool:
        return build_text_test(text)("Siân to brief the Gwent Police")

    assert matches("sian police")
    assert matches('"gwent police" OR bawso')
    assert not matches('"police gwent"')
    assert not matches("sian -police")
    assert matches("-bawso")
