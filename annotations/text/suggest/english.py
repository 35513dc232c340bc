"""The English cues, as expressions over folded text, which is in small letters."""

_WORD_NUMBER = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    "|eighty|ninety"
    "|hundreds?|thousands?|dozens?"
)
_MONTH = "january|february|march|april|june|july|august|september|october|november|december"
_THING = (
    "fund|body|bodies|mechanism|secretariat|office|panel|agency|framework|standards?|registry|register|network"
    "|cent(?:er|re)"
    "|facility|programme|program|treaty|convention|board|commission|committee|authority|institute|platform"
    "|dialogue|forum"
    "|partnership|observatory|exchange|hub|pool|library|code|rules?|list|scheme|process"
)

ENGLISH: dict[str, tuple[str, ...]] = {
    "number": (rf"\b(?:{_WORD_NUMBER})\b", r"\b\d[\d,.]*\b"),
    "share": (
        r"\d\s*%",
        r"\bper\s?cent\b|\bpercentage\b|\bhalf\b|\b(?:a|one|three)[- ](?:quarter|third|fifth)s?\b|\btwo-thirds\b",
    ),
    "money": (r"[$€£]\s*\d|\b(?:million|billion|trillion)\b|\b(?:us )?dollars?\b|\beuros?\b",),
    "date": (
        r"\b(?:19|20)\d{2}\b",
        rf"\b\d{{1,2}} (?:{_MONTH}|may)\b|\b(?:{_MONTH})\b",
        r"\b(?:last|this|next) (?:year|month|week|spring|autumn|summer|decade)\b|\b(?:yesterday|since|so far"
        r"|by then)\b",
    ),
    "event": (
        r"\b(?:adopted|signed|launched|published|announced|entered into force|took effect|takes effect"
        r"|established|released"
        r"|passed|approved|vetoed|created|founded|rejected|withdrew|joined|hosted|chaired|delayed|postponed"
        r"|repealed|amended"
        r"|issued|agreed|met|opened|closed|convened|set up|began|started|ended|won|lost|sued|fined|banned"
        r"|blocked|enacted"
        r"|revoked|rescinded|introduced|appointed|elected|voted|refused|declined|came into|went into|was held"
        r"|were held|built"
        r"|spent|paid|raised|trained|counted|covered|took part|proposed|negotiated|endorsed|completed|promised"
        r"|pledged)\b",
        r"\b(?:has|have|had) (?:been |already |since |not |never )?\w+(?:ed|en|ne)\b",
        r"\b(?:was|were) (?:\w+ )?\w+ed\b",
    ),
    "compare": (
        r"\b(?:more|less|fewer|higher|lower|larger|smaller|greater|faster|slower|better|worse|longer"
        r"|shorter) than\b",
        r"\b(?:over|under|above|below|at least|at most|up to|as many as|nearly|almost|about|around|roughly"
        r"|compared|only|twice|double)\b",
    ),
    "superlative": (
        r"\b(?:first|largest|biggest|smallest|highest|lowest|most|least|sole|unprecedented|leading|top"
        r"|never before|world's)\b",
    ),
    "trend": (
        r"\b(?:rose|risen|rising|fell|fallen|grew|grown|growing|increas\w+|decreas\w+|doubl\w+|tripl\w+|surg\w+"
        r"|dropp?\w*|widen\w*"
        r"|narrow\w*|declin\w+|shr[aiu]nk\w*|expand\w*|accelerat\w+|slow\w+|trend)\b",
    ),
    "concentration": (
        r"\b(?:account(?:s|ed)? for|dominat\w+|share of|concentrat\w+|monopol\w+|control\w*|own(?:s|ed)?"
        r"|hold(?:s)?|lack\w*|absent|fragment\w+|in the hands)\b",
    ),
    "cause": (
        r"\b(?:caus(?:e|es|ed|ing)|lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|because|due to|driv(?:e|es"
        r"|en|ing)|owing to"
        r"|contribut\w+ to|trigger\w*|prevent\w*|undermin\w+|affect\w*|expos\w+|reduc\w+|enabl\w+|kill)\b",
    ),
    "says": (
        r"\b(?:said|says|state[sd]|note[sd]|argue[sd]|warn(?:s|ed)|claim(?:s|ed|ing)|report(?:s|ed)|f(?:ound"
        r"|inds)|show(?:s|ed|n)"
        r"|declare[sd]|emphasi[sz]e[sd]|stress(?:es|ed)|add(?:s|ed)|told|wrote|writes|estimate[sd]|predict(?:s"
        r"|ed)|according to"
        r"|spoke of|confirm(?:s|ed)|denie[sd]|acknowledge[sd]|suggest(?:s|ed)|conclude[sd]|describe[sd]|lists?"
        r"|counts?|puts?)\b",
    ),
    "document": (
        r"\b(?:report|resolution|declaration|convention|act|index|survey|study|statement|law|bill|statute"
        r"|treaty|compact|order"
        r"|directive|regulation|charter|annex|article|principles|guidelines|strategy|plan)\b",
    ),
    "rule": (
        r"\b(?:deadlines?|thresholds?|penalty|entitle\w*|ratif\w+|jurisdictions?|appl(?:y|ies|ied|icable)"
        r"|requir(?:e|es|ed|ing)|prohibit\w*|ban(?:s|ned)?|cover(?:s)?|fines?|penalt\w+|binding"
        r"|oblig\w+|in force|exempt\w*|enforce\w*|must|shall|may not|duty|duties|voluntary|mandatory|liable"
        r"|takes? effect|provid(?:es|ed) for)\b",
    ),
    "quantifier": (
        r"\b(?:all|none|no|majority|every|few|neither|each|any|never|always|everywhere|nobody|both|mostly"
        r"|worldwide|globally)\b",
    ),
    "predict": (
        r"\b(?:will|would|could|may|might|likely|unlikely|expected|forecast|projected|by 20\d\d|soon|is to"
        r"|are to|going to|due to)\b",
    ),
    "property": (
        r"\b(?:is|are|remains?|consists?|comprises?|includ(?:e|es|ed)|contains?|has|have|mean(?:s)?|define[sd]"
        r"|exists?|rel(?:y|ies)|depend(?:s)?|lacks?|creates?|gives?|sets?|takes?|uses?)\b",
    ),
    "denial": (
        r"\b(?:not|never|nor|neither|cannot|without|failed|fails|refused|did not|does not|no such|no longer)\b",
    ),
    "actor": (
        r"\b(?:united nations|un|eu|european (?:union|commission|parliament)|commission|government\w*|congress"
        r"|parliament|assembly"
        r"|compan(?:y|ies)|china|united states|united kingdom|france|india|japan|korea|brazil|canada|singapore"
        r"|africa\w*|president"
        r"|minister|secretary|senate|house|governor|court|agency|council|committee|institute|university"
        r"|countries|states"
        r"|researchers|experts|firms|developers|providers|regulators?|openai|google|microsoft|meta|nvidia"
        r"|deepmind|anthropic)\b",
    ),
    "must": (r"\b(?:must|shall|ha(?:s|ve) to|ought|cannot afford)\b",),
    "should": (r"\b(?:should|needs? (?:to|an?)|it is time|had better|let us|worth \w+ing)\b",),
    "recommend": (
        r"\b(?:recommend|propos|urg|advocat|suggest|encourag|invit)(?:e|es|ed|ing|s)?\b|\brecommendations?\b"
        r"|\bproposals?\b",
        r"\b(?:call(?:s|ed|ing)? (?:on|for|upon)|ask(?:s|ed)? (?:for|that|you)|we ask|i ask|would help"
        r"|could be asked)\b",
    ),
    "commit": (
        r"\b(?:pledg\w+|commit(?:s|ted|ment|ments)?|plan(?:s|ned)? to|is to|are to|intend\w*|agree(?:s|d)? to"
        r"|promis\w+|aim(?:s|ed)? (?:to|at)|undertak\w+|meant to)\b",
    ),
    "measure": (
        r"^\W*(?:and |then |first |second |third )?(?:to )?(?:establish|create|set up|build|develop|strengthen"
        r"|support|fund|publish|adopt|require|launch"
        r"|share|promote|ensure|provide|open|train|give|make|list|name|test|extend|harmoni[sz]e|introduce|align"
        r"|invest|expand|join)\b",
        r"\b(?:through|by|for|on|in) (?:establish|creat|build|develop|strengthen|support|fund|publish|shar"
        r"|train|pool|expand|harmoni[sz])ing\b",
    ),
    "institution": (
        rf"\b(?:establish|create|set(?:ting)? up|build|found|launch|form|host|open|creat|develop"
        rf"|adopt)(?:e[sd]?|s|ing|ed)?\b.{{0,60}}?\b(?:{_THING})\b",
        rf"\b(?:needs?|want|requires?) an? .{{0,50}}?\b(?:{_THING})\b",
    ),
    "listed": (r"^\W*(?:first|second|third|fourth|finally|one|two|three)[,:.]",),
    "actor_does": (
        r"\b(?:governments?|states?|countries|companies|developers|providers|members|donors|regulators|they"
        r"|we) (?:should|must|need|ought|could|will)\b",
    ),
    "question": (r"\?",),
    "rhetoric": (
        r"\b(?:photo|story|stories|dream|imagine|of course|after all|lesson|perhaps|truth|mirror|poem"
        r"|in other words|journey|future we)\b",
    ),
    "meta": (
        r"\b(?:this (?:article|digest|text|note|paper|page|summary)|see (?:below|above)|in what follows"
        r"|readers?|demonstration|for trackers|reference|quoted?)\b",
    ),
    "aspect": (r"\b(?:already|still|yet|now|increasingly|so far|currently|today|recently|remains?)\b",),
    "subordinate": (
        r"^\W*(?:while|although|though|if|when|as|after|before|unless|until|because|since|with|rather than"
        r"|up from|down from)\b",
    ),
    "pronoun": (r"^\W*(?:it|this|these|those|they|he|she|its|their|such)\b",),
    "result": (r"^\W*(?:and|but|which|so|or|yet|who|whose|where|including)\b",),
    "introduces": (
        r"\b(?:sa(?:id|ys?)|argue[sd]?|warn(?:s|ed)?|claim(?:s|ed|ing)?|show(?:s|ed|n)?|f(?:ound|inds?)"
        r"|report(?:s|ed)?|note[sd]?"
        r"|told \w+|announced?|estimate[sd]?|state[sd]?|stress(?:es|ed)?|add(?:s|ed)|observe[sd]?|conclude[sd]?"
        r"|believe[sd]?|admit\w*)\W*$",
    ),
    "example": (r"\b(?:for example|for instance|such as|e\.g)\b",),
}
