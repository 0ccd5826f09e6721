"""Who is named in a record, in which roles, and whose names a rule withholds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.errors import SaysoError
from sayso.language.gazetteer import skeleton
from sayso.model import Claim, Report, Source, SourceType
from sayso.redact.names import (
    Parts,
    is_body,
    is_place,
    is_whole,
    named_claimants,
    parts_of,
    person_name,
    without_particles,
)

NAMED, ALL = "named", "all"
ROLES: tuple[str, ...] = (*(kind.value for kind in SourceType), NAMED, ALL)
# Claimants who are people: words of theirs that look like a name are one, recognised or not.
_PEOPLE = frozenset({SourceType.WITNESS, SourceType.LOCAL, SourceType.MEDICAL, SourceType.EXPERT})
# How many consonants identify a name: fewer are shared by too many names.
_ENOUGH_CONSONANTS = 5


@dataclass(frozen=True, slots=True)
class Withheld:
    """Whose names are withheld: by role, in reports published before a day (None: in all).

    A role is a claimant's `SourceType`; `named` for people whom reports name and who are never
    claimants; or `all`. A claimant given by a bare name ("Abdul Karim, a farmer") is mostly
    `unknown`, not `witness` or `local`: to protect private people, name that role too. Reports
    without a date count as published before any day, to be on the safe side. Raises SaysoError for
    an invalid role, and for no role.
    """

    roles: frozenset[str]
    before: date | None = None

    def __post_init__(self) -> None:
        wrong = sorted(set(self.roles) - set(ROLES))
        if wrong or not self.roles:
            fault = f"{', '.join(map(repr, wrong))}: no such role" if wrong else "no role is given"
            raise SaysoError(f"{fault}; names can be withheld of {', '.join(ROLES)}")

    def covers(self, report: Report) -> bool:
        """Whether names are withheld in this report."""
        return self.before is None or report.published is None or report.published < self.before

    def takes(self, roles: frozenset[str]) -> bool:
        """Whether somebody of these roles is withheld."""
        return ALL in self.roles or bool(self.roles & roles)


@dataclass(frozen=True, slots=True)
class Listed:
    """The names that are withheld, as parts, and other names around them.

    `whole` are names of several parts, withheld wherever they stand; `single` by report id are
    words that stand for somebody withheld in that report alone; `others` by report id are the names
    of people who are not withheld, and of bodies. `people` is how many people are withheld.
    """

    whole: frozenset[Parts]
    single: Mapping[str, frozenset[Parts]]
    others: Mapping[str, frozenset[Parts]]
    people: int


def list_names(
    reports: Mapping[str, Report],
    claims: Iterable[Claim],
    people: Mapping[str, Sequence[str]],
    rule: Withheld,
) -> Listed:
    """The names that the rule withholds. A person's roles are those held anywhere in the record."""
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_report[claim.report].append(claim)
    found = {
        name: _names_in(report, by_report[name], people.get(name, ()))
        for name, report in reports.items()
    }
    same = _Same(n for names in found.values() for n in names)
    who = {name: {n: same.people(n, names) for n in names} for name, names in found.items()}
    roles: dict[str, set[str]] = defaultdict(set)
    for name, meant in who.items():
        for person, role in _claimant_roles(by_report[name], meant):
            roles[person].add(role)
    here = {
        p
        for name, meant in who.items()
        if rule.covers(reports[name])
        for of in meant.values()
        for p in of
    }
    withheld = {p for p in here if rule.takes(frozenset(roles.get(p) or {NAMED}))}
    return _listed(who, by_report, withheld)


def _listed(
    who: Mapping[str, Mapping[str, frozenset[str]]],
    claims: Mapping[str, list[Claim]],
    withheld: set[str],
) -> Listed:
    whole: set[Parts] = set()
    single: dict[str, frozenset[Parts]] = {}
    others: dict[str, frozenset[Parts]] = {}
    for report, meant in who.items():
        taken = {parts_of(n) for n, of in meant.items() if of & withheld}
        whole |= {p for p in taken if is_whole(p)}
        single[report] = frozenset(
            form for p in taken if not is_whole(p) for form in (p, without_particles(p))
        )
        left = {parts_of(n) for n in meant} - taken
        others[report] = frozenset(
            p for p in (left | set(_bodies(claims.get(report, ()), meant))) if is_whole(p)
        )
    return Listed(frozenset(whole), single, others, len(withheld))


def _names_in(report: Report, claims: Iterable[Claim], people: Iterable[str]) -> list[str]:
    """The names of people in a report: those recognised, and those of claimants who are people."""
    claims = list(claims)
    placed = frozenset(parts_of(c.where.text) for c in claims if c.where)
    words = [
        *people,
        *(
            words
            for s in _claimants(claims)
            if s.type in _PEOPLE
            for words in _looking_like_a_name(s)
        ),
    ]
    names = dict.fromkeys(name for w in words if (name := person_name(w)) is not None)
    text = f"{report.title}\n{report.text}"
    return [n for n in names if not is_place(n, placed, text)]


def _looking_like_a_name(source: Source) -> Iterator[str]:
    """The claimant's words if they begin with two to four capitalised ones that are a name."""
    words = source.name or ""
    name = (
        None
        if words.split(" ")[0].lower() in ("a", "an", "the", "one", "some", "many")
        else person_name(words)
    )
    if (
        name
        and 1 < len(name.split()) <= 4
        and all(w[:1].isupper() or "-" in w for w in name.split())
    ):
        yield name


def _claimants(claims: Iterable[Claim]) -> Iterator[Source]:
    return (s for c in claims for s in c.sources if s.role == "claimant" and s.name)


def _claimant_roles(
    claims: Iterable[Claim], meant: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """Every (person, role) among the claimants of a report."""
    for source in set(_claimants(claims)):
        role = (source.type or SourceType.UNKNOWN).value
        for words in {source.name, source.text} - {None}:
            for name in named_claimants(words or "", meant):
                yield from ((person, role) for person in meant[name])


def _bodies(claims: Iterable[Claim], meant: Mapping[str, frozenset[str]]) -> Iterator[Parts]:
    """The names of claimants that are bodies: a surname inside one is part of the body's name."""
    for source in set(_claimants(claims)):
        words = source.name or ""
        if is_body(words) and not any(True for _ in named_claimants(words, meant)):
            yield parts_of(words)


class _Same:
    """Which names are of one person, and whose name a single word can be."""

    def __init__(self, names: Iterable[str]) -> None:
        self._first: dict[object, str] = {}
        self._group: dict[str, str] = {}
        self._by_surname: dict[str, set[str]] = defaultdict(set)
        whole = sorted({n for n in names if is_whole(parts_of(n))}, key=lambda n: (-len(n), n))
        for name in whole:
            self._join(name)
        for name in whole:
            self._by_surname[parts_of(name)[-1]].add(self._root(name))

    def people(self, name: str, beside: Sequence[str]) -> frozenset[str]:
        """The people whom the name can mean in a report that also has the names `beside`. A single
        word is one of those with a whole name there, else of those anywhere with that surname, else
        somebody of that name alone.
        """
        parts = parts_of(name)
        if is_whole(parts):
            return frozenset({self._root(name)})
        spelled = (parts[-1], parts[-1].removesuffix("s"))
        near = {
            self._root(n)
            for n in beside
            if is_whole(parts_of(n)) and set(spelled) & set(parts_of(n))
        }
        return frozenset(
            near or {p for s in spelled for p in self._by_surname.get(s, ())} or {parts[-1]}
        )

    def _join(self, name: str) -> None:
        """Joins the name to an earlier one with the same consonants, the same first and last parts,
        or the same initial and surname.
        """
        parts = parts_of(name)
        self._group[name] = name
        ends = ("ends", parts[0], parts[-1])
        keys: list[object] = (
            [ends, ("initial", parts[0][0], parts[-1])] if len(parts[0]) == 1 else [ends]
        )
        if len(skeleton(name)) >= _ENOUGH_CONSONANTS:
            keys.append(("consonants", skeleton(name)))
        for key in keys:
            if key in self._first:
                self._group[self._root(name)] = self._root(self._first[key])
        for key in (*keys, ("initial", parts[0][0], parts[-1])):
            self._first.setdefault(key, name)

    def _root(self, name: str) -> str:
        while self._group[name] != name:
            name = self._group[name]
        return name
