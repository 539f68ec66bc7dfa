"""The words that rules go by, by what they mean. Verbs and nouns are in their base form, in lower case."""

__all__ = [
    "ATTITUDE_VERBS",
    "DENIAL_VERBS",
    "DOCUMENT_NOUNS",
    "DOCUMENT_VERBS",
    "FEMALE_NAMES",
    "GROUP_NOUNS",
    "HEDGES",
    "MALE_NAMES",
    "NO_ANSWER_VERBS",
    "OFFICE_NOUNS",
    "ORGANIZATION_WORDS",
    "OUTLETS",
    "OUTLET_NOUNS",
    "OUTLET_WORDS",
    "PERSON_NOUNS",
    "PLACE_WORDS",
    "ROLE_NOUNS",
    "SPEECH_VERBS",
    "TITLES",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPEECH_VERBS = _words("""
    accuse acknowledge add admit admonish advise advocate affirm allege announce answer applaud argue ask assail
    assert assure attack attest bark bellow bemoan berate blame blast boast boom brag brand calculate call castigate
    caution celebrate chant characterize charge chastise chide cite claim clarify comment complain concede conclude
    concur condemn confess confide confirm contend continue counter criticise criticize cry declare decree decry
    defend demand denounce deny describe detail disclose discuss dismiss dispute dub echo elaborate emphasise
    emphasize encourage endorse enthuse estimate exclaim explain express forecast fume gripe groan grumble guess gush
    hail highlight hint implore imply inform insist instruct interject intone jeer joke label lambast lambaste lament
    lie liken maintain marvel mention moan mock murmur muse mutter note object observe opine order outline plead
    pledge point posit post praise preach predict proclaim profess proffer promise pronounce propose protest question
    quip quote rage rail raise read reaffirm reassert reassure rebuke recall reckon recommend recount refer reflect
    reiterate relate remark remind repeat reply report request respond retort reveal ridicule rip rule say scoff scold
    scream shout shriek sigh signal sing slam snap sneer speak specify speculate stress suggest summarize surmise
    swear talk taunt tell testify theorise theorize thunder tout trumpet tweet underscore unveil urge venture
    volunteer vow warn welcome whine whisper wonder write yell
""")
"""Somebody says, writes or reports."""

DENIAL_VERBS = _words("deny dispute refute rebut reject dismiss disavow")
"""The speaker says that it is not so."""

DOCUMENT_VERBS = _words("""
    show say reveal detail indicate state report list find suggest confirm describe note read contain record
    estimate conclude document outline demonstrate warn
""")
"""A document does this to what stands in it."""

ATTITUDE_VERBS = _words("""
    want believe think hope expect plan intend wish fear worry feel doubt consider support oppose favor favour
    prefer agree disagree aim vow threaten regret suspect view regard aspire
""")
"""Somebody holds the content as an attitude."""

NO_ANSWER_VERBS = _words("respond reply answer comment return decline refuse")

HEDGES = _words("reportedly allegedly apparently supposedly purportedly seemingly presumably ostensibly")
"""Adverbs that keep the writer's distance."""

TITLES = _words("""
    mr mrs ms miss dr prof sir dame lord lady rev reverend hon president vice-president vice mayor governor gov
    senator sen representative rep congressman congresswoman secretary minister chancellor premier judge justice
    attorney general gen colonel col captain capt lieutenant lt sergeant sgt officer detective chief
    superintendent commissioner sheriff alderman ald councilman councilwoman councilor councillor chairman
    chairwoman chair director professor king queen prince princess pope cardinal bishop archbishop father sister
    ambassador speaker deputy spokesman spokeswoman spokesperson ceo coach commander admiral major corporal
    treasurer comptroller prosecutor
""")
"""Words before a name that make it a person's."""

OUTLET_WORDS = _words("""
    weekly times post news herald tribune gazette journal chronicle globe observer guardian telegraph courier
    examiner inquirer bulletin dispatch press sun star mirror magazine wire crusader reader sun-times standard
    register sentinel review mail express broadcasting radio television network today
""")
"""The last word of the name of a newspaper, station or agency."""

OUTLETS = _words("""
    cnn bbc reuters ap afp politico propublica bloomberg breitbart msnbc cnbc npr nbc abc cbs pbs c-span
    buzzfeed vox axios newsweek time fox univision gawker wikileaks muckrock wttw fivethirtyeight slate salon
    huffpost
""")
"""Outlets whose one-word name does not give them away."""

OUTLET_NOUNS = _words(
    "publication newspaper outlet magazine paper station network website site broadcaster weekly daily"
)
"""`the publication` is the outlet that was named last."""

ORGANIZATION_WORDS = _words("""
    department committee council party association university college court agency bureau union institute
    foundation company inc corp corporation llc ltd group commission senate house congress legislature
    parliament ministry office board bank church school hospital fund center centre coalition society federation
    service administration authority campaign caucus league police army navy fbi cia nsa doj epa irs nato un eu
    aclu dnc rnc assembly cabinet organization organisation network alliance project counsel
""")
"""A word, as a rule the last, of the name of an organization."""

PLACE_WORDS = _words("""
    street avenue road square park bridge river lake mountain island county city town village airport airfield station
    harbour harbor port beach valley district region province coast peninsula sea ocean
""")
"""A word, as a rule the last, of the name of a place."""

OFFICE_NOUNS = _words("office campaign administration team cabinet")
"""`Durbin's office`, `her campaign`: bodies that act for one person."""

GROUP_NOUNS = _words("""
    staff staffer aide lawmaker legislator official officer police cop prosecutor lawyer attorney plaintiff
    defendant resident voter activist advocate critic supporter opponent protester demonstrator expert analyst
    economist researcher scientist doctor teacher student worker employee family democrat republican
    conservative liberal politician senator mayor governor alderman councilman juror judge investigator
    detective reporter journalist editor source spokesman spokeswoman spokesperson representative adviser
    advisor bar minister immigrant refugee migrant people leader member strategist candidate delegate soldier
    veteran victim witness neighbor neighbour
""")
"""Nouns for people; in the plural, or as a body, they name a group."""

ROLE_NOUNS = _words("""
    spokesman spokeswoman spokesperson lawyer attorney prosecutor activist analyst economist expert researcher scientist
    adviser advisor aide strategist candidate nominee politician lawmaker businessman businesswoman actor actress singer
    author writer director editor reporter journalist billionaire executive envoy mp veteran farmer teacher nurse
""")
"""Nouns for what somebody is or does, by which one person is spoken of again: `the strategist`."""

PERSON_NOUNS = _words("""
    man woman boy girl person child teenager driver passenger caller suspect gunman inmate prisoner detainee patient
    tenant owner customer bystander pedestrian motorist father mother son daughter brother sister husband wife widow
    boyfriend girlfriend friend colleague neighbor neighbour relative deputy commander sergeant trooper whistleblower
    contractor landlord pastor priest professor student protester
""")
"""Nouns for a person that say neither what somebody does for others nor what role is held."""

DOCUMENT_NOUNS = {
    "email": "email", "e-mail": "email", "mail": "email",
    "spreadsheet": "spreadsheet", "database": "spreadsheet", "dataset": "spreadsheet",
    "report": "report", "analysis": "report", "study": "report", "audit": "report", "review": "report",
    "survey": "report", "poll": "report", "assessment": "report",
    "bill": "legislation", "law": "legislation", "act": "legislation", "ordinance": "legislation",
    "amendment": "legislation", "statute": "legislation", "legislation": "legislation",
    "document": "other", "memo": "other", "memorandum": "other", "letter": "other", "record": "other",
    "filing": "other", "complaint": "other", "indictment": "other", "affidavit": "other", "transcript": "other",
    "contract": "other", "lawsuit": "other", "statement": "other", "tweet": "other", "book": "other",
    "article": "other", "op-ed": "other", "editorial": "other", "text": "other", "message": "other",
}  # fmt: skip
"""Nouns for documents, with the kind that `model.DocumentKind` names."""

FEMALE_NAMES = _words("""
    "" abigail adrian ahmed aisha alan alexandria alexei alfred ali alice allen alvin amanda amelia amy ana andre
    andrea angela angus anita ann anna anne annette antonio arjun arnold arthur ashley astrid ava barbara barry
    bernard betty beverly bob bonnie brad bradley brenda brett byron caleb calvin carl carlos carmen carol carolyn
    catherine cecil cedric chad charlotte chelsea chen cheryl chester chloe christina christine cindy claire clarence
    clifford clyde cody condoleezza connie craig curtis cynthia darius darrell dawn dean deborah derek diana diane
    diego dmitri don donna doris duane duncan dwight earl ebony edith eduardo edwin elena elijah elizabeth ella ellen
    emily emma erica erin ernest esther evelyn fatima felix fernando florence floyd franklin fred gail gavin gene
    gerald gilbert giovanni gladys glenn gloria grace graham greta hannah hans harold harriet harvey hassan heather
    hector helen herbert hillary hiroshi holly hugo ian ibrahim imani ingrid irene isaac isabel isabella isaiah ivan
    ivanka jacqueline jacques jamal jane janet janice javier jean jean-claude jeanne jennifer jessica jill jo joan
    joanne joel josephine joyce juan judith julia julian julie jurgen kamala karen karl katherine kathleen kathy
    keisha kelly kellyanne kenji kim kimberly klaus kurt lance latoya laura lauren leila leo leonard leroy liam
    lillian linda lisa liz lloyd logan loretta lori louie luca lucas lucia lucille lucy luis luke mabel madison
    malcolm malik marco marcus margaret maria marian marie marilyn mario marjorie martha marvin mary mason max megan
    mei melania melissa melvin mia michele michelle miguel mikhail mildred mitchell mohammed molly monica muhammad
    nancy natalie natasha nathaniel neil nicole nigel norma norman olga oliver olivia omar oscar pablo patricia paula
    pauline pedro peggy pete phil phyllis pierre pilar priti priya rachel raj ralph randy ray rebecca reginald ricardo
    rick rita roberto ron rosa rose rosemary ruth sally samantha sandra sanjay sara sarah sergei sharon sheila shirley
    simon sonia sophia stefan stella stephanie stuart suella sunita susan svetlana tamika tammy tatiana ted teresa
    terrence thelma theresa tina tracy trevor tyrone valerie vanessa vera veronica victor victoria vijay vincent
    virginia vivian wallace walt wanda warren wayne wei wendy wesley yasmin yuri yusuf yvonne zoe
""")
MALE_NAMES = _words("""
    james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony
    mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan
    jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank
    patrick raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan
    jeremy walter christian keith roger terry harry ralph sean jesse roy louis billy bruce eugene jordan albert
    barack bill joe mike tim ted bernie mitch newt rudy chris marco jeb rand ben howard dick vladimir boris
    rishi keir bob jim tom dan steve tony greg pat rahm david jerome al jay j.b.
""")
