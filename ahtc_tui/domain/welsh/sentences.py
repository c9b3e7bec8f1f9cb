"""Welsh of the longer words that files say by themselves: titles, counts, notes, letters. Never a heading."""

from __future__ import annotations

SENTENCES = {
    "Secretariat, Wales Anti Human Trafficking Leadership Group": (
        "Ysgrifenyddiaeth, Grŵp Arwain Atal Masnachu mewn Pobl Cymru"
    ),
    "Wales Anti Human Trafficking Leadership Group: action log": (
        "Grŵp Arwain Atal Masnachu mewn Pobl Cymru: cofnod gweithredu"
    ),
    "Contacts of the Wales Anti Human Trafficking Co-ordinator": (
        "Cysylltiadau Cydgysylltydd Atal Masnachu mewn Pobl Cymru"
    ),
    "Complete: delivered, and closed by the group.": "Cyflawn: cyflawnwyd, a chaewyd gan y grŵp.",
    "Off track: past its date, or it will not be delivered unless something changes.": (
        "Oddi ar y trywydd: wedi mynd heibio ei ddyddiad, neu ni chaiff ei gyflawni oni bai bod rhywbeth yn newid."
    ),
    "At risk: slipping or held up, with a way back that the lead can name.": (
        "Mewn perygl: yn llithro neu wedi'i ddal yn ôl, gyda ffordd yn ôl y gall yr arweinydd ei henwi."
    ),
    "On track: within its dates, and nothing known that stops it.": (
        "Ar y trywydd iawn: o fewn ei ddyddiadau, a dim yn hysbys sy'n ei atal."
    ),
    "wording of this desk, not agreed by the group": "geiriad y ddesg hon, heb ei gytuno gan y grŵp",
    "{count} actions": "{count} cam gweithredu",
    "as at {day}": "ar {day}",
    "Page {page} of {pages}": "Tudalen {page} o {pages}",
    "filter: {words}": "hidlydd: {words}",
    "Rating by objective": "Sgôr fesul amcan",
    "Actions opened and closed by month": "Camau gweithredu a agorwyd ac a gaewyd fesul mis",
    "Choose one of the values in the list.": "Dewiswch un o'r gwerthoedd yn y rhestr.",
    "This name is not in the list. Keep it all the same?": "Nid yw'r enw hwn yn y rhestr. Ei gadw serch hynny?",
    "… (cut: the full text is in the record)": "… (torrwyd: mae'r testun llawn yn y cofnod)",
    "{days} late": "{days} yn hwyr",
    "{days} d late": "{days} d yn hwyr",
    "{days} days late": "{days} diwrnod yn hwyr",
    "{n} days late": "{n} diwrnod yn hwyr",
    "1 day late": "1 diwrnod yn hwyr",
    "in {days} days": "ymhen {days} diwrnod",
    "Delivery Plan return: {lead}": "Ffurflen y Cynllun Cyflawni: {lead}",
    "actions without a lead": "camau gweithredu heb arweinydd",
    "Please fill in the tinted columns, leave the rest as it is, and send the workbook back.": (
        "Llenwch y colofnau lliw, gadewch y gweddill fel y mae, ac anfonwch y llyfr gwaith yn ôl."
    ),
    "What has been done since the last update, in a line or two.": (
        "Beth sydd wedi'i wneud ers y diweddariad diwethaf, mewn llinell neu ddwy."
    ),
    "Blue: complete. Red: off track. Amber: at risk. Green: on track.": (
        "Glas: cyflawn. Coch: oddi ar y trywydd. Ambr: mewn perygl. Gwyrdd: ar y trywydd iawn."
    ),
    "Choose from the list. Proposed complete asks the group to close it.": (
        "Dewiswch o'r rhestr. Mae \"Cynnig ei gau\" yn gofyn i'r grŵp ei gau."
    ),
    "Only if the due date cannot be met: the date that can.": (
        "Dim ond os na ellir cadw at y dyddiad: y dyddiad y gellir."
    ),
    "your return on the Delivery Plan, as at {day}": "eich ffurflen ar y Cynllun Cyflawni, ar {day}",
    "Dear colleague,": "Annwyl gydweithiwr,",
    "Dear {name},": "Annwyl {name},",
    "The open actions with {lead} are in the workbook with this note, as they stood on {day}: {refs}.": (
        "Mae'r camau gweithredu agored sydd gyda {lead} yn y llyfr gwaith gyda'r nodyn hwn, fel yr oeddent ar {day}:"
        " {refs}."
    ),
    "Please fill in the tinted columns: what has been done, the rating, the status, and a date if it must move.": (
        "Llenwch y colofnau lliw: beth sydd wedi'i wneud, y sgôr, y statws, a dyddiad os oes rhaid iddo symud."
    ),
    "What is unchanged may stay as it is. Then send the workbook back.": (
        "Gall yr hyn sydd heb newid aros fel y mae. Yna anfonwch y llyfr gwaith yn ôl."
    ),
    "Please leave out whatever would tell who a victim or a suspect is.": (
        "Peidiwch â chynnwys dim a fyddai'n dangos pwy yw dioddefwr neu rywun dan amheuaeth."
    ),
    "With thanks,": "Gyda diolch,",
    "With thanks": "Gyda diolch",
    "1 action": "1 cam gweithredu",
    "{n} actions": "{n} cam gweithredu",
    "You are invited to this meeting.": "Fe'ch gwahoddir i'r cyfarfod hwn.",
    "Objective {number}": "Amcan {number}",
    "{marking}. {n} contacts as at {day}": "{marking}. {n} cyswllt ar {day}",
    "{marking}. {n} decisions as at {day}": "{marking}. {n} penderfyniad ar {day}",
    "In post: {name}": "Yn y swydd: {name}",
    "owner: {name}": "perchennog: {name}",
    "version {name}": "fersiwn {name}",
    "agreed {day}": "cytunwyd {day}",
    "Milestone: {title}": "Carreg filltir: {title}",
    "met {day}": "cyrhaeddwyd {day}",
    "No objective ({n} actions)": "Dim amcan ({n} cam gweithredu)",
    "{n} without a day on which they were raised": "{n} heb ddiwrnod codi",
    "{n} closed on no known day": "{n} wedi'u cau ar ddiwrnod anhysbys",
    "{n} rated on no known day": "{n} wedi'u sgorio ar ddiwrnod anhysbys",
    "{n} raised on no known day": "{n} wedi'u codi ar ddiwrnod anhysbys",
    "In every period: {what}.": "Ym mhob cyfnod: {what}.",
    "Not counted: {what}.": "Heb eu cyfrif: {what}.",
    "{first} to {last} {year}": "{first} i {last} {year}",
    "{first} to {last}": "{first} i {last}",
    "Rating at the end of each quarter": "Sgôr ar ddiwedd pob chwarter",
    "Open actions by month": "Camau gweithredu agored fesul mis",
    "What is open, by date (as at {day})": "Yr hyn sydd ar agor, fesul dyddiad (ar {day})",
    "No date: {n}": "Dim dyddiad: {n}",
    "continuing, review {day}": "parhaus, adolygu {day}",
    "Good practice by place: the cascade": "Arfer da fesul lle: y rhaeadr",
    "{n} authorities": "{n} awdurdod",
    "{signs} of {all}": "{signs} o {all}",
    "{adopted} of {said}": "{adopted} o {said}",
    "{value} of {whole}": "{value} o {whole}",
    "over {value}": "dros {value}",
    "a count under {limit}": "cyfrif o dan {limit}",
    "Evidence: figures with their sources": "Tystiolaeth: ffigurau gyda'u ffynonellau",
    "A seat was there if its holder or a deputy sat in it. Of: meetings with attendance, not called off.": (
        "Roedd sedd yno os oedd ei deiliad neu ddirprwy ynddi. O: cyfarfodydd â phresenoldeb, heb eu canslo."
    ),
    "A person was there only in person. Who came only as a deputy stands below, of no meeting.": (
        "Dim ond wyneb yn wyneb yr oedd person yno. Mae pwy a ddaeth yn ddirprwy yn unig isod, heb gyfarfod."
    ),
    "to {day}": "hyd {day}",
    "from {day}": "o {day}",
    "until {day}": "tan {day}",
    "{name} (as a deputy)": "{name} (yn ddirprwy)",
    "{n} overdue": "{n} yn hwyr",
    "{n} due by {day}": "{n} erbyn {day}",
    "{n} agreed": "{n} wedi'u cytuno",
    "{n} to review": "{n} i'w hadolygu",
    "Your actions": "Eich camau gweithredu",
    "These actions are with {lead} as at {day}. Would you tell us how each stands?": (
        "Mae'r camau gweithredu hyn gyda {lead} ar {day}. A wnewch ddweud wrthym sut mae pob un yn sefyll?"
    ),
    "These actions are with you as at {day}. Would you tell us how each stands?": (
        "Mae'r camau gweithredu hyn gyda chi ar {day}. A wnewch ddweud wrthym sut mae pob un yn sefyll?"
    ),
    "Due: {words} ({days}).": "Erbyn: {words} ({days}).",
    "Due: {words}.": "Erbyn: {words}.",
    "Review due: {day}.": "Adolygu erbyn: {day}.",
    "No date was agreed.": "Ni chytunwyd ar ddyddiad.",
    "Last update ({day}): {words}": "Diweddariad diwethaf ({day}): {words}",
    "Last update: none so far.": "Diweddariad diwethaf: dim hyd yma.",
    "Due by {day}": "Erbyn {day}",
    "Agreed at the meeting": "Cytunwyd yn y cyfarfod",
    "Continuing duties to review": "Dyletswyddau parhaus i'w hadolygu",
    "A line for each is enough. If a date cannot be met, please say which can, and what is in the way.": (
        "Mae llinell i bob un yn ddigon. Os na ellir cadw at ddyddiad, dywedwch pa un y gellir, a beth sy'n rhwystro."
    ),
    "Brief: {group}": "Briff: {group}",
    "What we promised": "Yr hyn a addawyd gennym",
    "Nothing that is open.": "Dim sydd ar agor.",
    "Open actions of others for the group": "Camau gweithredu agored eraill i'r grŵp",
    "No meeting is recorded.": "Nid oes cyfarfod wedi'i gofnodi.",
    "No figures for its area.": "Dim ffigurau i'w ardal.",
    "Who else sits ({n})": "Pwy arall sy'n eistedd ({n})",
    "held by {name}": "deiliad: {name}",
    "with {names}": "gyda {names}",
    "on behalf of {name}": "ar ran {name}",
    "Why we sit there": "Pam yr ydym yn eistedd yno",
    "no attendance recorded": "dim presenoldeb wedi'i gofnodi",
    "{n} of {all} meetings": "{n} o {all} cyfarfod",
    "last there: {day}": "yno ddiwethaf: {day}",
    "and {n} more lines": "a {n} llinell arall",
    "Hand-over: {post}": "Trosglwyddo: {post}",
    "to review: {title}": "i'w adolygu: {title}",
    "due: {title}": "erbyn: {title}",
    "meeting: {title}": "cyfarfod: {title}",
    "Seats ({n})": "Seddi ({n})",
    "No dates are known.": "Nid oes dyddiadau'n hysbys.",
    "To decide: held in person, not through the post": "I'w benderfynu: yn bersonol, nid drwy'r swydd",
    "Closed: keeps the name": "Caewyd: yn cadw'r enw",
    "{led}, {open} not done ({continuing} continuing), {closed} closed, {seats}": (
        "{led}, {open} heb eu gwneud ({continuing} yn barhaus), {closed} wedi'u cau, {seats}"
    ),
    "1 action led": "1 cam gweithredu dan arweiniad",
    "{n} actions led": "{n} cam gweithredu dan arweiniad",
    "1 seat": "1 sedd",
    "{n} seats": "{n} sedd",
    "Since {title}, {day}": "Ers {title}, {day}",
    "Since {day}": "Ers {day}",
    "{n} added": "{n} wedi'u hychwanegu",
    "{n} closed": "{n} wedi'u cau",
    "{n} slipped": "{n} wedi llithro",
    "1 BRAG move": "1 newid BRAG",
    "{n} BRAG moves": "{n} newid BRAG",
    "1 move of confidence": "1 newid hyder",
    "{n} moves of confidence": "{n} newid hyder",
    "1 update": "1 diweddariad",
    "{n} updates": "{n} diweddariad",
    "{open}, {late} late": "{open}, {late} yn hwyr",
    "No update on open actions": "Dim diweddariad ar gamau gweithredu agored",
    "Every open action was spoken of.": "Soniwyd am bob cam gweithredu agored.",
    "{runs} runs   {maybe} some time in   {exact} by this day   {about} by the end of it   {now} today": (
        "{runs} yn rhedeg   {maybe} rywbryd yn   {exact} erbyn y diwrnod hwn   {about} erbyn ei ddiwedd   {now} heddiw"
    ),
    "Contacts in the register without an address: {n} of {all}": (
        "Cysylltiadau yn y gofrestr heb gyfeiriad: {n} o {all}"
    ),
    "Notice, with the open actions": "Hysbysiad, gyda'r camau gweithredu agored",
    "Papers go out": "Anfon y papurau",
    "Draft minutes to the chair": "Cofnodion drafft i'r cadeirydd",
    "Final minutes": "Cofnodion terfynol",
    "In this folder": "Yn y ffolder hwn",
    "What it holds": "Beth sydd ynddo",
    "Invited, but no address: {n} of {all}": "Gwahoddwyd, ond heb gyfeiriad: {n} o {all}",
    "No earlier minutes": "Dim cofnodion cynharach",
    "Nobody.": "Neb.",
    "Dates, in Welsh working days": "Dyddiadau, mewn diwrnodau gwaith Cymru",
    "Still to be seen to": "Ar ôl i'w wneud",
    "Seats that name a class, and nobody to write to": "Seddi sy'n enwi dosbarth, heb neb i ysgrifennu ato",
    "{n} items on the agenda": "{n} eitem ar yr agenda",
    "{n} actions not done, by objective and then by lead": (
        "{n} cam gweithredu heb ei wneud, fesul amcan ac yna arweinydd"
    ),
    "not done, by objective and then by lead": "heb eu gwneud, fesul amcan ac yna arweinydd",
    "all actions of {body}": "holl gamau gweithredu {body}",
    "Matters arising: {refs}": "Materion yn codi: {refs}",
    "due {day}": "erbyn {day}",
    "Minutes of {ref}": "Cofnodion {ref}",
    "({minutes} min)": "({minutes} mun)",
    "and {n} more": "a {n} arall",
    "used ({n} sources)": "defnyddir ({n} ffynhonnell)",
    "yes: {reason}. Never add them.": "ie: {reason}. Peidiwch byth â'u hadio.",
    "no: {taken} is. Never add them.": "na: {taken} a ddefnyddir. Peidiwch byth â'u hadio.",
    "its parts are kept with it": "cedwir ei rannau gydag ef",
    "it was entered first": "fe'i cofnodwyd yn gyntaf",
    "{periods}: the source that is used, of several.": "{periods}: y ffynhonnell a ddefnyddir, o sawl un.",
    "{title}. Caveat: {words}": "{title}. Rhybudd: {words}",
}
