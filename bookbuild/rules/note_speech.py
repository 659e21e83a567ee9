"""How authors speak beside their stories: of chapters, updates, readers and reviews.

What stories hardly ever say (`kudos`, `thanks for reading`) weighs 3, a word of the trade (`the next chapter`, `typos`) 2, and,
beside one of these, what is said to somebody now (`please`, `I'll`, `guys`) 1. Whoever tells a story in the first person
writes letters, reviews books and thanks readers too: what tells, in the past, weighs against it.
"""

import re
from collections.abc import Iterable

from bookbuild.draft import Block

_I = r"(?:I|I[’']ve|I[’']m|I[’']ll|I[’']d|we|we[’']ve|we[’']re)"
_WORK = r"(?:chapters?|chappies?|chaps?|stor(?:y|ies)|fics?|fan-?fics?|fan-?fictions?|parts?|updates?|oneshots?|one-shots?|instal+ments?|drabbles?)"
_SURELY = (
    (r"\b(?:r\s*&\s*r|r and r|read (?:and|&|n) review|kudos|fan-?fics?|fan-?fictions?|fics?|beta’?d|beta-?read(?:er|ing)?s?|un-?beta(?:’?ed|’?d)?"
    r"|patreon|ko-?fi|discord|tumblr|wattpad|ao3|ffn?\.net|cliffies?|one-?shots?|plot bunn(?:y|ies)|disclaimer|hiatus)\b"),
    r"\bmy (?:\w+ )?(?:beta|reviewers|readers)\b(?! in\b)|\bplease (?:read(?! (?:it|this) (?:to|at|aloud))|review|comment|vote|follow (?:the|this|and)|favou?rite|rate|leave|let me know|support)\b(?! me with)",
    (r"\b(?:thanks?|thank you|thx)\b.{0,60}\b(?:reading|reviews?|reviewing|reviewed|reviewers?|comment(?:s|ing|ed)?|follow(?:s|ing|ed|ers)?|favou?rit(?:es?|ing|ed)"
    r"|faves|patience|waiting|sticking with|support(?:ing)?|feedback|typo|votes?|betas?|on this journey|looking (?:this|it) over)\b"),
    r"\bhope (?:that )?(?:you(?: all| guys)?|everyone|y[’']all) (?:all )?(?:(?:will )?(?:enjoy|like|love)(?:ed)?|had fun)\b(?! the (?:rain|house))",
    r"\blet me know (?:what|if|how|whether|in the)\b|\btell me (?:what you (?:think|thought)|your fav\w+)|\bin the (?:comments|reviews)\b",
    r"\bsorry (?:about|for|that)\b.{0,30}\b(?:wait|delay|late update|short chapter|cliff-?hanger|update|hiatus|absence|mistakes|errors|typos)\b",
    r"\bsorry (?:that )?(?:this|it) (?:\w+ )?took (?:me )?(?:so|this) (?:long|much)(?! to (?:tell|see|say|find|come|understand|learn|ask))|\bsorry it[’']?s (?:so |a bit )?(?:late|short)",
    r"\b(?:all|any) (?:\w+ )?(?:mistakes|errors|typos) (?:are|is) (?:all )?(?:mine|my own)\b|\bmy own mistakes\b",
    (rf"\b{_I} (?:do not|don[’']t|did not|didn[’']t)? ?own (?:nothing|none|any|the (?:characters?|lyrics|songs?|rights))\b|\b(?:characters|lyrics|song) (?:are|is) not mine\b"
    r"|\bnone of (?:the|these) characters\b|\blyrics (?:belong|are (?:by|from))\b|\bbelongs? to (?:their|its|his|her) (?:\w+ )?(?:creators?|owners?|author)\b"),
    r"\b(?:next|new|another|late|short|quick|no|regular|more|weekly|daily|double|last|first|advance) (?:update|chapters? (?:is|are|will|comes?|should|may|might|up\b|soon)|updates)\b(?! came)",
    (rf"\b(?:this|the next|next|the last|last|previous|first) (?:few |one is |couple of )?{_WORK} (?:is|was|has been|took|will be|contains|turned out|came out|got|ended up|should|may|might|would) (?!of (?:my|his|her|our) )"
    r"(?:a bit|a little|so|really|very|kind of|up|out|hard|short|long|for|dedicated|darker|mostly|mainly|half|already|almost|late|finally|in two|too|be up|be out|be longer|be posted|a short)\b"),
    rf"\b(?:wrote|writing|rewrote|re-wrote|rewriting|edited|editing|posted|posting|uploaded|uploading|finished|split|typed|proofread|rewritten) (?:this|the next|the last|my) (?:\w+ )?{_WORK}\b(?! (?:of|in) (?:it|my|his|her|the)\b)|\b(?:wrote|writing|typed|typing|posting|posted) this (?:at (?:\d|least)|on my|from my|while|in one|instead of|as a)\b|\brewrote (?:this|it)\b|\bedited the (?:first|last|previous)\b",
    r"\b(?:no|next) update\b|\bupdates? (?:will|should|may|might|every|on|by|again|soon|next|are|schedule)\b|\bupdat(?:e|ing) (?:soon|this|more|again|every|faster|weekly|regularly)\b",
    r"(?:^|[,.!] )you guys(?! never)|\byou guys (?:are|rock|have|asked|wanted)|\b(?:dear readers,|my (?:dear|lovely) readers|hey (?:everyone|guys|all)|hi (?:everyone|guys|all)|hello (?:everyone|guys|all)|welcome back)\b",
    rf"\b(?:on with|back to|enjoy) the (?:{_WORK}|show|story|ride)\b|\bwithout further ado\b|\bhappy reading\b|\bstay tuned\b|\buntil next time\b|\btill next time\b|\bsee you (?:all )?(?:in the )?next\b",
    rf"\b(?:more|two|three|four|five|few|couple of) (?:more )?{_WORK}(?: and \w+ \w+)? (?:to go|left|remaining)\b(?! of)\b|\b(?:chapters?|stor(?:y|ies)|part) ahead\b|\bread ahead\b",
    r"\b(?:constructive )?criticism is (?:always )?(?:welcome|appreciated)\b|\bflames? (?:will|are)\b|\b(?:reviews?|comments?|feedback|votes?) (?:are|is|make|would|keep|feed|=)\b",
    r"\bis not my (?:first|native) language,? (?:so|and (?:please|I hope))\b|\bfirst (?:fan-?fic\w*|time (?:writing|posting))\b",
    r"\b(?:spoilers? for|trigger warning|content warning|warnings? (?:for|:)|mind the tags|check the tags|skip (?:it|this|to|ahead)|you may want to (?:re-?read|skip))\b",
    r"\b(?:written|wrote this|inspired|a gift) (?:for|by) (?:the )?(?:.{0,40}\b(?:challenge|prompt|exchange|week|contest|fest))\b",
    r"\bto be continued\b|\btbc\b|\bend of (?:part|chapter|book|volume|act) (?:\w+|\d+)\s*$|\btranslated by\b.{0,60}\bedited by\b|\boriginal author\b",
    r"\b(?:rest of|real) life\b.{0,30}\b(?:got|gets|has|is|been|happened|in the way)\b(?! on)|\blife (?:got|gets|has gotten) in the way\b|\bwriter[’']s block\b|\bnot abandoned this\b",
    r"\b(?:a |one )?(?:hundred|thousand|\d+) (?:followers|reviews|reads|views|kudos|favou?rites|subscribers)\b",
    r"\b(?:asked|requested|mentioned|pointed out|wondering|suggested)\b.{0,30}\b(?:in (?:the|a|your|their) (?:reviews?|comments?)|reviews)\b|\bfor those (?:of you )?who (?:asked|wondered|are wondering|wanted)\b",
    r"\bthere (?:might|may|will|could|won[’']t) be (?:a|an|no|another) (?:sequel|epilogue|second part|bonus chapter|update)\b|\b(?:long|short) (?:chapter|one) (?:this week|today|this time)\b",
    r"\bset (?:after|before|during|between) (?:the events of|season|episode|book|chapter)\b|\btakes place (?:\w+ ){1,4}(?:after|before)\b.{0,30}\b(?:story|fic|season|book)\b",
    r"\b(?:happy birthday to|this one[’']s for|dedicated to|for my friend)\b.{0,60}\b(?:fic|chapter|story|prompt|asked)\b",
    r"\bdon[’']t forget to (?:review|vote|comment|follow|like|subscribe|rate|leave)\b|\bfollow me (?:on|for|at)\b|\blink (?:is )?in (?:my|the) (?:profile|bio)\b",
)  # fmt: skip
# the trade of those who publish chapter by chapter
_TRADE = (
    (r"\b(?:this|next|last|previous|another|new|more|longest|shortest|first|second|third|final|upcoming|my other|my second|my first|my new|\d+)"
    r"(?: (?:few|other|new|long|short|little|whole|one|two|three|four|five|couple of))* ?(?:chapters?|chappies?|fics?|one-?shots?|epilogue|prologue|sequel|prequel"
    r"|instal+ments?|stor(?:y|ies)(?= (?:is|has|will|in the series|so|was supposed)\b|[.!,?)]|$))\b(?! (?:of|in) (?:my|his|her|our|their|the) (?!series))"),
    r"\bchapter (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty(?:-\w+)?) (?:is|will|has|should|may|might|was posted|up)\b",
    r"\bupdat(?:es?|ing)\b(?! came)|\b(?:cross-?)?posting (?:this|it|the|a|early|late|every)\b|\bcross-?posted\b|\b(?:don[’']t|do not) (?:copy|repost|translate)\b|\brepost(?:ed|ing)?\b",
    r"\breview(?:s|ers?)\b|\btypos?\b|\bmy betas?\b|\bflames\b(?= (?:please|will|are))|\bangst\b|\bfluff\b|\bsmut\b|\bcanon\b|\b(?:OCs?|OOC|AU|POV)\b|\bpoint of view\b",
    r"\bfandom\b|\bhead-?canon\b|\bpairings?\b|\brat(?:ing|ed) (?:to |is |has )?[MTKR]\b|\bspoilers?\b|\bplot (?:twist|hole|point)s?\b|\bword ?count\b|\b\d+k words\b|\bnanowrimo\b",
    r"\bcliff-?hangers?\b|\b(?:third|second|first|last|next) (?:story|book|part|one) in (?:the|this|my) (?:series|trilogy)\b|\b(?:re-?read|go (?:and )?read) (?:the|it|this|my)\b",
    r"\bwhen I (?:wrote|was writing|started|began) (?:this|the part|it|that)\b|\bwhile (?:I was )?writing (?:this|it)\b|\bwriting this (?:was|is|chapter|one|story)\b",
    r"\b(?:is|be|comes?) an? (?:epilogue|sequel|prequel|bonus chapter)\b",
    r"\bthe lyrics\b|\bsong (?:used|is by|in this)\b|\bsong,? is from\b|\bplaylist\b|\bon my (?:blog|profile|page|website|channel)\b|\bmy (?:blog|profile|muse)\b",
    r"\b(?:a|my) beta\b(?![ -](?:version|test|block))|\bmessage me\b|\b(?:able to|going to|to|will|can[’']t|won[’']t) post (?:on|every|next|again|more|another|the next|this|it|today|tomorrow|soon)\b|\buploaded\b|\bnow edited\b",
    r"\bpart (?:two|three|four|\d+) (?:will follow|is|will be|comes|coming|follows)\b|\b(?:chapter|story|fic) titles?\b|\b(?:end|ended|ending|finish) (?:the|this) story here\b|\brewrote (?:the|that) (?:ending|scene|beginning|opening)\b",
    r"^\W*(?:next time|up next|coming (?:up|soon)|next (?:week|chapter)|in the next (?:chapter|part))\s*[:…]|\b(?:from|in) (?:the|this) (?:show|anime|game|manga|movie|film|original series)\b|\bon this one\b",
    r"(?:^|[.!?] )(?:(?:huge|big|special|many|lots of|a (?:big|huge|special|massive)) )+(?:thanks?|thank you|thank-you|shout-?out|hugs?|kisses)\b|\bmy first (?:try|story|attempt)(?:,|\.|!| at| so| ever)",
    r"\b(?:favou?rited|subscribed|subscribers|followers)\b|\bcomment(?:s|ed)?\b(?! in)|\bfeedback\b|\bvotes?\b(?= and| for this)|\bcritique\b",
)  # fmt: skip
# what is said to somebody now
_ADDRESS = (
    r"\b(?:you|your|y[’']all)\b",
    r"\bplease\b",
    r"\b(?:thanks?|thx)\b|\bshout-?out\b|\bcredits? (?:to|goes)\b|\bhugs?\b",
    r"\bsorry\b|\bapologi[sz]e\b|\bbear with me\b|\bno excuse\b",
    r"\bhope\b|\benjoy\b|\blet me know\b|\bguess (?:who|what)\b|\bas promised\b|\bexpect\b|\bfun fact\b|\bbonus points\b",
    r"\bthis one\b|\bfeel free to\b|\bI promise\b|\bI swear\b",
    r"\b(?:guys|lovelies|folks|my dears|everyone|all of you)\b",
    r"!|[:;]-?[)DP](?:\s|$)|<3|\bx+$|\b(?:lol|haha|hehe|xd|btw|yay|phew|whew|wow|okay|anyway)\b",
    r"\b(?:happy (?:holidays|new year|halloween|easter|birthday|reading)|merry christmas)\b",
    r"\b(?:I[’']m|I am|I[’']ll|I will|I[’']ve|I can[’']t|I don[’']t|will be|won[’']t be|is (?:mine|by me|also)|are (?:mine|also))\b",
    r"\b(?:today|tomorrow|tonight|yesterday|this (?:week|weekend|month|time)|next (?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|soon|every (?:week|monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b",
)  # fmt: skip
_OF_A_STORY = (
    r"\b(?:he|she|they|it|we|I|Ilse|nobody|somebody) (?:said|told|asked|looked|turned|walked|went|stood|sat|ran|waited|knew|felt|smiled|closed|opened|took|held)\b",
    r"\b(?:the [a-z]+|[A-Z][a-z]+) (?:said|told|wrote|replied|answered)\b",
    r"\bchapters? (?:of|in) (?:my|his|her|our|their|the) (?:\w+ )?(?:life|lives|book|manual|bible|history|story|marriage|war)\b|\bthe margin\b|\bDear (?:reader|sir|madam)\b",
    r"\b(?:that|the same) (?:night|day|winter|summer|spring|autumn|morning|evening|year)\b|\byears? (?:ago|later|before)\b",
)  # what is told, not said to readers


_TOLD = re.compile(
    r"\b(?:was|were|had|said|told|asked|looked|went|came|took|stood|sat|ran|knew|felt|thought|began|left|saw|heard|turned|walked|gave|kept|stayed|answered)\b",
    re.IGNORECASE,
)
_SAID_NOW = re.compile(
    r"\b(?:is|are|am|[\w]+[’'](?:m|re|ll|ve)|isn[’']t|aren[’']t|don[’']t|can[’']t|will|won[’']t|have|has|can|should|hope|please|thanks?|sorry|let|enjoy|expect)\b",
    re.IGNORECASE,
)


def _any(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_HABITS = tuple(_any(habits) for habits in (_SURELY, _TRADE, _ADDRESS, _OF_A_STORY))
_SPEECH = re.compile(r"[\"“«„]")
_QUOTED = re.compile(r"[\"“][^\"“”]{1,60}[\"”]")
_ADDRESSED = 3  # ways of speaking to somebody that a letter in a story has, too
_LONG = 400  # characters in which a story says one of these words by chance
_LONGEST = 3000  # characters of a paragraph that is weighed; what is longer is a story's


def weight_of(text: str) -> int:
    """Say how much a paragraph speaks as authors do to their readers; 3 is as good as sure, 0 says nothing. A speech weighs nothing."""
    if len(text) > _LONGEST:
        return 0
    text = text.replace("'", "’")
    surely, trade, address, story = (
        sum(bool(pattern.search(text)) for pattern in habits) for habits in _HABITS
    )
    is_told = len(_TOLD.findall(text)) > len(_SAID_NOW.findall(text))
    weight = 3 * surely + 2 * trade + (min(address, 3) if surely or trade else max(address - _ADDRESSED, 0))
    weight -= 2 * story + 2 * is_told + len(text) // _LONG
    if _SPEECH.search(text):
        # a song's title may stand in quotes, a conversation not
        rest = _QUOTED.sub("", text)
        return max(weight - 2, 0) if weight >= 5 and not _SPEECH.search(rest) else 0
    return max(weight, 0)


def speaks_as_note(block: Block) -> bool:
    """Whether a paragraph talks as authors do to their readers, and no one else does."""
    return weight_of(block.text) >= _ENOUGH


_ENOUGH = 2  # the weight of a word of the trade
