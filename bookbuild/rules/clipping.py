"""Clipped words: which letters speech leaves out at a word's beginning or end, so that a mark beside it is an apostrophe.

The answers are costs, in the unit of `pairing`: what it costs to believe that letters were left out here. They come from
lists of English dialect writing and from the book's own vocabulary, and are set by hand, not fitted to books.
"""

import re
from typing import Final

from bookbuild.rules.evidence import Evidence

SURE: Final = 0.1
LIKELY: Final = 0.4
PERHAPS: Final = 1.3
HARDLY: Final = 4.0
NEVER: Final = 9.0


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NO_WORDS = _listed("""
    em tis tisn twas twasn twere tweren twarn twill twould twouldn twon twixt twix tain taint til cuz coz cos bout bouts nuff
    nother nuther nough neath gainst mongst mong tween cept ceptin cepting fraid scuse spose sposed spect spects spected specially
    splain splained spense sperience speriment zactly zackly pears peared pon kay kase caze uz ud un uns ee uv tother lectric lection
    prentice prentices rithmetic tater taters baccy bacca possum possums gator gators sturb sturbed struth strewth sblood zounds
    sdeath ighness ello ullo allo fess fessed lasses bleeged bleege blige bliged stonish stonished preciate magine longside dout
    thout ouse orse orses ospital usband undred undreds nam frisco tec flu phone cello tude burbs ol oo oos ooever im imself isself
    erself emselves ome omes ead eads eard ave aving avin ud've rents merica murica tonio squito skeeters skeeter stead gree clare lieve
    scribe quainted quaintance ticular ticularly parently mazing bliged noculars dentical vantage ligion pinion pinions
    liza lizabeth lijah zekiel gustus gusta bijah lonzo tilda melia arry arriet enry enery erbert ilda ampton ampstead ackney olborn
""")
"""What is no word without the letters it lost: 'em, 'tis, 'spose."""

_ALSO_WORDS = _listed("""
    er ere ell an us cause case round till long way less course deed member low lowed lows live lone fore hind side sides cross bove board
    gin scape spite fend ford light tack tend tention pose posed most count counts cordin cording larm wake ware while shamed plain sleep verse sup hood roo coon
    bus net zine cute rested vise vited sist stand oft tween roun thirties twenties forties fifties sixties seventies eighties
    nineties ll ve re ed um fo uv ose
""")
"""Those that are words of their own too, so that 'long ago' may be a quotation."""

_ALSO_WITHOUT_H = _listed("""
    air all am and ang ard ark arm as ash at ate ay ear eat edge eel eels ill is it old ole ope our owl ow
""")
"""Those that may be heard without an h, in a book that drops its h's: 'is 'at."""

_WITH_H = _listed("""
    habit had hadn hair half hall halt ham hammer hamper hand handful handle hands handsome hang hanged happen happened happens happy
    harbour hard harder hardly harm hart has hasn hat hate hated hats have haven having head heads health heap hear heard hearing
    heart hearts heat heaven heavens heavy hedge heel heels held hell hello help helped hen hens here hers herself hid hide high higher
    highness hill him himself hint his hit hitting hold holding hole holiday hollow holy home homes honey hook hope hoped hopes hoping
    horn horrible horror horse horses hospital hot hotel hour house houses how however hug huge hundred hundreds hung hungry hunt
    hurry hurt husband hush hut
""")
"""Common words that speech robs of their h (the book's own vocabulary adds to them)."""

# what is lost before a word that is one without it too: 'long for along, 'member for remember
_BEGINNINGS = ("a", "be", "al", "af", "ap", "ac", "at", "as", "an", "e", "en", "em", "ex", "es", "re", "de", "di", "dis", "im", "in", "un", "o", "oc", "con", "com", "sus", "sup")  # fmt: skip

_CUT_SHORT = _listed("""
    o ol th t i wi an han lan stan las mos jus jes jis jist mus bes nex fac kep tol col hol ain don doan didn wouldn couldn shouldn wasn
    isn fo mo befo sho yo po gov guv lil nothin somethin anythin roun aroun foun groun soun poun behin thousan husban frien fren min win
    en den d awa a ha wha twa fu ca fa wa gie hersel himsel mysel yoursel itsel ev mornin evenin unnerstan understan tha whe breas
    eas wes pas ques lef sof slep wep bof wuf mouf norf souf firs
""")
"""Words that lost letters at their end: ol' man, th' house, wi' a book."""

_BIG = 1500  # kinds of words; a book with fewer does not know most words of English
_NAMED = re.compile(
    r"\b(?:letters?|an?|the|silent|her|his|your|my|our|their|words?|capital|small|like|as|and|or|of|two|three|four|double|no) $",
    re.IGNORECASE,
)
_CLOSERS = ("'", "’")
_YEAR = re.compile(r"\d\ds?(?![^\W_]|[.,:]\d)")
_ON = re.compile(r"[ -][^\W_]|s\b")
_MODAL = re.compile(
    r"(?:\b(?:would|could|should|might|must|may|to|not|who|you|we|they)|['’](?:d|t|ll)) $", re.IGNORECASE
)
_GOES_ON = re.compile(r" ?[^\W_]|[—–-]")


def beginning_lost(text: str, at: int, word: str, evidence: Evidence) -> float:
    """Say what it costs to believe that the mark at `at` stands for letters left out before `word`."""
    if word[0].isdigit():  # the '90s, but '3.37 from left'
        return SURE if _YEAR.match(text, at + 1) else HARDLY
    lower, before = word.lower(), text[max(at - 12, 0) : at]
    if len(word) == 1:
        return _letter_alone(text, at, word, before)
    is_alone = text[at + 1 + len(word) : at + 2 + len(word)] in _CLOSERS  # 'one word' between marks
    if lower in _NO_WORDS:
        return PERHAPS if is_alone and lower not in _CUT_SHORT else SURE
    known = evidence.vocabulary.get(lower, 0)
    cost = _cost_of_word(lower, known, evidence)
    clipped = evidence.speech.clipped.get(lower, 0)
    if clipped > 1 and 4 * clipped > known:  # the book does it elsewhere
        cost = min(cost, LIKELY if clipped > 4 * known else PERHAPS)
    if is_alone and not (lower.endswith("in") or lower in _CUT_SHORT):
        cost += 1.5  # 'one word' of which the book knows nothing else is talked about
    if word.islower():
        return cost
    # a word with a capital begins a sentence, or begins a quotation, and a paragraph begins with a quotation rather
    begins_sentence = not re.search(r"[^\W\d_][,;:]? $", before)
    is_at_home = begins_sentence and (not known or bool(evidence.speech.clipped.get(lower)))
    begins_paragraph = before[-1:] in ("", "\n")
    if begins_paragraph and cost > PERHAPS:
        return HARDLY + 1.3
    return cost + 1.3 * (not is_at_home) + 1.3 * (begins_paragraph and cost > LIKELY)


def is_letter_named(text: str, at: int) -> bool:
    """Whether the words before the mark at `at` say that a letter is meant: his 't's, two 't's."""
    return bool(_NAMED.search(text, max(at - 12, 0), at))


def _letter_alone(text: str, at: int, letter: str, before: str) -> float:
    """Weigh one letter: rock 'n' roll, I'd 'a' gone, 'e went; but the letter 'n'."""
    if letter == "s" and before[-1:] in ("—", "-", "⸺", "⸻"):  # General ----'s horse
        return SURE
    has_two_marks = text[at + 2 : at + 3] in _CLOSERS
    if letter == "n":
        return HARDLY if has_two_marks and (_NAMED.search(before) or not _ON.match(text, at + 3)) else SURE
    if letter in ("a", "v") and _MODAL.search(before):
        return SURE
    if letter == "t" and has_two_marks and text[at + 3 : at + 4].isalnum() and not is_letter_named(text, at):
        return SURE  # 't'll do, and 't's late
    if has_two_marks or letter in "iouIOU" or (letter.isupper() and letter not in "ESTD"):
        return HARDLY
    # a consonant is no word, and few would quote it without a mark after it
    return LIKELY if letter == "E" or letter not in "aSTDA" else PERHAPS


def _cost_of_word(lower: str, known: int, evidence: Evidence) -> float:
    if lower in _ALSO_WORDS:
        return PERHAPS
    if lower in _ALSO_WITHOUT_H:
        return PERHAPS if evidence.speech.drops_h else 2.5
    if not known:
        hosts = (f"h{lower}", f"h{lower}g")
        if any(host in _WITH_H or host in evidence.vocabulary for host in hosts):
            return LIKELY
        if len(lower) > 2 and lower in evidence.speech.tails:
            return LIKELY
        return 1.5 if len(evidence.vocabulary) > _BIG else 2.5
    if len(lower) > 2 and any(beginning + lower in evidence.vocabulary for beginning in _BEGINNINGS):
        return 2.5
    return HARDLY


def end_lost(text: str, at: int, word: str, evidence: Evidence) -> float:
    """Say what it costs to believe that the mark at `at`, after `word`, is a possessive or stands for letters left out."""
    lower = word.lower().replace("’", "'")
    known = evidence.vocabulary.get(lower, 0) - evidence.speech.cut_short.get(lower, 0)
    if lower == "n" and text[at - 2 : at - 1] in ("'", "‘", "’"):
        return HARDLY if _NAMED.search(text[max(at - 14, 0) : at - 2]) else SURE
    between_marks = text[at - len(word) - 1 : at - len(word)] in ("'", "‘", "’")
    if between_marks and lower not in _ALSO_WORDS:
        return 2.0  # one word between marks is talked about, but not 'fo' and 'roun'
    if lower in _CUT_SHORT:
        return SURE
    if lower.endswith("in") and len(lower) > 3:
        return LIKELY if known <= 0 else 2.0  # goin', but also 'captain'
    if lower.endswith("s") and len(lower) > 1:
        return LIKELY if _GOES_ON.match(text, at + 1) else 2.0
    if known <= 0:
        return LIKELY if len(evidence.vocabulary) > _BIG else 2.0
    return 3.0
