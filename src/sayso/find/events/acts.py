"""The words of a sentence that name an act, by the lists of events."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.find.events.clauses import WITHIN_NOUN, has_object, is_passive, is_verb, subjects
from sayso.find.phrases import NOUNS
from sayso.language.event_lexicon import EventWord, EventWords, VerbFrame
from sayso.language.inflection import plural
from sayso.model import EventType

# How many words, hyphens counted, may stand between a verb and the words that make a phrase with it.
_GAP = 5
# And so many may stand within the trigger: "began the war", "sent hundreds of troops".
_WITHIN_TRIGGER = 2
_COMPLEMENT = frozenset({"xcomp", "ccomp"})
# With an object they mean another thing: "demonstrated its skill", "advanced the idea".
_SHOWN = frozenset({"demonstrate", "advance", "rally", "march"})
# Types that are done with words: "agreed to", "demanded that" count without an object.
OF_WORDS = frozenset(
    {
        EventType.AGREE,
        EventType.ACCUSE,
        EventType.REJECT,
        EventType.REQUEST,
        EventType.THREATEN,
        EventType.CONCEDE,
        EventType.SUPPORT,
    }
)


@dataclass(slots=True)
class Act:
    """A word or phrase that names an act: `head` is its word in the grammar, the trigger runs from token `first` to `last`."""

    head: Token
    first: int
    last: int
    word: EventWord

    @property
    def is_noun(self) -> bool:
        return self.word.frame is VerbFrame.NOUN

    @property
    def is_refusal(self) -> bool:
        """Whether the act is that somebody will not do what `head` says."""
        return self.word is _REFUSES


def find_acts(doc: Doc, words: EventWords) -> list[Act]:
    """Every act that the words of the sentence name, happened or not, in order; none within another."""
    idioms = [(m.start(), m.end()) for m in words.idioms.finditer(doc.text)]
    found: list[Act] = []
    taken = -1
    for t in doc:
        if t.i <= taken or any(a <= t.idx < b for a, b in idioms):
            continue
        act = _resolve(t, words)
        if act is None and is_verb(t) and not _is_misread(t, words):
            act = _verb(t, words)
        if act is None and (t.tag_ in NOUNS or t.tag_ in ("VBG", "VB", "VBP", "VBZ", "JJ")):
            act = _noun(t, words)
        if act is not None:
            found.append(act)
            taken = act.last
    return found


# How somebody says what they will do.
_SAYS = frozenset(
    "say says said saying insist insists insisted announce announces announced declare declares declared tell tells told".split()
)
_REFUSES = EventWord("will not", EventType.REJECT, None, VerbFrame.DOES)
_BINDS = EventWord("say would", EventType.AGREE, None, VerbFrame.DOES)
_MENACES = EventWord("say would fight", EventType.THREATEN, None, VerbFrame.DOES)


def _resolve(t: Token, words: EventWords) -> Act | None:
    """What a party says it will do or will not: "will not attend", "said it would withdraw"."""
    if t.tag_ == "MD" and t.lower_ in ("will", "would", "wo"):
        verb = t.head
        refused = any(c.dep_ == "neg" and c.i < verb.i for c in verb.children)
        supposed = any(
            c.dep_ in ("mark", "advmod") and c.lower_ in ("if", "unless", "whether")
            for c in verb.children
        )
        owned = any(c.dep_ == "nsubj" for c in verb.children) and verb.tag_ == "VB"
        if (
            refused
            and owned
            and not supposed
            and verb.lower_ in words.willed
            and verb.i - t.i <= _GAP
        ):
            return Act(verb, t.i, verb.i, _REFUSES)
    if t.lower_ in _SAYS and is_verb(t):
        for verb in t.children:
            if (
                verb.dep_ == "ccomp"
                and verb.i > t.i
                and verb.tag_ == "VB"
                and not any(c.dep_ == "neg" for c in verb.children)
            ):
                modal = next(
                    (c for c in verb.children if c.tag_ == "MD" and c.lower_ in ("will", "would")),
                    None,
                )
                himself = next(
                    (
                        c
                        for c in verb.children
                        if c.dep_ == "nsubj" and c.lower_ in ("he", "she", "it", "they")
                    ),
                    None,
                )
                if modal is not None and himself is not None and modal.i - t.i <= _GAP:
                    if verb.lower_ in words.fought:
                        return Act(t, t.i, verb.i, _MENACES)
                    if verb.lower_ in words.willed:
                        return Act(t, t.i, modal.i, _BINDS)
    return None


def _is_misread(t: Token, words: EventWords) -> bool:
    """ "in government shelling on the town": an act that the parser takes for what the government does."""
    before = t.doc[t.i - 1] if t.i else None
    return (
        t.tag_ == "VBG"
        and t.lower_ in words.nouns
        and before is not None
        and before.dep_ == "pobj"
        and before.head.i < before.i
        and t.dep_ in ("advcl", "acl")
    )


def _verb(t: Token, words: EventWords) -> Act | None:
    options = words.verbs.get(t.lower_, ())
    for word in options:
        last = _rest_at(t, word)
        if last is None:
            continue
        same = [w for w in options if w.rest == word.rest]
        chosen = _frame(t, same, words)
        if chosen is None:
            continue
        return Act(t, t.i, _trigger_end(t, chosen, last), chosen)
    return None


def _rest_at(t: Token, word: EventWord) -> int | None:
    """Where the phrase that begins with the verb ends, or None where its other words do not follow."""
    at = t.i
    for n, part in enumerate(word.rest):
        reach = range(at + 1, min(len(t.doc), at + 2 + (_GAP if n == 0 or part.isalpha() else 0)))
        at = next(
            (i for i in reach if _is_form(t.doc[i].lower_, part) and _belongs(t.doc[i], t)), -1
        )
        if at < 0:
            return None
    return at


def _is_form(word: str, part: str) -> bool:
    return word == part or word == plural(part) or plural(word) == part


def _belongs(t: Token, verb: Token) -> bool:
    """Whether the word goes with the verb and with no other one: not "moved closer and joined forces"."""
    if t.i <= verb.i + 2:
        return True
    for over in t.ancestors:
        if over == verb:
            return True
        if is_verb(over):
            return False
    return False


def _trigger_end(t: Token, word: EventWord, last: int) -> int:
    """The trigger takes the words after the verb that make its sense, not the preposition of its object."""
    doc = t.doc
    if word.type is EventType.REQUEST or last == t.i:
        return last if last == t.i + 1 or word.type is not EventType.REQUEST else t.i
    while last > t.i and doc[last].tag_ in ("IN", "TO") and doc[last].dep_ != "prt":
        last -= 1
    if not any(_is_form(doc[last].lower_, part) for part in word.rest):
        return t.i  # "shot five guards at the gate"
    contiguous = last - t.i <= len(word.rest) + (_WITHIN_TRIGGER if doc[last].tag_ in NOUNS else 0)
    return last if contiguous else t.i


def _frame(t: Token, same: list[EventWord], words: EventWords) -> EventWord | None:
    """Which reading of the verb fits its arguments."""
    by_frame = {w.frame: w for w in reversed(same)}
    does = by_frame.get(VerbFrame.DOES)
    if does is not None and does.base in words.armed:
        return does if _hurls(t, words) else None
    if does is not None and (has_object(t) or is_passive(t) or does.rest):
        return does
    for frame in (VerbFrame.HAPPENS, VerbFrame.ALONE, VerbFrame.BEFALLS):
        if frame in by_frame and (subject := next(subjects(t), None)) is not None:
            if (
                frame is VerbFrame.HAPPENS
                and by_frame[frame].base in words.armed
                and subject.lower_ not in words.weapons
            ):
                continue  # a town falls, a shell falls on it
            return None if has_object(t) and by_frame[frame].base in _SHOWN else by_frame[frame]
    if does is None:
        return None
    if does.type in OF_WORDS and any(c.dep_ in _COMPLEMENT or c.dep_ == "prep" for c in t.children):
        return does
    object_follows = t.tag_ == "VBG" or t.dep_ in ("relcl", "pcomp", "acl")
    clipped = (
        t.tag_ in ("VBD", "VBN") and does.base in words.harm and does.base not in words.doubtful
    )
    subject = (
        next(subjects(t), None)
        if does.base in ("hit", "strike") and t.tag_ in ("VBD", "VBZ", "VBP")
        else None
    )
    clipped |= (
        subject is not None and subject.lower_ in words.weapons
    )  # "a mortar hit", whatever it hit
    return does if object_follows or clipped or t.lower_ in ("shot", "killed", "wounded") else None


def _hurls(verb: Token, words: EventWords) -> bool:
    """Whether what is fired, dropped or thrown is a weapon: "fired several rockets", "shells fired by"."""
    thrown = [
        c
        for c in verb.children
        if c.dep_ in ("dobj", "nsubjpass") or (c.dep_ == "nsubj" and is_passive(verb))
    ]
    thrown += [verb.head] if verb.dep_ in ("acl", "relcl", "amod") else []
    thrown += [o for t in thrown for p in t.children if p.lower_ == "of" for o in p.children]
    return any(t.lower_ in words.weapons and not words.is_act(t.lower_) for t in thrown)


def _noun(t: Token, words: EventWords) -> Act | None:
    for word in words.nouns.get(t.lower_, ()):
        first = _before(t, word.rest)
        if first is None:
            continue
        if not (
            t.tag_ in NOUNS
            or (t.tag_ == "VBG" and (not is_verb(t) or _is_misread(t, words)))
            or (
                t.tag_ != "JJ"
                and (word.rest or (t.lower_ not in words.verbs and word.type is EventType.ASSAULT))
            )
        ):
            return None
        if t.dep_ in WITHIN_NOUN and t.head.i > t.i:
            head = t.head
            if head.lower_ in words.extenders and head.i - t.i <= 2:
                return Act(head, first, head.i, word)
            return None
        return Act(t, first, t.i, _of_labour(word, t, words))
    return None


def _before(t: Token, rest: tuple[str, ...]) -> int | None:
    """Where the noun phrase begins when these words stand before its last; hyphens count for nothing."""
    i = t.i
    for part in reversed(rest):
        i -= 1
        while i >= 0 and t.doc[i].text in ("-", "–"):
            i -= 1
        if i < 0 or not _is_form(t.doc[i].lower_, part):
            return None
    return i


def _of_labour(word: EventWord, t: Token, words: EventWords) -> EventWord:
    """A strike over wages is a protest."""
    if word.base == "strike" and (
        words.labour.search(t.doc.text) or (t.i and t.doc[t.i - 1].lower_ in ("on", "hour"))
    ):
        return EventWord(word.base, EventType.PROTEST, "strike", word.frame, word.rest)
    return word
