"""Examples of every command and verb, for their help pages and the man page."""

from __future__ import annotations

EXAMPLES = """
today
actions list
actions list --late --lead AHTC
actions list @bawso is:late OR brag:R
actions show DP-07
actions why DP-07
actions blocked
actions blocked #leadership-group
actions whatif DP-07 +3w
actions views
actions view "My late actions" @ahtc is:late
actions add "Brief the SPOCs" --lead AHTC --due "30 nov 2014"
actions edit DP-07 due="14 feb 2014" reason="The grant came late"
actions edit DP-01,DP-02 lead=AHTC --dry-run
actions update DP-07 "The draft was read." --brag A
actions update DP-07 "The draft was agreed." --edit 1
actions propose DP-07 --evidence "Report, section 4"
actions done DP-07 --on 2014-01-20
actions reopen DP-07
actions merge DP-04 DP-03
actions split DP-07 "Publish the findings"
plan show
plan show 3
plan compare --from 2013-11-01 --to 2014-01-31
plan trend --quarters 4
plan burn-down --months 6
plan timeline
plan counts --by lead
plan versions
plan edit owner=AHTC
plan close delivery-plan --carry "is:continuing OR obj:1"
plan open "Delivery Plan 2014" --from 2014-04-01 --to 2015-03-31
plan version 2 --agreed-on 2014-01-14
plan milestone list
plan milestone add "Training in every force" --objective 3 --due 2014-06-30
plan milestone add "First responders know whom to call" --objective 3
plan milestone edit M-01 due=2014-07-31
plan milestone met M-01 --on 2014-01-20
plan milestone remove M-01
plan aim list
plan aim add "Know how many people are trafficked"
plan aim edit aim-1 text="Know how many people are trafficked in Wales"
plan aim remove aim-1
plan objective add "Work with the third sector" --aims aim-hostile,aim-support
plan objective edit 3 note="Reviewed by the group"
plan objective remove 8
plan since --from 2013-12-01
plan back-plan "Anti-Slavery Day" --on 2014-10-18 --dry-run
meetings list --coming
meetings list #gwent
meetings add --group leadership-group --starts "2014-01-14 10:00" --minutes 90
meetings add --group leadership-group --starts "2014-02-11 10:00" --repeat "monthly on the second Tuesday"
meetings add --group cross-party-group --starts "5 march 2014, 2pm" --venue "Ty Hywel"
meetings show LG-2014-01
meetings edit LG-2014-01 venue="Cathays Park"
meetings edit LG-2014-02 --on 2014-04-08 starts=2pm
meetings edit LG-2014-02 --on 2014-07-08 --following minutes=2h
meetings cancel LG-2014-02 --on 2014-06-10
meetings dates LG-2014-02
meetings occurrence LG-2014-02 2014-03-11
meetings move LG-2014-02 2014-05-13 "15 May 2014, 10am"
meetings answer CPG-2014-01 accept "5 March 2014, 3pm" answer.ics
meetings agenda LG-2014-01
meetings agenda LG-2014-01 --add "Training" --presenter AHTC --minutes 15
meetings template leadership-group --add "Apologies"
meetings papers LG-2014-01 --add "Delivery Plan" --author AHTC
meetings invite LG-2014-01 --area Gwent
meetings forward leadership-group --add "Annual report" --for "march 2014"
meetings interpreter LG-2014-01
meetings welsh-year --year 2014
meetings attend LG-2014-01 bawso present
meetings attend LG-2014-01 "Joyce Watson" deputy --for AHTC
meetings minute LG-2014-01 --item 1 "d: Adopt the pathway."
meetings minute LG-2014-01 --item 1 "a: Circulate the guidance @ahtc due 30 nov 2014"
meetings minute LG-2014-01 --remove 1.2
meetings carry LG-2014-01 --to LG-2014-02
meetings gaps LG-2014-01
meetings publish LG-2014-01
meetings close LG-2014-01 --yes
meetings issue LG-2014-01 --cut circulated
meetings circulate LG-2014-01 drafts --until 2014-02-14
meetings answers LG-2014-01 saved-emails
meetings answered LG-2014-01 jeff-farrar agreed
meetings state LG-2014-01 agreed
meetings amend LG-2014-01 1.1 "Adopt the pathway in all four forces." --reason "The forces asked"
meetings amend LG-2014-01 venue="Ty Hywel" --reason "The venue was wrong"
meetings issue LG-2014-01
meetings issued LG-2014-01
meetings transcript LG-2014-01
meetings compare LG-2014-01 1 2
meetings remove LG-2014-03
decisions list training
decisions add "Adopt the pathway" --group leadership-group --on 2014-01-14
meetings poll leadership-group "Training day" --option "2014-02-12 10:00" --option "2014-02-13 14:00" --out poll
meetings poll-answers POLL-2014-01 saved-emails
meetings poll-answer POLL-2014-01 jeff-farrar 1 yes
meetings poll-choose POLL-2014-01 1 --out chosen
retention --json
retention apply --dry-run
retention hold LG-2014-01 --reason "Request 12"
retention release LG-2014-01
retention history
check-draft --sentences
decisions show D-2013/1
decisions edit D-2013/1 reason="Asked for by the forces"
decisions link D-2013/1 DP-07
decisions remove D-2013/1
areas list --kind region
areas add "Cwm Taf Morgannwg" --name-cy "Cwm Taf Morgannwg" --kind region --part-of wales
areas edit western-bay name="Swansea Bay" name_cy="Bae Abertawe" --from 2030-04-01
areas end dyfed-powys --on 2030-03-31
promises list --to minister-local-government --from "june 2014" --until "june 2014"
promises add "Report on the training" --to minister-local-government --due "end june 2014" --followed-by DP-07
promises show PR-01
promises edit PR-01 status=kept outcome="Reported to the Minister"
promises link PR-01 DP-09
promises remove PR-01 --yes
groups list
groups show leadership-group
groups add "Cwm Taf forum" --kind forum --area "South Wales"
groups edit leadership-group quorum=5
groups rename leadership-group "Strategic group" --from 2014-04-01
groups chair leadership-group AHTC --from 2014-04-01
groups membership leadership-group
groups close forum-gwent --actions-to leadership-group --dry-run
groups terms leadership-group --version 2 --agreed 2014-01-14 --review 2015-01-14
groups seats leadership-group
groups seats leadership-group police -gwent
groups seats --ending-within 90d
groups seat leadership-group bawso --from 2014-01-01 --to 2014-12-31
groups seat-edit leadership-group/bawso deputy="Jeff Farrar" deputy_to=2014-06-30
groups renew leadership-group/bawso --to 2016-03-31
groups unseat leadership-group/bawso --on 2014-03-31
groups matrix --missing
groups map
groups remove cwm-taf-forum
groups ours
groups attendance leadership-group --from 2013-01-01 --to 2013-12-31
contacts list --kind post
contacts list organisation:bawso language:cy
contacts show bawso
contacts add "Survivor support worker" --kind post --organisation bawso
contacts edit bawso email=office@example.org
contacts edit bawso phone+="07700 900123 (mobile)"
contacts rename bawso "Bawso Cymru" --from 2014-04-01
contacts appoint "Joyce Watson" spoc-gwent --from 2014-01-01
contacts vacate spoc-gwent --on 2014-03-31
contacts departing joyce-watson --on 2014-03-31
contacts departing joyce-watson --on 2014-03-31 --to lesley-griffiths --dry-run
contacts engage bawso "The referral pathway" --kind visit --on 2013-11-12 --follow-up "Send the leaflet"
contacts engagements bawso
contacts engagement show E-2013-01
contacts engagement edit E-2013-01 minutes=45 assignee=AHTC
contacts engagement remove E-2013-01
contacts interests --organisation bawso
contacts interest add joyce-watson "Trustee" --organisation bawso --from 2012
contacts interest edit INT-01 to_on=2014-01-31
contacts interest remove INT-01
contacts stale --over 90d
contacts tier bawso 1
contacts tiers 1=30 2=90
contacts lists
contacts list-save cascade organisation:bawso
contacts list-add cascade new-pathways
contacts list-drop cascade new-pathways
contacts list-delete cascade
contacts duplicates
contacts merge shaun-sawyer stephen-chapman --dry-run
contacts reviews
contacts remove survivor-support-worker
contacts subject-access joyce-watson answer.zip
contacts erase joyce-watson --dry-run
practice list
practice matrix
practice show ht-marac
practice set ht-marac Gwent adopted --on 2014-01-14
practice gaps ht-marac
practice add "Multi-agency conference" --lead bawso
practice edit ht-marac lead=bawso
practice session add sio-training --kind training --on 2014-01-21
practice session edit SES-01 title="Training of officers"
practice session list --missing 12m
practice sessions --practice sio-training
evidence list referrals
evidence list --exact
evidence show nrm-wales-2012
evidence add "Referrals from Gwent" --value 7 --unit referrals --period 2012 --source NRM
evidence edit nrm-wales-2012 caveat="Provisional"
evidence revise nrm-wales-2012 35 --source NRM
evidence data-set add "NRM statistics" --tier primary --holder ukhtc --frequency quarterly
evidence data-set edit DS-01 next_due=2014-04-30
evidence page add "Referral pathway" --link https://example.org/pathway --cycle-days 90
evidence page edit WEB-01 owner=AHTC
evidence page reviewed WEB-01 --on 2014-01-20
evidence pages --overdue
recommendations list --without-action
recommendations documents
recommendations show greta-2012
recommendations answer greta-2012 "In place since 2013" --owner AHTC
recommendations add "Train first responders" --document greta-report-2012
recommendations edit greta-2012 owner=AHTC
recommendations link greta-2012 DP-07
recommendations unlink greta-2012 DP-07
recommendations document add "Annual report" --body home-office --published-on 2013-10-18
recommendations document edit greta-report-2012 source="Council of Europe"
commissions list
commissions show celg-4-31-13
commissions stale celg-4-31-13
commissions add "Note for the Minister" --for ahtc --due fri --question "How many referrals?"
commissions edit celg-4-31-13 due=2014-02-14
commissions question celg-4-31-13 --add "What changed in 2013?"
commissions draft celg-4-31-13
commissions paragraph celg-4-31-13 1.2 "The forces were trained."
commissions confirm celg-4-31-13 2.2
commissions publish celg-4-31-13
search referral pathway
history
history DP-07
undo
redo
export actions log.xlsx
export actions late.csv --late --lead AHTC
export invites invitations --meeting LG-2014-01 --method request
export chasers chasers
export returns returns --lead bawso
export deadlines deadlines.ics
export calendars calendars
export cards cards
export contacts contacts.vcf --kind post
export attendance attendance.xlsx --from 2013-01-01 --to 2013-12-31
export plan plan.xlsx
export matrix matrix.xlsx
export evidence evidence.xlsx
export agenda LG-2014-01 agenda.docx
export minutes LG-2014-01 minutes.docx --cut circulated
export after LG-2014-01 after
export note LG-2014-01 note.docx
export signin LG-2014-01 signin.docx
export nameplates LG-2014-01 plates.docx
export letters CPG-2014-01 letters --to "Joyce Watson"
export pack CPG-2014-01 pack
export brief leadership-group brief.docx
export handover AHTC handover.docx
export paper celg-4-31-13 paper.docx
export dashboard dashboard.html
export decisions decisions.xlsx
export transparency meetings.csv --from 2013-10-01 --to 2013-12-31
export highlight highlight.docx --from 2013-12-01
export foi "referral pathway" request.zip --received 2014-01-06
export since changes.docx --from 2013-12-01
export everything office.zip
exports list
exports clear --older-than 90d --dry-run
exports publish dashboard
templates copy
import replies replies.ics
import actions log.xlsx --dry-run
import contacts contacts.vcf
import meetings calendars
import minutes old-minutes.docx --group leadership-group --dry-run
import minutes draft.docx --take clean
import minutes talk.vtt --meeting LG-2014-02
import everything office.zip --workspace restored
welsh queue
welsh export welsh.xlsx
welsh import welsh.xlsx
pack forum.ahtc
open-pack forum.ahtc forum --device "Forum laptop"
backup
backup office.db
backup --list
restore office.db --yes
merge forum.ahtc --dry-run
sync --dry-run
verify forum.ahtc
sync /mnt/share/ahtc --dry-run
hub use postgresql+psycopg://clerk@hub.example.org/ahtc --yes
hub forget
hub setup postgresql+psycopg://clerk@hub.example.org/ahtc
hub show postgresql+psycopg://clerk@hub.example.org/ahtc
hub assign postgresql+psycopg://clerk@hub.example.org/ahtc --laptop Forum --login clerk
conflicts
resolve 3 ours
desk --post AHTC
accessible
serve --port 8080
config list
config get language
config schema
config example
config set language cy
init --reference wales-2013
demo --into trial --no-screen
passphrase set
passphrase change
passphrase remove
passphrase remember
passphrase forget
paths
doctor
check
completion bash
man
"""
"""Commands without `ahtc`, one a line. They run on the Wales 2013 data in this order.

A record that a line names is in the data, or is made by a line above.
"""

MOST_EXAMPLES = 6
"""Largest number of examples of a command with many verbs."""


def list_examples(prog: str) -> list[str]:
    """Return the examples of a command such as "ahtc actions list"; of a command with verbs, the first of each verb."""
    words = prog.split()[1:]
    lines = [line for line in EXAMPLES.split("\n") if line and line.split()[: len(words)] == words]
    first_of_verb = {tuple(line.split()[: len(words) + 1]): line for line in reversed(lines)}
    return lines if len(first_of_verb) <= MOST_EXAMPLES else [*reversed(first_of_verb.values())][:MOST_EXAMPLES]
