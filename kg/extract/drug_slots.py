"""What stands before and behind names of drugs: patterns for `kg.extract.context_names`."""

from __future__ import annotations

from typing import Final

from kg.extract.drug_codes import DRUG_NOUN
from kg.extract.firm_words import LEGAL_FORM, ORGANIZATION_TAIL
from kg.extract.patterns import Pattern

#: Words between a slot and the name: "designation to *its lead product candidate* D-Fi", "*inhaled* danavorix".
_ITS: Final = (
    r"(?:(?:the\s+)?(?:[Cc]ompany['’]s|[A-Z]\w+['’]s|its|our|an?|the)\s+(?:[a-z][\w/-]*\s+){0,3}?)?"
    r"(?:either\s+|single-agent\s+|oral\s+|intravenous\s+|subcutaneous\s+|inhaled\s+)?"
    rf"(?:(?:[a-z][\w/-]*,?\s+){{0,5}}?(?:{DRUG_NOUN}|program(?:me)?),?\s+)?"
)
_DOSE: Final = r"\d[\d.,]*\s?(?:mg|mcg|[µμ]g|IU|MBq|GBq)(?:/(?:kg|m2|m²|mL|day))?"
_KNOWN_AS: Final = r"\s?[®™]?\s*(?:\([^()]{2,60}\))?"
#: Before a name: what only drugs have or undergo.
ONLY_BEFORE: Final = Pattern(
    r"\b(?:(?:[Dd]esignations?|[Ss]tatus)\s+(?:\([\w\s-]{2,20}\)\s+)?(?:to|for|on|of)"
    r"|(?:IND|CTA|s?NDA|s?BLA|MAA|[Aa]pplications?|Notice\s+of\s+Compliance)\)?\s+(?:for|of)"
    r"|(?:[Aa]pprovals?|[Rr]egistration|[Ll]aunch)\s+(?:of|for)"
    r"|(?:[Tt]rials?|(?<!\bto )[Ss]tud(?:y|ies))\s+(?:\([^()]*\)\s+)?(?:of|with|evaluating|investigating|testing"
    r"|assessing|comparing)"
    r"|[Pp]hase\s+[\w/]+\s+(?:[\w-]+\s+){0,3}?(?:data|results)\s+(?:of|for|on|with|from)"
    r"|(?:[Tt]reated|[Tt]reatment|dosed|[Dd]osing)\s+with|[Dd]osing\s+of|[Rr]oyalt(?:y|ies)\s+(?:on|from)"
    r"|(?:[Dd]oses?|[Aa]dministration|[Ee]fficacy|[Tt]olerability|[Pp]harmacokinetics)\s+of"
    r"|(?:[Nn]et\s+|product\s+)?[Ss]ales\s+of|[Pp]rescriptions\s+(?:of|for)"
    r"|(?:product|drug|lead|clinical|vaccine|therapeutic|investigational|development)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:candidates?|assets?|compounds?|drugs?|medicines?|products?),?(?:\s+(?:is|called|named))?)"
    rf"\s+{_ITS}$|{_DOSE} (?:of\s+)?$|(?:\b[Ii]ts|\b[Oo]ur|['’]s)\s+(?:[\w-]+\s+){{0,5}}?{DRUG_NOUN},\s+$"
)
#: Before a name: what makes a code that of a drug, and may be said of other things than drugs.
CODED_BEFORE: Final = Pattern(
    r"\b(?:(?:[Aa]pprove[ds]?|[Rr]egister(?:ed|s)|[Aa]uthori[sz]e[ds]|[Cc]lear(?:ed|s)|[Oo]kay(?:ed|s)"
    r"|licen[sc]ed(?!\s\S+['’]s))(?:\s+for\s+(?:marketing|sale))?"
    r"|(?:[Aa]pproval|[Aa]uthori[sz]ation|[Rr]egistration|[Cc]learance)\s+(?:of|for|to)"
    r"|(?:[Ii]ndication|[Ll]abel|[Rr]eview|[Ll]etter|[Oo]pinion)\s+(?:of|for)|[Oo]pinion\s+on|to\s+designate"
    r"|(?:FDA|EMA|MHRA|EC|NMPA|PMDA|MHLW|CHMP|TGA|Commission|Canada)\s+(?:[Rr]ejects|[Gg]rants|[Bb]acks"
    r"|[Rr]ecommends|[Oo]Ks)"
    r"|[Dd]esignations?\s+to\s+(?:[A-Z][\w,.]*\s+){1,4}?(?:[A-Z][\w.]*)['’]s?\s+(?:\([A-Za-z ]+:\s?\w+\))?"
    r"|(?:therapy|injected|infused|vaccinated|immuni[sz]ed)\s+with"
    r"|[Rr]oyalt(?:y|ies)\s+for|[Ss]ales\s+(?:from|for)|(?:medicine|brand|product)\s+is|compar(?:es?|ed|ing)"
    r"|(?:[Pp]ipeline|[Pp]ortfolio|[Ff]ranchise)\s+(?:[\w-]+\s+){0,3}?(?:headed|led|anchored)\s+by"
    r"|(?:product|drug|lead|clinical|vaccine|therapeutic|investigational|development)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:therap(?:y|ies)|vaccines?|program(?:me)?s?)(?:,|:)?(?:\s+(?:called|named))?"
    r"|(?:is|are|company)\s+(?:currently\s+)?(?:developing|evaluating|advancing)"
    r"|(?:[Cc]ommerciali[sz]ation|rights)\s+(?:of|to)"
    rf")\s+{_ITS}$"
)
#: Before a name: what may be said of other things too.
MAY_BE_BEFORE: Final = Pattern(
    r"\b(?:(?:data|results)\s+(?:of|for|on|with|from)|approved|registered|authori[sz]ed|launch(?:ed|es)?|markets|sells"
    r"|files?|filed|filing|submit(?:s|ted|ting)?|reject(?:s|ed)|refused|withdrew|receiv(?:ed?|es|ing)|taking"
    r"|(?:safety|effects?|infusions?|injections?|[Dd]evelopment|[Uu]se|[Pp]otential|[Ss]upply|evaluation|potency)\s+of"
    r"|patients\s+on|(?:evaluat|investigat|compar|advanc)(?:es?|ed|ing)|study(?:ing)?|studied|develop(?:ing|s)?"
    r"|nominated|selected|rights\s+(?:in|for)|licen[sc](?:e|es|ed|ing)(?:\s+for)?|acquired"
    r"|patents?\s+(?:covering|on|for|protecting)"
    rf"|randomi[sz]ed\s+to|combination\s+of|versus|plus|{DRUG_NOUN},?)\s+{_ITS}$|[A-Za-z]['’]s\s+$"
)
#: Before a name in capitals: what is told of drugs.
TOLD_OF: Final = Pattern(
    r"\b(?:(?:data|results)\s+(?:on|with|supporting)|launch(?:ed|es)?|markets|sells|sale\s+of|rights\s+(?:to|in)"
    r"|licen[sc](?:e|es|ed|ing)(?:\s+for)?|patents?(?:\s+[\w-]+){0,4}\s+(?:covering|on|for|protecting)|nominated|selected"
    r"|[Dd]evelop(?:ing|s|ment\s+of)|[Cc]ommerciali[sz](?:e|ing|ation\s+of)|effects?\s+of|webcast\s+on"
    rf"|(?:[Mm]ost\s+advanced|[Ll]ead\s+\w+|candidate|program(?:me)?)\s+is)\s+{_ITS}$|[A-Za-z]'s\s+(?:\([^()]{{3,40}}\)\s+)?$"
    r"|^\W*$"
)
#: Around a name (at "\0"): "granted *X* Orphan Drug designation".
GIVEN_TITLE: Final = Pattern(
    r"\b(?:granted|awarded|designated|admitted|accepted)\s+\0\s?[®™]?\s(?:\([^()]{2,60}\)\s)?(?:an?\s+)?"
    r"(?:[Oo]rphan|[Ff]ast|[Bb]reakthrough|PRIME|RMAT|Innovation|[Rr]are|[Pp]riority|SAKIGAKE|as\s+an?\s|(?:in)?to\s)"
)
#: Behind a name: that it is a drug, its dose.
ONLY_BEHIND: Final = Pattern(
    rf"{_KNOWN_AS}(?:,|\s+is)\s+(?:an?|its|our|the\s+[Cc]ompany['’]s|[A-Z]\w+['’]s)\s+"
    r"(?:(?!that\b|which\b|of\b|for\b|in\b|to\b|by\b|on\b|with\b|trial\b|study\b|company\b|target\b|platform\b|firm\b)"
    r"(?:[\w/'-]|\([\w-]+\))+,?\s+){0,8}?"
    rf"{DRUG_NOUN}(?=\s+(?:for|that|in|with|to|being|designed|which|candidate|against|used|approved|indicated|of|given)\b"
    rf"|[,.;(]|\s\()|\s?[®™]?,? \(?{_DOSE}(?![\w/])|-treated\b"
)
#: Behind a name with a capital or a digit: in which form it is sold.
SOLD_AS: Final = Pattern(
    r"\s?[®™]?\s+(?:(?:oral|nasal|prolonged-release|extended-release|film-coated|dispersible|chewable|subcutaneous"
    r"|intravenous|topical)\s+)?(?:tablets?|capsules?|solution|injections?|spray|syrup|cream|gel|ointment|inhaler"
    r"|suspension|monotherapy|infusions?|sachets?)\b"
)
#: Behind a name in small letters: "the olivantrep NDA".
FILED: Final = Pattern(r"\s+(?:s?NDA|s?BLA|MAA|IND|CTA)\b")
#: Behind a name: what makes a code that of a drug, and may be said of other things than drugs.
CODED_BEHIND: Final = Pattern(
    rf"{_KNOWN_AS}\s+(?:vaccines?|candidate|[A-Z][A-Z0-9-]{{1,6}}\s+program(?:me)?|for\s+the\s+(?:treatment|prevention)"
    r"|in\s+combination\s+with|versus\s+placebo"
    r"|(?:was|is|were|has\s+been)\s+(?:generally\s+)?(?:safe|well[- ]\s*tolerated)"
    r"|(?:has\s+|have\s+|had\s+|was\s+|been\s+)*(?:granted|received|awarded|obtained|won)\s+(?:[\w.,-]+\s+){0,7}?"
    r"(?:[Dd]esignations?|[Aa]pproval|[Ss]tatus|[Aa]uthori[sz]ation|[Oo]pinion|[Cc]learance)"
    r"|(?:holds|has|had|have|carries|enjoys)\s+(?:both\s+)?(?:(?:FDA|EMA|EU|U\.S\.)\s+)?(?:[Oo]rphan|[Ff]ast"
    r"|[Bb]reakthrough|PRIME|RMAT|[Rr]are)"
    r"|(?:(?:is|was|are|were|has|have|been|now|also|currently)\s+){1,4}"
    r"(?:approved|authori[sz]ed|licensed|registered|designated|indicated|(?:FDA|EMA|EU)-approved|marketed"
    r"|under\s+(?:regulatory\s+|priority\s+)?review)"
    r"|(?:is|was|has\s+been)\s+(?:now\s+|currently\s+|also\s+|being\s+)*(?:studied|evaluated|tested|investigated"
    r"|assessed|compared)\s+in\s+(?:an?\s+|the\s+|two\s+|three\s+|our\s+|its\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:[Pp]hase|trials?|study|studies))\b"
)
#: Behind a name: what may be said of other things too.
MAY_BE_BEHIND: Final = Pattern(
    rf"{_KNOWN_AS}\s+(?:met\b|significantly|demonstrated|reduced|achieved|improved|lowered|showed|was\s+(?:generally\s+"
    r"|well|safe|administered|given|associated|granted|approved)|has\s+(?:been\s+)?(?:granted|received|demonstrated"
    r"|shown)|(?:is|was|has\s+been)\s+(?:being\s+|currently\s+|generally\s+|well[- ]\s*)*(?:tolerated|administered"
    r"|evaluated|studied|investigated|designed|developed|dosed)"
    r"|targets|inhibits|blocks|binds|activates|antagoni[sz]es|versus|vs\.?|plus|monotherapy|tablets?|capsules?|injection"
    r"|arms?\b|groups?\b|recipients|dose\b|dosing|treatment\b|program\b|(?:or|and|to)\s+placebo"
    r"|in\s+(?:patients|adults|children|combination)|for\s+the\s+(?:treatment|prevention))"
)
#: Behind a name in small letters; behind an adjective stands its noun.
ENDS_SMALL: Final = Pattern(
    r"\s?[™®,.;:()]|\s\(|-treated|\s*$|\s*\n|\s+(?:for|in|as|at|and|or|plus|versus|vs|alone|was|is|are|were|has|had|have|met|with|to|on|by|from|after"
    r"|over|than|under|will|may|can|at|into|during|while|once|twice|every|monotherapy|treatment|s?NDA|s?BLA|MAA|IND|\d\S*|oral|nasal|ophthalmic|topical|inhal\w+|tablets?"
    r"|capsules?|injections?|infusions?|cream|gel|spray|solution|suspension|group|arm|demonstrated|significantly|reduced|reduces|improved"
    r"|improves|achieved|showed|shows|lowered|meets|targets|inhibits|blocks|binds|activates|patients|autoleucel|[a-z]+vec|[a-z]+tecan|[a-z]+tin|[a-z]+cel|sodium"
    r"|hydrochloride|acetate|mesylate|tosylate|maleate|fumarate|citrate|phosphate|sulfate|bromide|chloride|alfa|beta|pegol)\b"
)
#: Words before a common noun; "designation to", "rights to" and "compared to" stand before names.
DETERMINER: Final = Pattern(
    r"\b(?:[Tt]he|[Aa]n?|[Nn]o|[Aa]ny|[Ee]ach|[Tt]his|[Tt]hese|[Tt]hose|[Ee]very|[Mm]ore|[Ll]ess|[Ss]uch|[Vv]ery|[Mm]ost"
    r"|[Mm]any|[Ff]ewer|[Tt]otal|can|may|who"
    r"|(?<!rights )(?<!designation )(?<!status )(?<!compared )(?<!randomized )(?<!randomised )to)\s+$"
)
OF_A_DRUG: Final = Pattern(
    r"[\s-]+(?:arms?|groups?|patients|doses?|dosing|cohorts?|treat\w*|program\w*|trials?|stud(?:y|ies)|tablets?|capsules?|injection|NDA|BLA|IND|plus|\d)\b"
)
#: Behind a capitalised word that is no drug: of firms, people, places, trials and diseases.
NO_WORD_BEHIND: Final = Pattern(
    rf"'s?\s+(?:[Dd]isease|[Ss]yndrome|[Ll]ymphoma)|\s+(?:{ORGANIZATION_TAIL}|{LEGAL_FORM})(?![\w-])|,?\s+{LEGAL_FORM}(?![\w-])"
    r"|\s+(?:[Tt]rials?|[Ss]tud(?:y|ies)|[Rr]egistry|STUDY|TRIAL|[Ss]yndromes?|[Dd]iseases?|[Dd]isorders?|[Vv]irus(?:es)?|[Ii]nfections?|[Cc]ells?"
    r"|[Pp]latform|[Tt]echnology|[Ii]ndication|[Gg]uidelines?|[Cc]riteria|[Ss]cores?|[Ss]cale|announced?|announces|today|said|says|will\s+(?:pay|receive|be\s+responsible|make"
    r"|fund|lead)|mutations?|receptors?|inhibitors?|positive|negative|expression|levels?|antibod\w+|and\s+[A-Z]\w+\s+(?:today|announced?))\b"
    r"|\s*\((?:[A-Z][A-Za-z]+\s?:|the\s+\"|\")|-(?:positive|negative|mutant|based|derived|like)|,\s+[A-Z][a-z]+[.,]|\s+[A-Z][a-z]{2,}|\s+of\b"
    r"|\s+(?:(?:19|20)\d\d|\d{3,5})\b(?![.,]?\d|\s?(?:m?g|mcg)\b)|,\s+(?:an?|the|its|our)\s+(?:[\w/-]+\s+){0,6}?(?:trial|study)\b"
)
#: What makes a code that of a trial, a technology, a mechanism or a molecule.
NO_CODE_BEHIND: Final = Pattern(
    r"[™®]?[-\s]+(?:positive|negative|mutant|mutated|mutations?|expressing|expression|directed|targeted"
    r"|targeting|driven|specific|binding"
    r"|dependent|inhibit\w+|antagonis\w+|agonis\w+|blockers?|blockade|antibod\w+|degrad\w+|receptors?|pathway"
    r"|gene\b|genes|protein|proteins"
    r"|cells?\b|platform|technolog\w+|vectors?|capsids?|strains?|variants?|viruses|virus\b|infections?|scores?"
    r"|criteria|questionnaire|levels?"
    r"|(?:(?:[Pp]hase\s+[\w/]+|clinical|pivotal|registrational|extension|efficacy|safety)\s+)*(?:trial|study|studies)\b)"
)
#: Behind a name with a capital inside that is a firm's: "GeoVax's products", "GeoVax announced".
OF_A_FIRM: Final = Pattern(
    rf"['’]s?\s|\s+(?:{ORGANIZATION_TAIL}|{LEGAL_FORM})(?![\w-])"
    r"|\s+(?:announce[ds]?|calls|commends|appoints|reports|receives|to\s+(?:raise|report|present|acquire))\b"
)
