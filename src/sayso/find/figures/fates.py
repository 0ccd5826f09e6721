"""People told of twice: shot in one sentence, dead in another.

"Police found a 5-year-old boy with a gunshot wound. He died in hospital" tells of one dead and
none wounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.find.figures.counted import Kind
from sayso.find.figures.findings import Harmed
from sayso.model import Effect
from sayso.model.parsed import Sentence

_DIED = re.compile(
    r"\b(?P<who>he|she|the (?:[\w-]+ ){0,2}?(?:man|woman|boy|girl|child|baby|infant|toddler|teen|teenager|victim|youth|officer|soldier))"
    r"(?: (?:was|has|had|later|also|then|soon|since|subsequently|eventually|reportedly|who was shot))* "
    r"(?:died\b(?! down)|dead\b|(?:pronounced|declared|found) dead|succumbed|passed away|did not survive)",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b([\w]+)[- ](?P<unit>year|month|week|day)s?[- ]old", re.IGNORECASE)
_AGE_AFTER = re.compile(r", (\d{1,2})\b(?=[,.;])")
_WORDS = {
    w: str(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split()
    )
}
_MALE = frozenset(
    "man boy father son brother husband boyfriend grandfather uncle nephew grandson dad him he".split()
)
_FEMALE = frozenset(
    "woman girl mother daughter sister wife girlfriend grandmother aunt niece granddaughter mom her she".split()
)
_NOBODY = frozenset("someone somebody".split())
_AFTER_NAMES = frozenset("jr jr. sr sr. ii iii iv".split())
# These say what struck people, not whether they live; "wounded" and "injured" do.
_UNSETTLED = re.compile(
    r"\b(?:shot|shoots?|shooting|gunshots?|stab(?:bed|bing|s)?|struck|hit(?!-)|bullets?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """One person that the report says something befell, and what it tells of them."""

    index: int
    sentence: Sentence
    effect: Effect
    name: tuple[str, ...]
    age: str | None
    who: str
    sex: str

    def may_be(self, other: _Told) -> bool:
        """Whether nothing said of the two keeps them from being one."""
        if self.name and other.name and not _same_name(self.name, other.name):
            return False
        if self.age and other.age and self.age != other.age:
            return False
        return not (self.sex and other.sex and self.sex != other.sex)

    def is_surely(self, other: _Told) -> bool:
        """Whether name, age or the very words show that the two are one."""
        if not self.may_be(other):
            return False
        if self.name and other.name:
            return True
        return bool(self.age and self.age == other.age) or bool(
            self.who and self.who == other.who and not self.name
        )


def _same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return a[-1] == b[-1] and (len(a) == 1 or len(b) == 1 or a[0] == b[0])


def died_after_all(
    harmed: Sequence[tuple[Sentence, Harmed]], sentences: Sequence[Sentence]
) -> set[int]:
    """Which of the wounded, by their place in the list, the report also counts among the dead."""
    told = [t for i, (s, h) in enumerate(harmed) if (t := _told(i, s, h)) is not None]
    dead = [t for t in told if t.effect is Effect.KILLED]
    many = {s.index for s, h in harmed if not _is_one(h)}
    alone = _tells_of_one(harmed, told)
    out: set[int] = set()
    for t in told:
        if t.effect is not Effect.WOUNDED or not _UNSETTLED.search(t.sentence.text):
            continue
        apart = [d for d in dead if d.sentence is not t.sentence]
        sure = any(t.is_surely(d) for d in apart)
        one = alone and t.sentence.part == "text" and bool(dead) and all(t.may_be(d) for d in dead)
        if sure or one or (t.sentence.index not in many and _dies_next(t, told, sentences)):
            out.add(t.index)
    return out


def _is_one(h: Harmed) -> bool:
    return h.counted.low == h.counted.high == 1


def _told(i: int, sentence: Sentence, h: Harmed) -> _Told | None:
    c = h.counted
    if not _is_one(h) or h.effect not in (Effect.KILLED, Effect.WOUNDED) or c.who is None:
        return None
    who = sentence.text[c.who[0] : c.who[1]].lower()
    if who in _NOBODY:
        return None
    words = re.findall(r"[\w’'.-]+", who)
    name = tuple(w for w in words if w not in _AFTER_NAMES) if c.kind is Kind.NAME else ()
    around = sentence.text[max(0, c.who[0] - 16) : c.who[1]]
    age = None
    if m := _AGE.search(around):
        number = m[1].lower()
        age = f"{_WORDS.get(number, number)} {m['unit'].lower()}"
    elif m := _AGE_AFTER.match(sentence.text, c.who[1]):
        age = f"{m[1]} year"
    sex = "m" if _MALE & set(words) else "f" if _FEMALE & set(words) else ""
    return _Told(
        i,
        sentence,
        h.effect,
        name,
        age,
        who if c.kind is Kind.SINGLE and len(words) > 1 else "",
        sex,
    )


def _tells_of_one(harmed: Sequence[tuple[Sentence, Harmed]], told: Sequence[_Told]) -> bool:
    """Whether the report counts nobody but single people, and never two in one sentence."""
    if any(
        h.effect is not Effect.CAPTURED and not _is_one(h) and h.counted.high != 0
        for _, h in harmed
    ):
        return False
    places = [(t.sentence.part, t.sentence.index) for t in told]
    return len(places) == len(set(places))


def _dies_next(t: _Told, told: Sequence[_Told], sentences: Sequence[Sentence]) -> bool:
    """ "… was shot. He was taken to hospital, where he died": within the two sentences after."""
    if any(o.sentence is t.sentence and o is not t for o in told):
        return False
    for s in sentences:
        if s.part != t.sentence.part or not 1 <= s.index - t.sentence.index <= 2:
            continue
        m = _DIED.search(s.text)
        if m is not None:
            words = set(m["who"].lower().split())
            sex = "m" if words & _MALE else "f" if words & _FEMALE else ""
            return not (sex and t.sex and sex != t.sex)
        if any(o.sentence is s for o in told):
            return False  # someone else comes between
    return False
