"""Cues in a sentence: who is said to say something, and what each cue covers.

A cue is a reporting verb with its subject ("the ministry said"), a fixed phrase ("according to
police") or a headline's "Police: …". The claimant of words is the innermost one that covers them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from sayso.find.phrases import NOUNS
from sayso.lexicon import Lexicon
from sayso.parse import tokens_between

PRONOUNS = frozenset("he she it they who i we".split())
# Inside a quotation these are its speaker, whom the words around it name.
_FIRST_PERSON = frozenset("i we you".split())
_TAIL_PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "with"})
_QUOTERS = frozenset("quoted quotes quote quoting cited citing cites cite".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a sentence. Token indices are within the sentence's parse.

    `verb` is the reporting verb, None for a fixed phrase; `claimant` is the token range of the
    words that name the claimant, None when announced but lost; `via` names an outlet in between
    ("told RT", "AFP quoted sources as saying"). `denied` is true for "denied that", "could not
    confirm": what such a cue covers is not asserted.
    """

    start: int
    end: int
    text: str
    verb: int | None
    claimant: tuple[int, int] | None
    via: str | None = None
    denied: bool = False


_BY_ESTIMATES = re.compile(
    r"\bby (?:some|most|many|other|various|several|official|unofficial|independent|conservative|one) (?:official |independent |local )?(?:estimates?|accounts?|counts?|reckonings?)\b",
    re.IGNORECASE,
)


def find_cues(doc: Doc, lexicon: Lexicon) -> list[Cue]:
    """Every cue in the parsed sentence, in order."""
    cues = [cue for t in doc if t.lower_ in lexicon.reporting and (cue := _verb_cue(t, doc, lexicon))]
    cues = [c for c in cues if c.claimant is None or doc[c.claimant[0]].lower_ not in _FIRST_PERSON]
    verbs = {i for cue in cues for i in range(cue.start, cue.end)}
    cues += [cue for t in doc if t.lower_ in _STATEMENTS | _EVIDENCE and (cue := _noun_cue(t, doc, lexicon))]
    for m in lexicon.cue_prefix.finditer(doc.text):
        span = tokens_between(doc, m.start(), m.end())
        if span.text.lower() == "per" and not (span.end < len(doc) and _may_name(doc[span.end], lexicon)):
            continue  # "per episode"
        if span.start not in verbs and (cue := _phrase_cue(span.start, span.end, doc)):
            cues.append(cue)
    for m in _BY_ESTIMATES.finditer(doc.text):
        span = tokens_between(doc, m.start(), m.end())
        cues.append(Cue(span.start, span.end, span.text, None, (span.start + 1, span.end - 1)))
    if colon := _headline_cue(doc, lexicon):
        cues.append(colon)
    return sorted(cues, key=lambda c: c.start)


# What is claimed without being said: "the attack claimed the lives of", "claimed responsibility".
_CLAIMED = frozenset("life lives responsibility credit victim victims casualties territory".split())
# Records speak by what they show; a toll is put at a number.
_RECORDS = frozenset(
    "video videos footage image images photo photos photograph photographs picture pictures clip clips film autopsy autopsies inquest document documents record records data figures report reports investigation study survey tally poll polls studies surveys analysis research statistics affidavit lawsuit complaint indictment transcript cable cables email emails memo letter headline census review map maps post posts tweet tweets".split()
)
_REPORTERS = frozenset(
    "journalist journalists reporter reporters correspondent correspondents photographer photographers cameraman cameramen witness witnesses eyewitness eyewitnesses crew stringer".split()
)
_TOLLS = frozenset("toll number numbers figure figures count total losses casualties deaths dead".split())
_HEARINGS = frozenset("inquest inquests court courts tribunal jury jurors hearing inquiry".split())
_SAYING = frozenset("say tell add announce report state confirm claim declare reveal stress explain note".split())
# Verbs whose subject speaks or writes, whatever it is called.
_SPEECH = frozenset(
    "say tell write argue insist assert allege testify tweet reiterate acknowledge admit reply answer contend concede complain deny warn explain recount caution remark recall".split()
)
# What a statement is called as a noun: "the ministry's claim that", "rejected reports that".
_STATEMENTS = frozenset(
    "claim claims allegation allegations assertion assertions statement statements report reports accusation accusations announcement testimony admission denial warning warnings estimate estimates suggestion suggestions contention belief assessment conclusion finding findings account accounts acknowledgment confirmation declaration insistence argument rumor rumors rumour rumours comment comments remark remarks".split()
)
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "POS", "VBG"})


# What stands between a speaker and "said".
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_TAKE_IT = frozenset("about of for with by to from in on over against be is was".split())
_BETWEEN = frozenset("also later earlier further then on".split()) | _DAYS


def _just_before(token: Token, lemma: str, doc: Doc, lexicon: Lexicon) -> tuple[int, int] | None:
    """The noun phrase that touches a verb of saying, read from the words alone.

    Where commas are lost or a sentence is long the parser hangs "the ministry" on something else;
    a finite "said" with a noun phrase that can speak right before it has that phrase for its subject.
    """
    if lemma not in _SAYING or token.tag_ not in ("VBD", "VBN", "VBZ", "NNS") or token.i == 0:
        return None
    if token.i + 1 < len(doc) and (
        doc[token.i + 1].lower_ == "by" or (token.tag_ == "NNS" and doc[token.i + 1].tag_ not in (".", "''", "``"))
    ):
        return None
    last = token.i - 1
    while last and doc[last].lower_ in _BETWEEN:
        last -= 1
    if last > 3 and doc[last].text == ")" and doc[last - 2].text == "(":  # "the Observatory (SOHR) said"
        last -= 3
    if doc[last].lower_ in ("he", "she", "it", "they"):
        object_of = doc[last - 1] if last else None
        return (last, last) if object_of is None or object_of.lower_ not in _TAKE_IT else None
    first = _without_clause(_start_of_name(last, doc), last, doc, lexicon)
    if first > last:
        return None
    first = _with_office(first, doc, lexicon)
    if doc[last].tag_ not in NOUNS and doc[last].text != "WHO":
        return None
    words = doc[first : last + 1]
    speaks = (
        doc[last].tag_ in ("NNP", "NNPS")
        or doc[last].text == "WHO"
        or any(t.lower_ in lexicon.claimant_words for t in words)
        or doc[last].lower_ in lexicon.people
        or bool(_CALLING.search(doc[last].lower_))
    )
    return (first, last) if speaks and not (doc[last].lower_ in lexicon.things and doc[last].lower_ not in lexicon.claimant_words) else None


# What begins something else after "said the governor".
_ADDING = frozenset("say add explain state note".split())
_BREAKS_OFF = frozenset("who whose which but and as after when while because that adding in on at during".split())


def _just_behind(token: Token, lemma: str, doc: Doc, lexicon: Lexicon) -> Token | None:
    """The noun after "said" that closes a sentence without its comma: "we are all props said Ali Reza a delegate"."""
    if lemma not in _ADDING or token.tag_ not in ("VBD", "VBZ", "VBN", "NNS") or not any(t.tag_ in _FINITE for t in doc[: token.i]):
        return None
    head = _noun_at(doc[token.i + 1], doc) if token.i + 1 < len(doc) else None
    if head is None or head.tag_ not in NOUNS or not _can_claim(head, lemma, doc, lexicon):
        return None
    for t in doc[head.i + 1 :]:
        if t.lower_ in _BREAKS_OFF or t.is_punct:
            break
        if t.tag_ in _FINITE:
            return None
    return head


_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def _verb_cue(token: Token, doc: Doc, lexicon: Lexicon) -> Cue | None:
    """A reporting verb with the subject that can speak; None where it reports nothing."""
    if token.lower_ == "heard" and token.i > 1 and doc[token.i - 1].lower_ in _HEARINGS:
        return Cue(token.i, token.i + 1, token.text, token.i, (token.i - 2, token.i - 1))
    lemma = lexicon.reporting[token.lower_]
    if not _is_finite_report(token, lemma, doc):
        return None
    denied = _denies(token, lemma)
    if _is_passive(token):
        return _agent_cue(token, lemma, doc, lexicon, denied)
    subject, via = _speaker(token, doc, lexicon)
    if lemma == "tell":
        via = next((_words(_phrase(o, doc), doc) for o in token.children if o.dep_ in ("dobj", "dative") and o.tag_ in _NAMES), via)
    near = _just_before(token, lemma, doc, lexicon)
    object_of = near is not None and near[0] and doc[near[0] - 1].lower_ in _TAKE_IT
    if (near is None or object_of) and (behind := _just_behind(token, lemma, doc, lexicon)):
        return Cue(token.i, token.i + 1, token.text, token.i, _phrase(behind, doc), None, denied)
    if near is not None and _is_nearer(near, subject, lemma, doc, lexicon):
        return Cue(token.i, token.i + 1, token.text, token.i, near, via if lemma == "tell" else None, denied)
    if subject is None or any(c.lower_ in ("no", "neither") for c in subject.children) or not _reports(token, lemma, subject, doc, lexicon):
        return None
    if subject.lower_ in _RECORDS and (poster := _poster(subject, doc)):
        return replace(poster, start=token.i, end=token.i + 1, text=token.text, verb=token.i, denied=denied)
    first, last = _phrase(subject, doc)
    return Cue(token.i, token.i + 1, token.text, token.i, (_without_clause(first, subject.i, doc, lexicon), last), via, denied)


def _poster(record: Token, doc: Doc) -> Cue | None:
    """Whose a record is that shows something: "images posted by residents show"."""
    posted = (c for c in record.rights if c.dep_ == "acl" and c.lower_ in _ISSUING)
    by = next((c for p in posted for c in p.rights if c.lower_ == "by"), None)
    named = _phrase_cue(by.i, by.i + 1, doc) if by is not None else None
    return named if named and named.claimant else None


def _start_of_name(last: int, doc: Doc) -> int:
    """Where the noun phrase that ends at `last` begins, read from the words alone."""
    first = last + 1
    while first and (
        doc[first - 1].tag_ in _NOMINAL
        or doc[first - 1].text in ("-", "WHO")
        or (doc[first - 1].tag_ == "VBN" and first > 1 and doc[first - 2].text == "-")  # "Britain-based"
        or (doc[first - 1].lower_ in ("of", "for", "and") and first <= last and doc[first].tag_ in ("NNP", "NNPS", "DT", "JJ"))
    ):
        first -= 1
        if doc[first].tag_ != "DT" and first and doc[first - 1].tag_ in ("DT", "PRP$"):
            first -= 1
            break
    while first <= last and doc[first].lower_ in ("of", "for", "and", "-"):
        first += 1
    return first


# Ends of words for what people do, which stand before their names ("the strategist Ahmed Ali").
_CALLING = re.compile(r"(?:ist|man|woman|person|ian|eer|ster|maker|worker|writer|speaker|president|professor|senator)$")


def _is_title(token: Token, lexicon: Lexicon) -> bool:
    """Whether the common noun can stand before a person's name: one person's office or calling."""
    word = token.lower_
    known = word in lexicon.people or word in lexicon.claimant_words
    return token.tag_ != "NNS" and (known or bool(_CALLING.search(word)))


def _with_office(first: int, doc: Doc, lexicon: Lexicon) -> int:
    """Where a name begins together with the office before it: "the head of | the Observatory Rami Abdel Rahman"."""
    if first < 2 or doc[first - 1].lower_ not in ("of", "for") or doc[first - 2].tag_ != "NN" or not _is_title(doc[first - 2], lexicon):
        return first
    return first - 3 if first > 2 and doc[first - 3].tag_ == "DT" else first - 2


def _without_clause(first: int, last: int, doc: Doc, lexicon: Lexicon) -> int:
    """Where the claimant begins in words that lost a comma: "killed 18 people | Ahmed Ali said"."""
    for i in range(last, first, -1):
        before, here = doc[i - 1], doc[i]
        if before.lower_ in _DAYS or (here.tag_ in ("DT", "PRP$") and before.tag_ in NOUNS):
            return i
        if here.tag_ == "JJ" and before.tag_ == "NNS":  # "lost 12 fighters | conservative figure Mardini said"
            return i
        if before.lower_ in ("and", "or") and i - 2 >= first:
            before = doc[i - 2]
        common = before.tag_ in ("NN", "NNS") and before.text.islower() and before.text.isalpha()
        if common and here.tag_ in _NAMES | {"JJ"} and here.text[:1].isupper() and not _is_title(before, lexicon):
            return i
    return first


def _noun_cue(token: Token, doc: Doc, lexicon: Lexicon) -> Cue | None:
    """A statement named as a noun, with whose it is: "Iran's claim that", "accusations by rebels that", "no evidence that"."""
    clause = any(
        c.dep_ in ("acl", "ccomp", "relcl") and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children) for c in token.rights
    )
    if token.lower_ in _EVIDENCE:
        denied = clause and (any(c.lower_ == "no" for c in token.children) or any(c.dep_ == "neg" for c in token.head.children))
        return Cue(token.i, token.i + 1, token.text, token.i, None, None, True) if denied else None
    denied = lexicon.reporting.get(token.head.lower_) in _DENYING
    owner = next((c for c in token.lefts if c.dep_ == "poss"), None)
    if owner is not None and (clause or any(c.dep_ == "prep" and c.lower_ in ("of", "about") for c in token.rights)):
        if owner.tag_ != "PRP$" and not _can_claim(owner, "", doc, lexicon):
            return None
        return Cue(token.i, token.i + 1, token.text, token.i, _phrase(owner, doc), None, denied)
    given = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ in ("from", "by") and c.i == token.i + 1), None)
    if given is None or not clause:
        return None
    named = _phrase_cue(given.i, given.i + 1, doc)
    return replace(named, start=token.i, text=token.text, verb=token.i, denied=denied) if named else None


_EVIDENCE = frozenset("evidence indication proof sign confirmation".split())
_NAMES = frozenset({"NNP", "NNPS"})
# "went on to say", "was quick to point out": the infinitive is what its subject did say.
_LEADS_TO = frozenset("go goes went gone going continue continues continued quick first last proceed proceeded happy keen careful".split())
# "was unable to confirm", "declined to say".
_FAILS_TO = frozenset("unable fail fails failed failing decline declines declined declining refuse refuses refused refusing".split())
_DENYING = frozenset("deny refute reject dismiss dispute".split())


def _is_finite_report(token: Token, lemma: str, doc: Doc) -> bool:
    """Whether the form is a verb that says something took place: no noun, no bare infinitive."""
    if token.lower_ in ("according", "including", "citing", "quoting"):  # these stand before the claimant
        return False
    if not token.tag_.startswith("VB") and token.lower_ not in ("said", "says"):
        return token.text == "reports" and token.i > 0 and doc[token.i - 1].tag_ == "NNP"
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
    return not infinitive or lemma == "say" or token.head.lower_ in _LEADS_TO | _FAILS_TO


def _is_passive(token: Token) -> bool:
    return any(c.dep_ == "auxpass" or (c.dep_ == "aux" and c.lower_ in ("was", "were") and token.tag_ == "VBN") for c in token.children)


def _agent_cue(token: Token, lemma: str, doc: Doc, lexicon: Lexicon, denied: bool) -> Cue | None:
    """Who a passive verb was said by: "it was confirmed by the ministry that …", "we were told by police"."""
    by = next((c for c in token.children if c.dep_ == "agent"), None)
    if (
        by is None and denied and (lemma in _DENYING or lemma in ("confirm", "verify"))
    ):  # "the report could not be confirmed": nobody asserts it
        return Cue(token.i, token.i + 1, token.text, token.i, None, None, denied)
    if by is None or lemma in lexicon.clause_only or not any(_can_claim(o, lemma, doc, lexicon) for o in by.children if o.dep_ == "pobj"):
        return None
    named = _phrase_cue(by.i, by.i + 1, doc)
    return replace(named, start=token.i, text=token.text, verb=token.i, denied=denied) if named else None


def _denies(token: Token, lemma: str) -> bool:
    """Whether what the verb covers is not asserted: "denied that", "could not confirm", "failed to confirm"."""
    negated = any(c.dep_ == "neg" for c in token.children) or token.head.lower_ in _FAILS_TO
    return negated != (lemma in _DENYING)


def _is_nearer(near: tuple[int, int], subject: Token | None, lemma: str, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the noun phrase that touches the verb names its speaker better than the parsed subject."""
    if subject is None:
        return True
    if near[0] <= subject.i <= near[1]:
        return near[0] < _phrase(subject, doc)[0]
    if subject.i > near[0]:
        return False
    if doc[near[1]].dep_ == "appos" and not doc[near[0] - 1].is_punct:
        return True
    return not (subject.left_edge.i <= near[1] <= subject.right_edge.i and _can_claim(subject, "", doc, lexicon))


def _reports(token: Token, lemma: str, subject: Token, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the verb with this subject reports, and does not act: "claimed responsibility", "posted guards"."""
    objects = [c for c in token.children if c.dep_ == "dobj"]
    if lemma == "claim" and any(o.lower_ in _CLAIMED or (o.lower_ in lexicon.people and o.lower_ not in _TOLLS) for o in objects):
        return False
    if lemma in lexicon.clause_only and not _has_clause(token, subject, doc) and not _tells(token, lemma, subject, objects, doc):
        return False
    return _can_claim(subject, lemma, doc, lexicon) or (_says_that(token) and _is_no_event(subject, lexicon))


def _says_that(token: Token) -> bool:
    """Whether the verb has a "that" clause, or stands in "as the paper noted", as only speakers do."""
    clauses = [token, *(c for c in token.children if c.dep_ == "ccomp")]
    return any(m.dep_ == "mark" and m.lower_ == ("as" if c is token else "that") for c in clauses for m in c.children)


def _is_no_event(subject: Token, lexicon: Lexicon) -> bool:
    return subject.tag_ in NOUNS and subject.lower_ not in lexicon.things and subject.lower_ not in lexicon.harm


def _speaker(token: Token, doc: Doc, lexicon: Lexicon) -> tuple[Token | None, str | None]:
    """The subject of a reporting verb, wherever grammar puts it, and the outlet it spoke through."""
    lemma = lexicon.reporting.get(token.lower_, "")
    if inverted := _inverted(token, doc):
        return inverted, None
    subjects = [
        c for c in token.children if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ != "WDT" and c.lower_ not in ("that", "which", "what")
    ]
    if subjects:
        before = [c for c in subjects if c.i < token.i] or subjects[:1]
        subject = next((c for c in reversed(before) if _can_claim(c, lemma, doc, lexicon)), before[-1])
        if subject.lower_ == "who" and subject.text != "WHO" and token.dep_ == "relcl":
            return token.head, None
        return subject, None
    if token.dep_ == "relcl":
        return token.head, None
    if token.dep_ == "pcomp":
        return _speaker_before_preposition(token, doc, lexicon)
    if token.dep_ == "acl" and token.head.tag_ in NOUNS and token.tag_ == "VBG":
        return _speaker_described(token, lemma, doc, lexicon)
    if token.tag_ == "VBG" and token.dep_ in ("advcl", "dep", "ccomp") and token.head.tag_.startswith("VB") and token.head is not token:
        return _speaker(_main_verb(token, lexicon), doc, lexicon)
    if token.dep_ in ("conj", "xcomp") and token.head is not token and token.head.tag_.startswith("VB"):
        return _speaker(token.head, doc, lexicon)
    if token.dep_ == "xcomp" and token.head.dep_ == "acomp":  # "was quick to point out"
        return _speaker(token.head.head, doc, lexicon)
    return (_before_comma(token, doc), None) if lemma in _SPEECH else (None, None)


_ISSUING = frozenset("issued released published posted shared made put gave sent issuing releasing publishing issues releases".split())


def _speaker_described(token: Token, lemma: str, doc: Doc, lexicon: Lexicon) -> tuple[Token | None, str | None]:
    """The noun before "saying": a claimant, or, in "police said in a statement adding that …", what its verb has."""
    noun = token.head
    if noun.lower_ in _STATEMENTS:
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        issued = noun.dep_ == "dobj" and verb.lower_ in _ISSUING
        if issued or (noun.dep_ == "pobj" and lexicon.reporting.get(verb.lower_) in _SPEECH):
            issuer = _speaker(verb, doc, lexicon)
            return issuer if issuer[0] is not None else (noun, None)
    elif (
        lemma in _SAYING
        and noun.dep_ in ("pobj", "dobj")
        and noun.lower_ not in lexicon.claimant_words
        and noun.lower_ not in lexicon.people
    ):
        main = next((t for t in noun.ancestors if t.tag_.startswith("VB") and t.dep_ not in ("relcl", "acl")), None)
        told = _speaker(main, doc, lexicon)[0] if main is not None else None
        if told is not None and _can_claim(told, "", doc, lexicon):
            return told, None
    return (noun, None) if lemma != "show" or noun.lower_ in _RECORDS else (None, None)


def _main_verb(token: Token, lexicon: Lexicon) -> Token:
    """The verb whose subject goes on speaking in "…, adding that": not what was said, but who said it."""
    if token.i and token.nbor(-1).text == ",":
        for verb in token.ancestors:
            if verb.dep_ == "ccomp" and verb.head.lower_ in lexicon.reporting and verb.head.i < token.i:
                return verb.head
    return token.head


# "by saying", "after accusing": whoever did the one did the other.
_MEANS = frozenset({"by", "in", "after", "before", "while", "when", "since"})


def _speaker_before_preposition(token: Token, doc: Doc, lexicon: Lexicon) -> tuple[Token | None, str | None]:
    """ "AFP quoted sources as saying", "by suggesting that …, the minister …"."""
    verb = token.head.head
    if token.head.lower_ == "as" and verb.lower_ in _QUOTERS:
        named = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        via = [c for c in verb.children if c.dep_ == "nsubj"]
        return (named[0] if named else None), (_words(_phrase(via[0], doc), doc) if via and via[0].tag_ == "NNP" else None)
    return (
        _speaker(verb, doc, lexicon) if verb.tag_.startswith("VB") and token.tag_ == "VBG" and token.head.lower_ in _MEANS else (None, None)
    )


def _inverted(token: Token, doc: Doc) -> Token | None:
    """The noun after the verb in "…," said the governor": right after a quotation however it was parsed, after a comma as its subject."""
    if not token.i or token.i + 1 >= len(doc) or doc[token.i - 1].text not in _CLOSING | {","}:
        return None
    after = doc[token.i + 1]
    head = after if after.tag_ == "PRP" else _noun_at(after, doc)
    if head is None or head.tag_ not in NOUNS | {"PRP"}:
        return None
    if head.head is token and head.dep_ == "nsubj":
        return head
    subject_before = any(c.dep_ == "nsubj" for c in token.lefts)
    return head if doc[token.i - 1].text in _CLOSING and not subject_before else None


def _before_comma(token: Token, doc: Doc) -> Token | None:
    """The noun that a long aside parts from its "said": "Ms Ali, whose son was there, said …"."""
    if not token.i or doc[token.i - 1].text != ",":
        return None
    for noun in reversed(doc[: token.i - 1]):
        if noun.text in _CLOSING:
            return None
        if noun.tag_ in NOUNS and doc[noun.i + 1].text == "," and (noun.dep_ == "nsubj" or _opens(noun, doc)):
            return noun
    return None


def _opens(noun: Token, doc: Doc) -> bool:
    """Whether the name stands first in its sentence or after a quotation."""
    first = noun.i
    while first and doc[first - 1].tag_ in _NAMES:
        first -= 1
    return noun.tag_ in _NAMES and (first == 0 or doc[first - 1].text in _CLOSING)


def _noun_at(token: Token, doc: Doc) -> Token | None:
    i = token.i
    while i < len(doc) and (
        doc[i].tag_ in ("JJ", "NNP", "NN", "NNS", "NNPS", "POS", "HYPH") or (i == token.i and doc[i].tag_ in ("DT", "PRP$"))
    ):
        i += 1
    return doc[i - 1] if i > token.i else None


def _has_clause(token: Token, subject: Token, doc: Doc) -> bool:
    """Whether the verb has something said with it: a clause, a quotation beside it, or itself hangs on one as "X said"."""
    if any(c.dep_ in ("ccomp", "parataxis") for c in token.children) or token.dep_ == "parataxis":
        return True
    if any(t.text == ":" or t.text in _OPENING for t in doc[token.i + 1 : token.i + 3]):
        return True
    if any(c.dep_ == "mark" and c.lower_ == "as" for c in token.children) and not any(
        c.dep_ == "dobj" for c in token.children
    ):  # "as the report noted, …"
        return True
    first = min(token.i, subject.left_edge.i)
    return any(t.text in _CLOSING for t in doc[max(0, first - 2) : first])


_OPENING = frozenset({"“", '"', "''", "``", "‘"})
_CLOSING = frozenset({"”", '"', "''", "’"})


def _tells(token: Token, lemma: str, subject: Token, objects: list[Token], doc: Doc) -> bool:
    """Whether a verb that usually needs a clause reports without one: "the video shows the killing of
    two", "experts put the toll at 40", "accused it of killing ten", "…, he added"."""
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if lemma == "put":
        return any(o.lower_ in _TOLLS for o in objects)
    if lemma in ("show", "find", "determine", "record", "detail", "list", "suggest", "identify"):
        return subject.lower_ in _RECORDS
    if lemma == "see":
        return subject.lower_ in _REPORTERS
    if lemma in ("post", "share", "publish", "release"):  # "posted a video where", "shared images of"
        return any(o.lower_ in _RECORDS and any(c.dep_ in ("relcl", "acl", "prep") for c in o.rights) for o in objects)
    if lemma in ("condemn", "denounce", "decry"):
        return bool(objects)
    if lemma in ("accuse", "blame"):
        return any(c.dep_ == "prep" and c.lower_ in ("of", "for") for c in token.children)
    if lemma in _DENYING:
        return any(o.lower_ in _STATEMENTS for o in objects)
    if lemma in ("add", "hear", "note"):
        return after is None or after.tag_ in (".", "VBG") or after.lower_ in ("that", "on")
    return False


def _can_claim(subject: Token, lemma: str, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the noun can speak: people, bodies, media, documents; not "the attack claimed".

    Verbs that only speakers do need no known noun: "the strategist said", "history says".
    """
    word = subject.lower_
    if word in PRONOUNS or subject.tag_ in _NAMES or word in lexicon.claimant_words or word in lexicon.people:
        return True
    if word in lexicon.things:
        return False
    if lemma in _SPEECH and (subject.tag_ in NOUNS or subject.tag_ in ("CD", "JJ", "DT")) and word not in ("this", "that"):
        return True
    first, last = _phrase(subject, doc)
    return any(t.lower_ in lexicon.claimant_words for t in doc[first : last + 1])


def _phrase(head: Token, doc: Doc) -> tuple[int, int]:
    """The tokens that name a claimant: the noun, what stands before it, and "of the ministry"."""
    left = head.left_edge.i
    for t in doc[left : head.i]:
        if t.text in ('"', "“", "”", "''", "``", ",", ":") or (t.dep_ == "punct" and t.text not in ("-", "–", "'")):
            left = t.i + 1
    if head.i - left > 9:
        left = head.i
        while left and doc[left - 1].dep_ in ("compound", "amod", "det", "nummod", "poss", "nmod") and doc[left - 1].i > head.i - 9:
            left -= 1
    end = head.i
    for child in sorted(head.rights, key=lambda c: c.i):
        if child.dep_ == "prep" and child.lower_ in _TAIL_PREPOSITIONS and child.i == end + 1:
            end = min(child.right_edge.i, child.i + 9)
            clause = next(
                (
                    t.i
                    for t in doc[child.i : end + 1]
                    if t.dep_ in ("relcl", "acl", "advcl", "ccomp") or t.tag_ in ("VBD", "VBZ", "WDT", "WP") or t.text == ","
                ),
                None,
            )
            if clause is not None:
                end = max(head.i, clause - 1)
        elif child.dep_ == "appos" and child.i <= end + 4 and (child.tag_ == "NNP" or doc[end + 1].text != ","):
            end = max(end, child.i)
        elif child.dep_ in ("cc", "conj") and child.i <= end + 6 and not any(t.tag_ in ("VBD", "VBZ") for t in child.subtree):
            end = max(end, child.right_edge.i) if child.dep_ == "conj" else end
        elif child.dep_ == "punct" and child.text in ("(", "-", ")"):
            continue
        elif child.i > end + 1:
            break
    while left < head.i and (
        not doc[left].text[:1].isalnum() or doc[left].lower_ in ("and", "but", "that", "as", "meanwhile", "also", "or")
    ):
        left += 1
    for i in range(left, head.i):
        if doc[i].tag_ == "CD" and re.fullmatch(r"(?:19|20)\d\d", doc[i].text):  # the end of a dateline
            left = i + 1
    return left, end


_NAMING = frozenset("DT JJ JJS RBS NN NNS NNP NNPS POS HYPH CD PRP$ CC VBN VBG RB IN PRP -LRB- -RRB- PDT TO".split())


def _phrase_cue(start: int, end: int, doc: Doc) -> Cue | None:
    """ "according to" and the like, with the noun phrase that follows; lost when none does."""
    words = doc[start:end].text
    first = end
    while first < len(doc) and doc[first].text in ('"', "“", ":"):
        first += 1
    if first >= len(doc) or doc[first].tag_ in (".", "VBZ", "VBD"):
        return Cue(start, end, words, None, None) if words.lower() in ("according to", "as reported by") else None
    last = first
    while last < len(doc) and (doc[last].tag_ in _NAMING or doc[last].text in ("-", "@", "/", "_")) and not _ends_name(last, first, doc):
        last += 1
    last = _before_clause(first, last, doc)
    while last > first and doc[last - 1].tag_ in ("IN", "CC", "RB", "TO", "DT", "VBG", "-LRB-"):
        last -= 1
    return Cue(start, end, words, None, (first, last - 1)) if last > first else None


def _before_clause(first: int, last: int, doc: Doc) -> int:
    """Where the claimant ends when a clause follows without a comma: "according to the bulletin | Nusra fighters killed"."""
    if last >= len(doc) or doc[last].tag_ not in _FINITE:
        return last
    subject = next((c for c in doc[last].lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and first < subject.left_edge.i < last:
        return subject.left_edge.i
    for i in range(first + 1, last):
        if doc[i].tag_ in _NAMES and doc[i].text[:1].isupper() and doc[i - 1].tag_ in ("NN", "NNS") and doc[i - 1].text.islower():
            return i
    return last


def _ends_name(i: int, first: int, doc: Doc) -> bool:
    """Whether the token at i begins something else than the name that starts at `first`."""
    token = doc[i]
    if token.tag_ == "IN":
        return token.lower_ not in _TAIL_PREPOSITIONS
    if token.tag_ == "CC":
        goes_on = i + 1 < len(doc) and doc[i + 1].tag_ in ("NN", "NNS", "NNP", "NNPS", "DT", "JJ", "VBG", "PRP$")
        return not goes_on or _starts_clause(i + 1, doc)
    if token.tag_ == "CD" and doc[i - 1].tag_ in ("DT", "PRP$"):  # "a 2014 study"
        return False
    return i > first and token.tag_ in ("DT", "PRP", "CD") and doc[i - 1].tag_ not in ("IN", "CC", "PDT")


def _may_name(token: Token, lexicon: Lexicon) -> bool:
    return token.tag_ in _NAMES or token.lower_ == "the" or token.lower_ in lexicon.claimant_words


def _starts_clause(i: int, doc: Doc) -> bool:
    """Whether a verb follows the noun phrase at i before any punctuation: a new clause."""
    for t in doc[i : i + 8]:
        if t.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return True
        if t.text in (",", ".", ";"):
            return False
    return False


def _headline_cue(doc: Doc, lexicon: Lexicon) -> Cue | None:
    """ "Police: six shot"; "six shot: police"; "six shot - ministry"."""
    for i, t in enumerate(doc):
        if t.text not in (":", "-", "–", "—") or (t.text == "-" and not (t.whitespace_ and doc[i - 1].whitespace_)):
            continue
        if (
            0 < i <= 6
            and t.text == ":"
            and all(x.tag_ in NOUNS | {"JJ", "POS", "DT", "IN"} for x in doc[:i])
            and (_names_claimant(doc, 0, i, lexicon) or (i + 1 < len(doc) and doc[i + 1].text in _OPENING))
        ):
            return Cue(i, i + 1, t.text, None, (0, i - 1))
        rest = len(doc) - i - 1
        if (
            0 < rest <= 6
            and i > 3
            and all(x.tag_ in NOUNS | {"JJ", "POS", "DT"} for x in doc[i + 1 :])
            and _names_claimant(doc, i + 1, len(doc), lexicon)
        ):
            return Cue(i, i + 1, t.text, None, (i + 1, len(doc) - 1))
    return None


_BARE = frozenset(
    "monitor monitors monitoring ngo watchdog observatory report reports source sources ministry official officials governor spokesman spokeswoman spokesperson witnesses media minister mayor sohr medics".split()
)


def headline_tail(doc: Doc) -> Cue | None:
    """The claimant at the end of a headline that lost its dash: "Airstrikes kill 28 in safe zone monitor"."""
    last = len(doc) - 1
    while last > 3 and doc[last].tag_ in (".", ":", ",", "''"):
        last -= 1
    for bar in range(len(doc) - 1, 3, -1):
        if doc[bar].text in ("|", "_"):
            last = bar - 1
            if doc[bar].text == "_" and bar + 1 < len(doc) and doc[bar + 1].lower_ in _BARE:
                last = bar + 1
                break
    if last < 4 or doc[last].lower_ not in _BARE:
        return None
    first = last
    if doc[last].lower_ == "media" and doc[last - 1].lower_ in ("state", "local", "social"):
        first -= 1
    if doc[first - 1].tag_ in ("CD", "DT", "IN", "CC", "VBZ", "VBD", "VBP", "PRP$", "JJ") and doc[first - 1].text[:1].islower():
        return None
    return Cue(last, last + 1, doc[last].text, None, (first, last))


def _names_claimant(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    return any(t.lower_ in lexicon.claimant_words for t in doc[start:end])


def _words(span: tuple[int, int], doc: Doc) -> str:
    return doc[span[0] : span[1] + 1].text


def governing(cues: list[Cue], word: Token) -> Cue | None:
    """The innermost cue that covers the word, or None when the sentence says it in its own voice."""
    ancestors = [word, *word.ancestors]
    depth = {t.i: n for n, t in enumerate(ancestors)}
    open_cues = [c for c in cues if c.claimant is None or not (c.claimant[0] <= word.i <= c.claimant[1])]
    inner = [c for c in open_cues if c.verb is not None and c.verb in depth and not _in_subject(word, c)]
    if inner:
        return min(inner, key=lambda c: depth[c.verb or 0])
    phrases = [c for c in open_cues if c.verb is None]
    if phrases:
        return min(phrases, key=lambda c: abs(c.start - word.i))
    # A denial, and a clause that describes somebody ("a man who said he was cold"), reach no further than themselves.
    open_cues = [c for c in open_cues if not c.denied and not _describes(c, word.doc)]
    before = [c for c in open_cues if c.start < word.i and not _in_subject(word, c)]
    if before:
        return before[-1]
    after = [c for c in open_cues if c.start > word.i and _is_final(c, word.doc) and not _in_subject(word, c)]
    return after[0] if after else None


def _describes(cue: Cue, doc: Doc) -> bool:
    """Whether the cue is a relative clause with a pronoun of its own: "who said he was cold"."""
    return cue.verb is not None and any(c.tag_ in ("WP", "WDT") and c.dep_ == "nsubj" for c in doc[cue.verb].children)


def _in_subject(word: Token, cue: Cue) -> bool:
    """Whether the word stands in the clause that describes the claimant ("a man who was wounded said")."""
    if cue.claimant is None or cue.verb is None:
        return False
    claimant = cue.claimant
    subjects = [c for c in word.doc[cue.verb].children if c.dep_ in ("nsubj", "nsubjpass") and claimant[0] <= c.i <= claimant[1]]
    return any(s.left_edge.i <= word.i <= s.right_edge.i for s in subjects)


_AFTER_CUE = frozenset(
    "on as after while when and but citing adding without contradicting monday tuesday wednesday thursday friday saturday sunday".split()
)


def _is_aside(verb: Token, cue: Cue) -> bool:
    """Whether "X said" has lost the commas around it: it hangs on a noun, or stands before the verb of "the goal he said is …"."""
    if verb.i + 1 < len(verb.doc) and verb.nbor().tag_ in _FINITE and cue.claimant and cue.claimant[1] < verb.i:
        return True
    if verb.dep_ not in ("relcl", "acl") or cue.claimant is None or cue.claimant[0] > verb.i:
        return False
    before = verb.doc[cue.claimant[0] - 1] if cue.claimant[0] else None
    said = any(c.dep_ in ("ccomp", "dobj", "mark") and c.i > verb.i for c in verb.children)
    return not said and before is not None and before.tag_ not in ("WDT", "WP", "WP$", "IN")


def _is_final(cue: Cue, doc: Doc) -> bool:
    """Whether the cue closes its sentence, as in "…, police said on Monday"."""
    last = max(cue.end, (cue.claimant[1] + 1) if cue.claimant else cue.end)
    if cue.verb is not None and last < len(doc) and not any(c.dep_ == "ccomp" and c.i > cue.verb for c in doc[cue.verb].children):
        if doc[last].lower_ in _AFTER_CUE | _TAKE_IT or doc[last].tag_ in (".", ",", "''", "VBG"):
            return True
    if cue.verb is not None and cue.claimant and (cue.claimant[0] > cue.verb or _is_aside(doc[cue.verb], cue)):
        return True
    rest = [t for t in doc[last:] if t.tag_ not in (".", "''", "``", ",")]
    return len(rest) <= 8 and not any(t.tag_ in ("VBD", "VBZ") for t in rest)
