"""Which of the statements that the learned weights propose are statements in a report of war.

The weights come from articles on politics, whose readers marked whatever shows what somebody thinks:
votes, moves, support, names. A statement here is what somebody is said to say, write, believe, estimate,
promise, deny or ask. So a word for none of these needs a quotation or a high probability, who makes the
statement must be able to, and nobody makes one only where the words say that somebody did.
"""

from __future__ import annotations

import re

from sayso.find.speech.contents import Surroundings
from sayso.find.speech.extents import CALLING, DAYS
from sayso.find.speech.reporting import RECORDS, STATEMENTS
from sayso.find.speech.tellers import Teller
from sayso.find.speech.trees import Tree, stem
from sayso.language.lexicon import Lexicon

Span = tuple[int, int]

# Verbs of saying and writing, whose subject speaks whatever it is called.
_SPEAKING = """
    say tell write argue insist assert allege testify tweet reiterate acknowledge admit reply answer contend concede complain deny
    warn explain recount caution remark recall add state declare announce joke quip retort shout yell exclaim proclaim opine lament
    claim stress emphasise emphasize vow pledge promise swear threaten demand request urge plead apologise apologize ask boast brag
    comment mention chant wonder wrote written said told swore swear threat ask asked reaffirm restate chide scold confess
    disclose mock rant object counter hint speak spoke spoken
"""
# Other verbs for what somebody says, writes, thinks, feels, asks for or makes known.
_THINKING = """
    report suggest confirm reveal indicate show estimate believe think thought thinks fear worry hope doubt suspect expect predict
    forecast project assume presume reckon guess imagine feel felt consider regard deem view see know knew learn understand understood realise realize
    conclude decide agree disagree accept refuse decline reject dismiss dispute refute rebut question challenge contest
    accuse blame criticise criticize condemn denounce decry deplore slam blast attack assail rebuke
    praise hail welcome applaud laud thank congratulate defend justify endorse approve
    call describe label brand dub characterise characterize portray depict compare refer term name
    cite quote note observe point maintain underline underscore highlight detail list identify specify clarify
    find found assess determine rule calculate count document record verify attest affirm reassure assure remind inform notify brief
    recommend advise propose offer appeal call beg encourage invite instruct
    oppose object protest favour favor prefer want wish
    post publish release issue broadcast relay recite read relate narrate email text telephone
    speculate theorise theorize surmise reason argue imply insinuate signal echo repeat continue conclude interject interrupt
    attribute ascribe credit charge express voice raise outline advocate rumour rumor explain foresee envisage envision
    talk discuss debate address testify recollect remember forget mean accord conclude put
    hold allude demonstrate contradict correct pray long regret tout invoke liken deride persuade retweet disavow repudiate rail
    trumpet voice mock lash rebuff shrug nominate pronounce unveil chide convince confident sure aware unaware
    lobby press pressure
"""
# Nouns for what is said.
_SAID = """
    claim allegation assertion statement report accusation announcement testimony admission denial warning estimate suggestion belief
    assessment conclusion finding account acknowledgment confirmation declaration insistence argument rumor rumour comment remark
    promise pledge vow threat demand call request appeal plea view opinion fear hope concern criticism condemnation question prediction
    complaint proposal offer refusal statement
"""


def _stems(words: str) -> frozenset[str]:
    """The stems of the words in all regular forms: of some, as "express" and "expressed", they are not one."""
    return frozenset(stem(w + ending) for w in words.split() for ending in ("", "ed", "ing", "s"))


_SPEAKS = _stems(_SPEAKING)
_SAYS_OR_THINKS = _SPEAKS | _stems(_THINKING)
_STATED = _stems(_SAID)
# Verbs for giving a name: "known as", "a page titled".
_NAMES = _stems(
    "know known call name title entitle dub term bill label describe refer nickname consider regard see mean"
)
# Passives that tell that somebody said or thought something, though not who.
_TOLD_OF = _stems(
    "say said report believe think thought claim allege fear hear rumour rumor announce estimate suspect accuse expect confirm assume understand understood reveal know predict charge tell told declare deny propose note state suggest"
)
# Passives whose subject is told something, by somebody.
_TOLD_TO = _stems("tell told charge accuse")
_LIGHT = frozenset(
    "is are was were be been being 's ’s has have had do does did will would can could may might".split()
)
_UNANSWERED = re.compile(
    r"(?:an? |the |multiple |repeated |our )?requests? for comment", re.IGNORECASE
)
# A cue that is no word for saying or thinking needs this probability.
_UNLISTED = 0.5
# What "I" or "we" think outside a quotation is mostly the report's own voice; this likely it is speech whose marks were lost.
_OWN = 0.8
# A quotation of fewer words among others is no speech by itself ("so-called").
_QUOTED = 4
_NOT_SPEAKERS = frozenset("this these there what you your nobody none".split())
# Endings of nouns for things that are neither people nor bodies.
_LIFELESS = re.compile(r"(?:tion|sion|ment|ness|[ae]nce|ity|ship|ism|ure|ing)s?$")
_TIMES = frozenset(
    "day week month year decade century hour minute morning evening night time times days weeks months years".split()
)
_OWN_VOICE = frozenset("i we our my us me you your".split())


def speaking(tree: Tree, cue: int, teller: Teller) -> int | None:
    """The head of who makes the statement, without words that cannot name one: verbs, days, and whom "is said to" is about."""
    head = teller.head
    if head is None or tree.tags[head][0] == "V" or tree.words[head] in DAYS | _TIMES:
        return None
    told_of = (
        tree.stems[cue] in _TOLD_OF - _TOLD_TO
        and tree.tags[cue] == "VBN"
        and tree.has(cue, "auxpass")
    )
    return None if told_of and teller.kind in ("nsubjpass", "nsubj", "antecedent") else head


def is_statement(
    tree: Tree,
    cue: int,
    content: Span,
    head: int | None,
    likely: float,
    around: Surroundings,
    lexicon: Lexicon,
) -> bool:
    """Whether what the weights take for a statement is one: by its cue, and by the head of who would make it."""
    if tree.text[cue] == ":":
        return (
            True  # a heading or a transcript; `find_attributions` asks whose name stands before it
        )
    if tree.stems[cue] == "respond" and _UNANSWERED.match(around.text[slice(*content)]):
        return False
    quoted = _is_quoted(content, around)
    inside = bool(around.touching(tree.starts[cue], tree.ends[cue]))
    if (
        not quoted
        and (likely < _UNLISTED or tree.words[cue] in _LIGHT)
        and tree.stems[cue] not in (_SAYS_OR_THINKS if tree.tags[cue][0] == "V" else _ANNOUNCES)
    ):
        return False
    if head is None:
        return _is_lost(tree, cue) or (quoted and likely > _UNLISTED)
    if tree.words[head] in _OWN_VOICE:
        return inside or likely >= _OWN
    return not _is_naming(tree, cue) and (quoted or _can_speak(tree, cue, head, lexicon))


_ANNOUNCES = _STATED | _SAYS_OR_THINKS


def is_saying(words: str) -> bool:
    """Whether the words of a cue hold a verb of saying or writing, or "according"."""
    return any(w in ("according", ":") or stem(w) in _SPEAKS for w in words.lower().split())


def _is_quoted(content: Span, around: Surroundings) -> bool:
    """Whether words of the content stand in quotation marks, and not only for a phrase of it."""
    inside = [(max(q[0], content[0]), min(q[1], content[1])) for q in around.touching(*content)]
    words = sum(len(around.text[slice(*q)].split()) for q in inside)
    return words >= _QUOTED or words * 2 > len(around.text[slice(*content)].split())


def _is_lost(tree: Tree, cue: int) -> bool:
    """Whether the cue says itself that somebody spoke: "it is believed that", "according to" and nothing more."""
    if tree.words[cue] == "according":
        return True
    return (
        tree.tags[cue] == "VBN"
        and tree.stems[cue] in _TOLD_OF
        and tree.has(cue, "auxpass")
        and not _names(tree, cue)
    )


def _names(tree: Tree, cue: int) -> bool:
    """Whether the verb says what something is called: "is known as"."""
    return (
        tree.stems[cue] in _NAMES
        and tree.tags[cue] == "VBN"
        and any(tree.words[c] == "as" for c in tree.children[cue])
    )


def _is_naming(tree: Tree, cue: int) -> bool:
    return (
        _names(tree, cue)
        and not tree.has(cue, "agent")
        and tree.deps[cue] in ("acl", "relcl", "amod")
    )


def _can_speak(tree: Tree, cue: int, head: int, lexicon: Lexicon) -> bool:
    """Whether the noun is one that speaks or thinks: a name, people, a body, a record that shows something."""
    word, tag = tree.words[head], tree.tags[head]
    if (
        word in _NOT_SPEAKERS
        or (word == "that" and tag == "DT")
        or tag == "EX"
        or (word.isdigit() and len(word) == 4)
    ):
        return False
    if tag[:2] != "NN" or tag[:3] == "NNP":
        return True
    if (
        word in lexicon.claimant_words
        or word in lexicon.people
        or word in RECORDS
        or word in STATEMENTS
        or CALLING.search(word)
    ):
        return True
    if any(
        tree.words[c] in lexicon.claimant_words and tree.deps[c] in ("compound", "nmod", "poss")
        for c in tree.children[head]
    ):
        return True
    lifeless = (
        word in lexicon.things or word in lexicon.harm or word in _TIMES or _LIFELESS.search(word)
    )
    return not lifeless or (tree.stems[cue] in _SPEAKS and word not in lexicon.harm)


def names_speaker(words: str, lexicon: Lexicon, speakers: frozenset[str]) -> bool:
    """Whether the words before a colon name a claimant: by a word for one, or as who speaks in the report."""
    tokens = words.replace("’", "'").split()
    known = any(
        t.lower().strip("'\"") in lexicon.claimant_words or t.lower() in lexicon.people
        for t in tokens
    )
    shouted = words.isupper() and len(tokens) < _QUOTED  # a transcript
    return known or shouted or any(words in s for s in speakers)
