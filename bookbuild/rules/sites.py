"""What sites print around a chapter: the lines of their pages, as they come along when a page is copied whole."""

import re


def _lines(*patterns: str) -> re.Pattern[str]:
    return re.compile(
        rf"[\s*_\[({{«»<>←→↑⇦⇨|+-]*(?:{'|'.join(patterns)})[\s*_\])}}«»<>←→↑⇦⇨▾|.!:-]*", re.IGNORECASE
    )


_BUTTON = r"(?:previous|prev|next|first|last|table of contents|contents|toc|index|home|bookmark|share|comments?|kudos|download|report|top|back)"
_ON = r"(?: chapter| page| part)?"
_PLACE = r"\d{1,4} of \d{1,4}"
_COUNTED = r"(?:kudos|bookmarks|hits|reads|votes|views|comments|reviews|favou?rites|followers|ratings)"
# lines that are a site's wherever they stand
_ANYWHERE = _lines(
    r"posted originally on the archive of our own\b.{0,120}",
    r"please drop by the archive and comment to let the (?:author|creator)s? know if you enjoyed their work",
    r"skip to main content", r"archive of our own(?: beta)?", r"(?:user|site) navigation", r"fanfiction \| unleash your imagination", r"all fields are required\. your email address will not be published",
    r"(?:books|anime/manga|cartoons|comics|games|misc|plays/musicals|movies|tv shows|tv|crossovers) » .{1,100}", r"follow/fav", r"next\s*[>»→]+", r"[<«←]+\s*prev(?:ious)?(?:\s.{0,60}next\s*[>»→]+)?",
    r"chapter text", r"work (?:text|header)", r"chapter management", r"hide creator[’']s style", r"show creator[’']s style", r"full-page index", r"chapter index",
    r"while we[’']ve done our best to make the core functionality of this site accessible without javascript.{0,200}",
    r"mark (?:for later|as read)", r"comment as \w.{0,60}", r"plain text with limited html.{0,20}", r"\d{1,6} characters left", r"post comment", r"add (?:a )?comment",
    r"top \W{0,3}kudos\W.{0,80}", r"\(?log in or create an account to leave kudos.{0,60}",
    r"(?:previous|next) chapter",
    rf"{_BUTTON}{_ON}(?:\s*[|/•·«»<>←→]+\s*{_BUTTON}{_ON})+",
    rf"(?:{_BUTTON}{_ON}\W{{1,4}})*(?:prev|previous)\s+ch(?:apter)?\s+{_PLACE}\s+next(?:\W{{1,4}}{_BUTTON}{_ON})*",
    rf"ch(?:apter)?\s+{_PLACE}\s+next", rf"(?:prev|previous)\s+ch(?:apter)?\s+{_PLACE}",
    r"report (?:this )?(?:chapter|story|error|an error|abuse)",
    r"full\s+3/4\s+1/2\s+expand\s+tighten", r"contrast\s*:?\s+dark\W+light.{0,60}", r"(?:font\s*:?\s+)?small\W+medium\W+large(?:\W+xl)?.{0,60}",
    r"the author would like to thank you for your continued support\. your review has been posted",
    r"favou?rite\s*:\s*story\s+author\s+follow\s*:\s*story\s+author.{0,40}", r"follow/fav .{1,80}", r"review this chapter", r"type your review (?:for this chapter )?here",
    r"actions\s*:\s*add to community.{0,60}", r"share\s*:\s*email\W+facebook.{0,60}",
    r"fiction page", r"rate (?:and|&) review", r"add to (?:favou?rites|follow list|read later)", r"reader preferences",
    r"continue reading(?: next part)?", r"you(?:[’']ll| may| might) also like", r"share with friends", r"story continues below", r"promoted (?:stories|story)", r"get notified when .{1,80} is updated",
    r"continue with (?:google|facebook|apple|email)", r"if you already have an account,? log in", r"by continuing,? you agree to .{0,120}", r"write a comment\W{0,4}",
    r"oops! this image does not follow our content guidelines.{0,160}",
    r"if you find any errors? \(.{0,120}\).{0,200}",
    r"find authorized novels in webnovel.{0,120}",
    r"(?:visit|read|go to|follow|please read|read (?:the )?(?:latest|rest|more) chapters? (?:at|on|only)).{0,80}(?:https?://|www\.|\.com|\.net|\.org)\S{0,80}(?: .{0,60})?",
    r"(?:this chapter (?:is|was|has been)|chapters?) (?:updated?|uploaded|first published|published|stolen) (?:by|at|on|from) .{0,80}",
    r"the source of this (?:content|chapter) is .{0,80}",
    r"use arrow keys \(or a / d\) to prev/next chapter",
    r"tap the screen to use .{0,60}",
    r"(?:continue to|go to) (?:the )?next (?:part|chapter|page)",
    r"(?:add|added) to (?:my )?library",
    rf"\d[\d,.]*[km]? {_COUNTED}", r"\d[\d,.]*[km](?:\s+\d[\d,.]*[km]?){2}",
    r".{1,200} left kudos on this work",
    r"like loading", r"click to share on .{0,40}", r"share this", r"sponsored content", r"advertisements?", r"expand post", r"sent from my i?phone|posted from mobile",
    r"(?:log|sign) (?:in|up) to (?:comment|vote|follow|bookmark|continue|read|leave).{0,60}",
    r"last (?:updated|edited|modified)(?: on| by)?:? ?.{0,60}",
    r"https?://\S{1,200}",
)  # fmt: skip
# words that a site's buttons say, and stories too: a site's only beside other lines of a site
_BESIDE = _lines(
    r"hi, \S{1,40}!", r"post", r"log (?:in|out)", r"fandoms", r"browse", r"search", r"about", r"just in", r"community", r"forums?", r"fictions?", r"fiction index", r"royal ?road", r"wattpad", r"scribble ?hub",
    r"jump(?: to)?:?", r"(?:story|author): .{1,100}", r"note:?", r"actions?", r"(?:back to )?top", r"support [\"“‘'].{1,80}[\"”’']", r"you are reading", r"jump to", r"loading", r"kudos", r"bookmarks?", r"comments?(?: ?\(\d+\))?", r"share", r"download", r"entire work", r"subscribe", r"collections?",
    r"follow(?:ing)?", r"favou?rites?", r"reviews?(?: ?\(\d+\))?", r"rate", r"donate", r"remove", r"achievements?", r"about the author", r"bio:.{0,300}", r"vote", r"add", r"menu", r"home",
    r"\d[\d,.]*[km]?(?:\s+\d[\d,.]*[km]?){1,2}", r"sort by.{0,40}", r"reply", r"like", r"report", r"settings", r"edit", r"delete", r"previous", r"next", r"prev",
    r"(?:#\w+\s*){1,20}", r"\d+ (?:pages|words)", r"footer", r"about the archive", r"site map", r"diversity statement", r"terms of service", r"dmca policy", r"contact us", r"policy questions & abuse reports",
    r"technical support & feedback", r"development", r"otw ?archive v[\d.]+", r"known issues", r"gpl.{0,20} by the otw", r"blog|twitter|help|sign up", r"privacy(?: policy)?", r"cookies",
)  # fmt: skip
# appeals of Royal Road against copies, in all the wordings that it draws from
_THEFT = re.compile(
    r"(?=.{0,300}\b(?:royal road|amazon|original (?:site|website|source)|authorized|author[’']?s? (?:consent|permission|approval)"
    r"|without (?:consent|permission|authorization|approval))\b)"
    r"(?=.{0,300}\b(?:report|stolen|unlawfully|illicitly|illegally|misappropriated|pilfered|purloined|infring\w*|unauthorized|taken without"
    r"|lifted|appropriated|theft|support the (?:author|creativity)|read (?:it|this novel|the original|the authorized|the official)|home of this novel)\b)"
    r"(?=.{0,300}\b(?:story|novel|narrative|tale|content|text|book|work|reproduction|author)\b)",
    re.IGNORECASE,
)
_SITE_WORDS = re.compile(
    r"https?:|www\.|\.com\b|\.net\b|\b(?:read(?:ing)? (?:at|on)|patreon|discord|ko-fi|translat(?:or|ed|ion)|site|website|novel|chapters?|updates?"
    r"|subscribe|bookmark|login|comments?|vote|font|advert\w*|share)\b",
    re.IGNORECASE,
)
LONGEST = 300
"""The longest line of a site that is looked for, in characters."""


def is_of_a_site(text: str) -> bool:
    """Whether a line is a site's wherever it stands: a button, a counter, an appeal."""
    return len(text) <= LONGEST and bool(_ANYWHERE.fullmatch(text) or _THEFT.match(text))


def may_be_of_a_site(text: str) -> bool:
    """Whether a line says no more than a site's buttons do, which beside other lines of a site it is."""
    return len(text) <= LONGEST and bool(_BESIDE.fullmatch(text))


def has_site_words(text: str) -> bool:
    """Whether a line speaks of what sites have: chapters, votes, addresses."""
    return bool(_SITE_WORDS.search(text))
