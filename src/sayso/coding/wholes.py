"""The whole of what one claimant says in one report: figures that together count everybody once.

The rules follow how English reports tolls. Within a sentence a general figure ("19 people") holds
the narrower ones given with it; narrower ones alone are added up ("four men and two women"), and so
are people of different sides, "others", and a victim mentioned before a number ("the mayor and
three guards"). Across sentences the first number is the toll, later ones repeat or break it down,
unless they count another side. Single victims are added up only where no number covers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.model import Figure, Status

KNOWN = (Status.CIVILIAN, Status.MILITARY, Status.MILITANT)
COMBATANTS = frozenset({Status.MILITARY, Status.MILITANT})


@dataclass(frozen=True, slots=True)
class Whole:
    """Disjoint `figures` that count everybody in a mention, and `parts` given separately."""

    figures: tuple[Figure, ...]
    parts: tuple[Figure, ...] = ()

    @property
    def statuses(self) -> frozenset[Status]:
        """The known statuses of those counted; empty when none is known."""
        return frozenset(f.status for f in self.figures if f.status in KNOWN)

    @property
    def is_general(self) -> bool:
        """Whether it is given in words that cover everybody, and not as victims of one kind, or
        one by one.
        """
        return any(is_general(f) for f in self.figures)

    @property
    def is_number(self) -> bool:
        """Whether it is given as a number, and not one by one or by a vague word."""
        return any(is_number(f) for f in self.figures)

    @property
    def start(self) -> tuple[bool, int]:
        """Where its first count stands in its report, the title last."""
        return min((f.part == "title", f.count.start) for f in self.figures)

    @property
    def covers_everybody(self) -> bool:
        """Whether the mention is of all the victims, and not of one side's: some are of unknown or
        mixed status, or they are of several.
        """
        return len(self.statuses) != 1 or any(f.status not in KNOWN for f in self.figures)


def whole_of(mention: Sequence[Figure]) -> Whole | None:
    """The whole of one mention; None when it holds no count at all."""
    ids = {f.id for f in mention}
    tops = [f for f in mention if f.part_of not in ids]
    loose = [f for f in tops if f.part_of is None] or tops
    if not loose:
        return None
    sentences = [disjoint(s) for s in _sentences(loose)]
    figures = _chosen(sentences)
    held = {f.id for f in figures}
    parts = [f for f in mention if f.part_of in held and f.id not in held]
    return Whole(tuple(figures), tuple(parts))


def _sentences(figures: Iterable[Figure]) -> list[list[Figure]]:
    """The figures by sentence, in the order of the report, title last: it repeats what the body
    gives in full.
    """
    found: dict[tuple[bool, int], list[Figure]] = {}
    for f in sorted(figures, key=lambda f: (f.part == "title", f.start, f.count.start)):
        found.setdefault((f.part == "title", f.start), []).append(f)
    return list(found.values())


_GENERAL = re.compile(
    r"\b(?:people|persons?|civilians?|victims?|martyrs?|members?|residents?|citizens?|dead"
    r"|bodies|casualties|fatalities|deaths|lives|individuals|"
    r"inhabitants|villagers|displaced|relatives|others|wounded|injured|injuries|[A-Z]\w+"
    r"(?:ans|is|ese))\b"
)
# "27 members of one family and eleven members of another"
_OF_A_GROUP = re.compile(r"\b(?:members|relatives)\b")
_FURTHER = re.compile(r"\b(?:others?|another|more|further|additional)\b", re.IGNORECASE)


def is_general(figure: Figure) -> bool:
    """Whether a figure's words could cover everybody: "people", "12 dead", but not "children" or
    "soldiers".
    """
    return figure.who is None or _GENERAL.search(figure.who.text) is not None


_ONE = re.compile(r"\b(?:one|1)$", re.IGNORECASE)


def is_single(figure: Figure) -> bool:
    """Whether it is one victim, by name or description; "one civilian" is a number."""
    return figure.count.low == figure.count.high == 1 and not (
        _ONE.search(figure.count.text) and is_general(figure)
    )


_ORDER = re.compile(r"\b(?:tens|dozens?|scores|hundreds?|thousands?|millions?)\b", re.IGNORECASE)


def is_number(figure: Figure) -> bool:
    """Whether a figure says how many people, "dozens" too, and is neither a word like "several" nor
    a single victim.
    """
    return not is_single(figure) and (
        not figure.count.is_vague or _ORDER.search(figure.count.text) is not None
    )


def _people_in(figures: Iterable[Figure]) -> int:
    return sum(f.count.size for f in figures)


def disjoint(sentence: Sequence[Figure]) -> list[Figure]:
    """The figures of a sentence that together count its people once."""
    exact = [f for f in sentence if is_number(f) or is_single(f)] or list(sentence[:1])
    largest = max(exact, key=lambda f: f.count.size)
    covering = is_number(largest) and is_general(largest)
    kept: list[Figure] = []
    for f in exact:
        if f is largest or (
            not any(_same_people(f, k) for k in kept) and (not covering or _besides(f, largest))
        ):
            kept.append(f)
    return kept


def _same_people(one: Figure, other: Figure) -> bool:
    """Whether two figures of a sentence repeat one another: the same number of people in the same
    words.
    """
    words = [" ".join(f.who.text.lower().split()) if f.who else "" for f in (one, other)]
    return (one.count.low, one.count.high) == (other.count.low, other.count.high) and words[
        0
    ] == words[1]


def _besides(figure: Figure, general: Figure) -> bool:
    """Whether a figure counts people that the general one of its sentence does not."""
    words = f"{figure.count.text} {figure.who.text if figure.who else ''}"
    if _FURTHER.search(words):
        return True
    if figure.status in KNOWN and general.status in KNOWN and figure.status is not general.status:
        return True
    if (
        figure.who
        and general.who
        and _OF_A_GROUP.search(figure.who.text)
        and _OF_A_GROUP.search(general.who.text)
    ):
        return True
    return is_single(figure) and figure.count.start < general.count.start


def _chosen(sentences: Sequence[list[Figure]]) -> list[Figure]:
    """The sentence that gives the toll, with what others say of another side; else the single
    victims; else a vague word.
    """
    numbered = [s for s in sentences if any(is_number(f) and f.count.size for f in s)]
    if not numbered:
        return _without_number(sentences)
    toll = list(numbered[0])
    for sentence in (
        s for s in sentences if s is not numbered[0] and not all(f.count.is_vague for f in s)
    ):
        statuses, others = {f.status for f in toll}, {f.status for f in sentence}
        if not statuses <= set(KNOWN) or not (statuses | others) & COMBATANTS:
            break
        if others <= set(KNOWN) and not others & statuses:
            toll += sentence
        elif _counts_more(sentence, toll):  # "Three soldiers were killed. In all, 12 people died."
            toll = list(sentence)
    return toll


def _counts_more(sentence: Sequence[Figure], toll: Sequence[Figure]) -> bool:
    """Whether a sentence counts all the people, while the toll so far counts only some sides."""
    everybody = any(f.status not in KNOWN and is_general(f) and is_number(f) for f in sentence)
    return everybody and _people_in(sentence) >= _people_in(toll)


def _without_number(sentences: Sequence[list[Figure]]) -> list[Figure]:
    """What counts where nobody gives a number: the single victims, or a vague word for people that
    means more than those.
    """
    named = _named(sentences)
    vague = next((s for s in sentences if any(f.count.is_vague and is_general(f) for f in s)), [])
    if _people_in(vague) > len(named):
        return list(vague)
    return named or list(sentences[0])


def _named(sentences: Sequence[list[Figure]]) -> list[Figure]:
    """The single victims: those of the first sentence that has any, and those whom later ones add
    by name.
    """
    singles: list[Figure] = []
    for sentence in sentences:
        first = not singles
        for f in sentence:
            if (
                is_single(f)
                and (first or _is_name(f))
                and not any(_same_person(f, k) for k in singles)
            ):
                singles.append(f)
    return singles


def _is_name(figure: Figure) -> bool:
    """Whether a victim is given by name: the count is the name itself."""
    return (
        figure.who is not None
        and figure.count.text == figure.who.text
        and figure.who.text[:1].isupper()
    )


def _same_person(one: Figure, other: Figure) -> bool:
    """Whether two names may be one person's: the words of one are all among the other's."""
    a, b = (set(f.count.text.lower().replace("-", " ").split()) for f in (one, other))
    return _is_name(one) and _is_name(other) and (a <= b or b <= a)
