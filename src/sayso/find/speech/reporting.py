"""Reporting verbs and fixed phrases: whom each makes the claimant ("the ministry said", "according to police")."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from sayso.find.phrases import NOUNS
from sayso.find.speech.extents import (
    CALLING,
    DAYS,
    FINITE,
    NAMES,
    before_clause,
    ends_name,
    noun_at,
    noun_phrase_of,
    start_of_name,
    with_office,
    without_clause,
)
from sayso.language.lexicon import Lexicon

PRONOUNS = frozenset("he she it they who i we".split())


QUOTERS = frozenset("quoted quotes quote quoting cited citing cites cite".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a sentence. Token indices are within the sentence's parse.

    `verb` is the reporting verb, None for a fixed phrase; `claimant` is the token range of the
    words that name the claimant, None when announced but lost; `via` is that of an outlet in between
    ("told RT", "AFP quoted sources as saying"), which `find.via` looks for. `denied` is true for "denied that", "could not
    confirm": what such a cue covers is not asserted.
    """

    start: int
    end: int
    text: str
    verb: int | None
    claimant: tuple[int, int] | None
    denied: bool = False
    via: tuple[int, int] | None = None


# What is claimed without being said: "the attack claimed the lives of", "claimed responsibility".
_CLAIMED = frozenset("life lives responsibility credit victim victims casualties territory".split())


# Records speak by what they show; a toll is put at a number.
RECORDS = frozenset(
    "video videos footage image images photo photos photograph photographs picture pictures clip clips film autopsy autopsies inquest document documents record records data figures report reports investigation study survey tally poll polls studies surveys analysis research statistics affidavit lawsuit complaint indictment transcript cable cables email emails memo letter headline census review map maps post posts tweet tweets".split()
)


_REPORTERS = frozenset(
    "journalist journalists reporter reporters correspondent correspondents photographer photographers cameraman cameramen witness witnesses eyewitness eyewitnesses crew stringer".split()
)


_TOLLS = frozenset(
    "toll number numbers figure figures count total losses casualties deaths dead".split()
)


_HEARINGS = frozenset("inquest inquests court courts tribunal jury jurors hearing inquiry".split())


_SAYING = frozenset(
    "say tell add announce report state confirm claim declare reveal stress explain note".split()
)


# Verbs whose subject speaks or writes, whatever it is called.
_SPEECH = frozenset(
    "say tell write argue insist assert allege testify tweet reiterate acknowledge admit reply answer contend concede complain deny warn explain recount caution remark recall".split()
)


# What a statement is called as a noun: "the ministry's claim that", "rejected reports that".
STATEMENTS = frozenset(
    "claim claims allegation allegations assertion assertions statement statements report reports accusation accusations announcement testimony admission denial warning warnings estimate estimates suggestion suggestions contention belief assessment conclusion finding findings account accounts acknowledgment confirmation declaration insistence argument rumor rumors rumour rumours comment comments remark remarks".split()
)


TAKE_IT = frozenset("about of for with by to from in on over against be is was".split())


_BETWEEN = frozenset("also later earlier further then on".split()) | DAYS


def _just_before(token: Token, lemma: str, doc: Doc, lexicon: Lexicon) -> tuple[int, int] | None:
    """The noun phrase that touches a verb of saying, read from the words alone.

    Where commas are lost or a sentence is long the parser hangs "the ministry" on something else;
    a finite "said" with a noun phrase that can speak right before it has that phrase for its subject.
    """
    if lemma not in _SAYING or token.tag_ not in ("VBD", "VBN", "VBZ", "NNS") or token.i == 0:
        return None
    if token.i + 1 < len(doc) and (
        doc[token.i + 1].lower_ == "by"
        or (token.tag_ == "NNS" and doc[token.i + 1].tag_ not in (".", "''", "``"))
    ):
        return None
    last = token.i - 1
    while last and doc[last].lower_ in _BETWEEN:
        last -= 1
    if (
        last > 3 and doc[last].text == ")" and doc[last - 2].text == "("
    ):  # "the Observatory (SOHR) said"
        last -= 3
    if doc[last].lower_ in ("he", "she", "it", "they"):
        object_of = doc[last - 1] if last else None
        return (last, last) if object_of is None or object_of.lower_ not in TAKE_IT else None
    first = without_clause(start_of_name(last, doc), last, doc, lexicon)
    if first > last:
        return None
    first = with_office(first, doc, lexicon)
    if doc[last].tag_ not in NOUNS and doc[last].text != "WHO":
        return None
    words = doc[first : last + 1]
    speaks = (
        doc[last].tag_ in ("NNP", "NNPS")
        or doc[last].text == "WHO"
        or any(t.lower_ in lexicon.claimant_words for t in words)
        or doc[last].lower_ in lexicon.people
        or bool(CALLING.search(doc[last].lower_))
    )
    return (
        (first, last)
        if speaks
        and not (
            doc[last].lower_ in lexicon.things and doc[last].lower_ not in lexicon.claimant_words
        )
        else None
    )


# What begins something else after "said the governor".
_ADDING = frozenset("say add explain state note".split())


_BREAKS_OFF = frozenset(
    "who whose which but and as after when while because that adding in on at during".split()
)


def _just_behind(token: Token, lemma: str, doc: Doc, lexicon: Lexicon) -> Token | None:
    """The noun after "said" that closes a sentence without its comma: "we are all props said Ali Reza a delegate"."""
    if (
        lemma not in _ADDING
        or token.tag_ not in ("VBD", "VBZ", "VBN", "NNS")
        or not any(t.tag_ in FINITE for t in doc[: token.i])
    ):
        return None
    head = noun_at(doc[token.i + 1], doc) if token.i + 1 < len(doc) else None
    if head is None or head.tag_ not in NOUNS or not can_claim(head, lemma, doc, lexicon):
        return None
    for t in doc[head.i + 1 :]:
        if t.lower_ in _BREAKS_OFF or t.is_punct:
            break
        if t.tag_ in FINITE:
            return None
    return head


def verb_cue(token: Token, doc: Doc, lexicon: Lexicon) -> Cue | None:
    """A reporting verb with the subject that can speak; None where it reports nothing."""
    if token.lower_ == "heard" and token.i > 1 and doc[token.i - 1].lower_ in _HEARINGS:
        return Cue(token.i, token.i + 1, token.text, token.i, (token.i - 2, token.i - 1))
    lemma = lexicon.reporting[token.lower_]
    if not _is_finite_report(token, lemma, doc):
        return None
    denied = _denies(token, lemma)
    if _is_passive(token):
        return _agent_cue(token, lemma, doc, lexicon, denied)
    subject = _speaker(token, doc, lexicon)
    near = _just_before(token, lemma, doc, lexicon)
    object_of = near is not None and near[0] and doc[near[0] - 1].lower_ in TAKE_IT
    if (near is None or object_of) and (behind := _just_behind(token, lemma, doc, lexicon)):
        return Cue(token.i, token.i + 1, token.text, token.i, noun_phrase_of(behind, doc), denied)
    if near is not None and _is_nearer(near, subject, lemma, doc, lexicon):
        return Cue(token.i, token.i + 1, token.text, token.i, near, denied)
    if (
        subject is None
        or any(c.lower_ in ("no", "neither") for c in subject.children)
        or not _reports(token, lemma, subject, doc, lexicon)
    ):
        return None
    if subject.lower_ in RECORDS and (poster := _poster(subject, doc)):
        return replace(
            poster, start=token.i, end=token.i + 1, text=token.text, verb=token.i, denied=denied
        )
    first, last = noun_phrase_of(subject, doc)
    return Cue(
        token.i,
        token.i + 1,
        token.text,
        token.i,
        (without_clause(first, subject.i, doc, lexicon), last),
        denied,
    )


def _poster(record: Token, doc: Doc) -> Cue | None:
    """Whose a record is that shows something: "images posted by residents show"."""
    posted = (c for c in record.rights if c.dep_ == "acl" and c.lower_ in _ISSUING)
    by = next((c for p in posted for c in p.rights if c.lower_ == "by"), None)
    named = phrase_cue(by.i, by.i + 1, doc) if by is not None else None
    return named if named and named.claimant else None


# "went on to say", "was quick to point out": the infinitive is what its subject did say.
_LEADS_TO = frozenset(
    "go goes went gone going continue continues continued quick first last proceed proceeded happy keen careful".split()
)


# "was unable to confirm", "declined to say".
_FAILS_TO = frozenset(
    "unable fail fails failed failing decline declines declined declining refuse refuses refused refusing".split()
)


DENYING = frozenset("deny refute reject dismiss dispute".split())


def _is_finite_report(token: Token, lemma: str, doc: Doc) -> bool:
    """Whether the form is a verb that says something took place: no noun, no bare infinitive."""
    if token.lower_ in (
        "according",
        "including",
        "citing",
        "quoting",
    ):  # these stand before the claimant
        return False
    if not token.tag_.startswith("VB") and token.lower_ not in ("said", "says"):
        return token.text == "reports" and token.i > 0 and doc[token.i - 1].tag_ == "NNP"
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
    return not infinitive or lemma == "say" or token.head.lower_ in _LEADS_TO | _FAILS_TO


def _is_passive(token: Token) -> bool:
    return any(
        c.dep_ == "auxpass"
        or (c.dep_ == "aux" and c.lower_ in ("was", "were") and token.tag_ == "VBN")
        for c in token.children
    )


def _agent_cue(token: Token, lemma: str, doc: Doc, lexicon: Lexicon, denied: bool) -> Cue | None:
    """Who a passive verb was said by: "it was confirmed by the ministry that …", "we were told by police"."""
    by = next((c for c in token.children if c.dep_ == "agent"), None)
    if (
        by is None and denied and (lemma in DENYING or lemma in ("confirm", "verify"))
    ):  # "the report could not be confirmed": nobody asserts it
        return Cue(token.i, token.i + 1, token.text, token.i, None, denied)
    if (
        by is None
        or lemma in lexicon.clause_only
        or not any(can_claim(o, lemma, doc, lexicon) for o in by.children if o.dep_ == "pobj")
    ):
        return None
    named = phrase_cue(by.i, by.i + 1, doc)
    return (
        replace(named, start=token.i, text=token.text, verb=token.i, denied=denied)
        if named
        else None
    )


def _denies(token: Token, lemma: str) -> bool:
    """Whether what the verb covers is not asserted: "denied that", "could not confirm", "failed to confirm"."""
    negated = any(c.dep_ == "neg" for c in token.children) or token.head.lower_ in _FAILS_TO
    return negated != (lemma in DENYING)


def _is_nearer(
    near: tuple[int, int], subject: Token | None, lemma: str, doc: Doc, lexicon: Lexicon
) -> bool:
    """Whether the noun phrase that touches the verb names its speaker better than the parsed subject."""
    if subject is None:
        return True
    if near[0] <= subject.i <= near[1]:
        return near[0] < noun_phrase_of(subject, doc)[0]
    if subject.i > near[0]:
        return False
    if near[0] and doc[near[0] - 1].text in _CLOSING:
        return True  # what stands in the quotation before it does not tell it
    if doc[near[1]].dep_ == "appos" and not doc[near[0] - 1].is_punct:
        return True
    return not (
        subject.left_edge.i <= near[1] <= subject.right_edge.i
        and can_claim(subject, "", doc, lexicon)
    )


def _reports(token: Token, lemma: str, subject: Token, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the verb with this subject reports, and does not act: "claimed responsibility", "posted guards"."""
    objects = [c for c in token.children if c.dep_ == "dobj"]
    if lemma == "claim" and any(
        o.lower_ in _CLAIMED or (o.lower_ in lexicon.people and o.lower_ not in _TOLLS)
        for o in objects
    ):
        return False
    if (
        lemma in lexicon.clause_only
        and not _has_clause(token, subject, doc)
        and not _tells(token, lemma, subject, objects, doc)
    ):
        return False
    return can_claim(subject, lemma, doc, lexicon) or (
        _says_that(token) and _is_no_event(subject, lexicon)
    )


def _says_that(token: Token) -> bool:
    """Whether the verb has a "that" clause, or stands in "as the paper noted", as only speakers do."""
    clauses = [token, *(c for c in token.children if c.dep_ == "ccomp")]
    return any(
        m.dep_ == "mark" and m.lower_ == ("as" if c is token else "that")
        for c in clauses
        for m in c.children
    )


def _is_no_event(subject: Token, lexicon: Lexicon) -> bool:
    return (
        subject.tag_ in NOUNS
        and subject.lower_ not in lexicon.things
        and subject.lower_ not in lexicon.harm
    )


def _speaker(token: Token, doc: Doc, lexicon: Lexicon) -> Token | None:
    """The subject of a reporting verb, wherever grammar puts it."""
    lemma = lexicon.reporting.get(token.lower_, "")
    if inverted := _inverted(token, doc):
        return inverted
    subjects = [
        c
        for c in token.children
        if c.dep_ in ("nsubj", "nsubjpass")
        and c.tag_ != "WDT"
        and c.lower_ not in ("that", "which", "what")
    ]
    if subjects:
        before = [c for c in subjects if c.i < token.i] or subjects[:1]
        subject = next(
            (c for c in reversed(before) if can_claim(c, lemma, doc, lexicon)), before[-1]
        )
        if subject.lower_ == "who" and subject.text != "WHO" and token.dep_ == "relcl":
            return token.head
        return subject
    if token.dep_ == "relcl":
        return token.head
    if token.dep_ == "pcomp":
        return _speaker_before_preposition(token, doc, lexicon)
    if token.dep_ == "acl" and token.head.tag_ in NOUNS and token.tag_ == "VBG":
        return _speaker_described(token, lemma, doc, lexicon)
    if (
        token.tag_ == "VBG"
        and token.dep_ in ("advcl", "dep", "ccomp")
        and token.head.tag_.startswith("VB")
        and token.head is not token
    ):
        return _speaker(_main_verb(token, lexicon), doc, lexicon)
    if (
        token.dep_ in ("conj", "xcomp")
        and token.head is not token
        and token.head.tag_.startswith("VB")
    ):
        return _speaker(token.head, doc, lexicon)
    if token.dep_ == "xcomp" and token.head.dep_ == "acomp":  # "was quick to point out"
        return _speaker(token.head.head, doc, lexicon)
    return _before_comma(token, doc) if lemma in _SPEECH else None


_ISSUING = frozenset(
    "issued released published posted shared made put gave sent issuing releasing publishing issues releases".split()
)


def _speaker_described(token: Token, lemma: str, doc: Doc, lexicon: Lexicon) -> Token | None:
    """The noun before "saying": a claimant, or, in "police said in a statement adding that …", what its verb has."""
    noun = token.head
    if noun.lower_ in STATEMENTS:
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        issued = noun.dep_ == "dobj" and verb.lower_ in _ISSUING
        if issued or (noun.dep_ == "pobj" and lexicon.reporting.get(verb.lower_) in _SPEECH):
            issuer = _speaker(verb, doc, lexicon)
            return issuer if issuer is not None else noun
    elif (
        lemma in _SAYING
        and noun.dep_ in ("pobj", "dobj")
        and noun.lower_ not in lexicon.claimant_words
        and noun.lower_ not in lexicon.people
    ):
        main = next(
            (
                t
                for t in noun.ancestors
                if t.tag_.startswith("VB") and t.dep_ not in ("relcl", "acl")
            ),
            None,
        )
        told = _speaker(main, doc, lexicon) if main is not None else None
        if told is not None and can_claim(told, "", doc, lexicon):
            return told
    return noun if lemma != "show" or noun.lower_ in RECORDS else None


def _main_verb(token: Token, lexicon: Lexicon) -> Token:
    """The verb whose subject goes on speaking in "…, adding that": not what was said, but who said it."""
    if token.i and token.nbor(-1).text == ",":
        for verb in token.ancestors:
            if (
                verb.dep_ == "ccomp"
                and verb.head.lower_ in lexicon.reporting
                and verb.head.i < token.i
            ):
                return verb.head
    return token.head


# "by saying", "after accusing": whoever did the one did the other.
_MEANS = frozenset({"by", "in", "after", "before", "while", "when", "since"})


def _speaker_before_preposition(token: Token, doc: Doc, lexicon: Lexicon) -> Token | None:
    """ "AFP quoted sources as saying", "by suggesting that …, the minister …"."""
    verb = token.head.head
    if token.head.lower_ == "as" and verb.lower_ in QUOTERS:
        named = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        return named[0] if named else None
    means = verb.tag_.startswith("VB") and token.tag_ == "VBG" and token.head.lower_ in _MEANS
    return _speaker(verb, doc, lexicon) if means else None


def _inverted(token: Token, doc: Doc) -> Token | None:
    """The noun after the verb in "…," said the governor": right after a quotation however it was parsed, after a comma as its subject."""
    if not token.i or token.i + 1 >= len(doc) or doc[token.i - 1].text not in _CLOSING | {","}:
        return None
    after = doc[token.i + 1]
    head = after if after.tag_ == "PRP" else noun_at(after, doc)
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
        if (
            noun.tag_ in NOUNS
            and doc[noun.i + 1].text == ","
            and (noun.dep_ == "nsubj" or _opens(noun, doc))
        ):
            return noun
    return None


def _opens(noun: Token, doc: Doc) -> bool:
    """Whether the name stands first in its sentence or after a quotation."""
    first = noun.i
    while first and doc[first - 1].tag_ in NAMES:
        first -= 1
    return noun.tag_ in NAMES and (first == 0 or doc[first - 1].text in _CLOSING)


def _has_clause(token: Token, subject: Token, doc: Doc) -> bool:
    """Whether the verb has something said with it: a clause, a quotation beside it, or itself hangs on one as "X said"."""
    if any(c.dep_ in ("ccomp", "parataxis") for c in token.children) or token.dep_ == "parataxis":
        return True
    if any(t.text == ":" or t.text in OPENING for t in doc[token.i + 1 : token.i + 3]):
        return True
    if any(c.dep_ == "mark" and c.lower_ == "as" for c in token.children) and not any(
        c.dep_ == "dobj" for c in token.children
    ):  # "as the report noted, …"
        return True
    first = min(token.i, subject.left_edge.i)
    return any(t.text in _CLOSING for t in doc[max(0, first - 2) : first])


OPENING = frozenset({"“", '"', "''", "``", "‘"})


_CLOSING = frozenset({"”", '"', "''", "’"})


def _tells(token: Token, lemma: str, subject: Token, objects: list[Token], doc: Doc) -> bool:
    """Whether a verb that usually needs a clause reports without one: "the video shows the killing of
    two", "experts put the toll at 40", "accused it of killing ten", "…, he added"."""
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if lemma == "put":
        return any(o.lower_ in _TOLLS for o in objects)
    if lemma in ("show", "find", "determine", "record", "detail", "list", "suggest", "identify"):
        return subject.lower_ in RECORDS
    if lemma == "see":
        return subject.lower_ in _REPORTERS
    if lemma in (
        "post",
        "share",
        "publish",
        "release",
    ):  # "posted a video where", "shared images of"
        return any(
            o.lower_ in RECORDS and any(c.dep_ in ("relcl", "acl", "prep") for c in o.rights)
            for o in objects
        )
    if lemma in ("condemn", "denounce", "decry"):
        return bool(objects)
    if lemma in ("accuse", "blame"):
        return any(c.dep_ == "prep" and c.lower_ in ("of", "for") for c in token.children)
    if lemma in DENYING:
        return any(o.lower_ in STATEMENTS for o in objects)
    if lemma in ("add", "hear", "note"):
        return after is None or after.tag_ in (".", "VBG") or after.lower_ in ("that", "on")
    return False


def can_claim(subject: Token, lemma: str, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the noun can speak: people, bodies, media, documents; not "the attack claimed".

    Verbs that only speakers do need no known noun: "the strategist said", "history says".
    """
    word = subject.lower_
    if (
        word in PRONOUNS
        or subject.tag_ in NAMES
        or word in lexicon.claimant_words
        or word in lexicon.people
    ):
        return True
    if word in lexicon.things:
        return False
    if (
        lemma in _SPEECH
        and (subject.tag_ in NOUNS or subject.tag_ in ("CD", "JJ", "DT"))
        and word not in ("this", "that")
    ):
        return True
    first, last = noun_phrase_of(subject, doc)
    return any(t.lower_ in lexicon.claimant_words for t in doc[first : last + 1])


_NAMING = frozenset(
    "DT JJ JJS RBS NN NNS NNP NNPS POS HYPH CD PRP$ CC VBN VBG RB IN PRP -LRB- -RRB- PDT TO".split()
)


def phrase_cue(start: int, end: int, doc: Doc) -> Cue | None:
    """ "according to" and the like, with the noun phrase that follows; lost when none does."""
    words = doc[start:end].text
    first = end
    while first < len(doc) and doc[first].text in ('"', "“", ":"):
        first += 1
    if first >= len(doc) or doc[first].tag_ in (".", "VBZ", "VBD"):
        return (
            Cue(start, end, words, None, None)
            if words.lower() in ("according to", "as reported by")
            else None
        )
    last = first
    while (
        last < len(doc)
        and (doc[last].tag_ in _NAMING or doc[last].text in ("-", "@", "/", "_"))
        and not ends_name(last, first, doc)
    ):
        last += 1
    last = before_clause(first, last, doc)
    while last > first and doc[last - 1].tag_ in ("IN", "CC", "RB", "TO", "DT", "VBG", "-LRB-"):
        last -= 1
    return Cue(start, end, words, None, (first, last - 1)) if last > first else None
