"""Who is cited: the sources of many claims listed as bodies, with what is said of each.

Names are joined only where there is a reason: the same but for article, case and possessive; an
outlet's aliases; an acronym that a report gives in brackets; "known as". An acronym or other name
that stands for two bodies joins neither. Unnamed sources ("activists") are listed by what they are
called, and are not one body.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.language.outlets import KnownSources, bare_name, without_article
from sayso.model import Claim, Relation, Report, Source, SourceFact, SourceType


@dataclass(frozen=True, slots=True)
class FactSaid:
    """One thing said of a source: "funded_by the Russian government", by whom, in which claims.

    `by` is None where the reports say it in their own voice.
    """

    relation: Relation
    value: str
    by: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source of a record: how often it is cited, where, as what, and what is said of it.

    `claims` and `reports` count those that cite it, as claimant or as the outlet in between;
    `publishers` are whose reports these are. `as_publisher` counts claims in reports that it
    published or that were copied from it. `party` counts claims in which it is a party. `country`,
    `owner` and `note` are what is known of it before any report is read, and so from no report.
    """

    name: str
    named: bool
    also: tuple[str, ...] = ()
    types: Counter[SourceType] = field(default_factory=Counter)
    claims: int = 0
    reports: int = 0
    publishers: Counter[str] = field(default_factory=Counter)
    as_claimant: int = 0
    as_via: int = 0
    as_publisher: int = 0
    party: int = 0
    facts: tuple[FactSaid, ...] = ()
    country: str | None = None
    owner: str | None = None
    note: str | None = None


@dataclass(slots=True)
class _Tally:
    """What is counted of one spelling of a name, before names are joined."""

    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    types: Counter[SourceType] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    claims: set[tuple[str, str]] = field(default_factory=set)
    reports: dict[str, str] = field(default_factory=dict)  # hash -> publisher
    party: int = 0
    facts: dict[tuple[Relation, str, str | None], list[str]] = field(default_factory=dict)

    def add(self, other: _Tally) -> None:
        """Counts what the other has counted too."""
        for name in ("names", "forms", "types", "roles"):
            getattr(self, name).update(getattr(other, name))
        self.claims |= other.claims
        self.reports |= other.reports
        self.party += other.party
        for key, ids in other.facts.items():
            self.facts.setdefault(key, []).extend(ids)


def directory(
    reports: Iterable[tuple[Report, Iterable[Claim]]], known: KnownSources | None = None
) -> list[SourceEntry]:
    """Every source of the claims, most cited first. `known` are the outlets whose other names are
    known.
    """
    known = known or KnownSources(())
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    same: dict[str, set[str]] = defaultdict(set)  # another name -> what it stands for
    for report, claims in reports:
        here: dict[str, str] = {}
        for claim in claims:
            for place, source in enumerate(claim.sources):
                if source.name:
                    here.setdefault(known.key(source.name), source.name)
                    _count(tallies[known.key(source.name)], source, place, report, claim)
            if isinstance(claim, SourceFact):
                _note(tallies[known.key(claim.name)], claim)
                here.setdefault(known.key(claim.name), claim.name)
                if claim.relation is Relation.KNOWN_AS and claim.sources[-1].role == "publisher":
                    same[known.key(claim.value.text)].add(known.key(claim.name))
        for acronym, key in _acronyms(report, here, known):
            same[acronym].add(key)
    return sorted(
        _joined(tallies, same, known), key=lambda e: (-e.claims, -e.as_publisher, e.name.lower())
    )


def _count(tally: _Tally, source: Source, place: int, report: Report, claim: Claim) -> None:
    assert source.name is not None
    tally.names[source.name] += 1
    tally.roles[source.role] += 1
    tally.party += source.party
    if source.type is not None:
        tally.types[source.type] += 1
    if source.role == "publisher":
        return
    if source.text:
        tally.forms[" ".join(source.text.split())] += 1
    tally.claims.add((report.hash, claim.id))
    tally.reports[report.hash] = report.publisher or "unknown"


def _note(tally: _Tally, fact: SourceFact) -> None:
    """Keeps what a fact says, with who says it."""
    last = fact.sources[-1] if fact.sources else None
    by = last.name or "somebody unnamed" if last is not None and last.role != "publisher" else None
    tally.names[fact.name] += 0
    tally.forms[" ".join(fact.about.text.split())] += 1
    if fact.relation is Relation.KNOWN_AS:
        tally.forms[fact.value.text] += 1
    tally.facts.setdefault((fact.relation, " ".join(fact.value.text.split()), by), []).append(
        fact.id
    )


def _acronyms(
    report: Report, here: dict[str, str], known: KnownSources
) -> Iterator[tuple[str, str]]:
    """Acronyms that the report gives in brackets behind the name of one of its sources."""
    for key, name in here.items():
        bare = bare_name(name)
        if " " in bare and (
            m := re.search(
                rf"{re.escape(bare)}\s+\(([A-Z][A-Z.-]+)\)", f"{report.title}\n{report.text}"
            )
        ):
            yield known.key(m[1]), key


def _joined(
    tallies: dict[str, _Tally], same: dict[str, set[str]], known: KnownSources
) -> Iterator[SourceEntry]:
    """One entry for each group of names that are one body's."""
    head = {key: key for key in tallies}

    def find(key: str) -> str:
        while head.setdefault(key, key) != key:
            key = head[key]
        return key

    for other, bodies in same.items():
        if (len(bodies) == 1 and known.get(other) is None) or bodies <= {other}:
            head[find(other)] = find(next(iter(bodies)))
    groups: dict[str, _Tally] = defaultdict(_Tally)
    others: dict[str, list[str]] = defaultdict(list)
    for key, tally in tallies.items():
        groups[find(key)].add(tally)
    for other, bodies in same.items():
        if len(bodies) == 1 and other not in tallies and other.isupper():
            others[find(next(iter(bodies)))].append(other)
    for key, tally in groups.items():
        yield _entry(tally, others[key], known)


_PRONOUNS = frozenset("he she it they i we who his her its their".split())


def _listed(name: str) -> str:
    """A name as the directory lists it: without its article, unless it only describes ("a tribal
    elder").
    """
    describes = re.match(r"an? ", name, re.IGNORECASE) or not re.search("[A-Z]", bare_name(name))
    return name if describes else bare_name(name)


def _entry(tally: _Tally, acronyms: list[str], known: KnownSources) -> SourceEntry:
    # The name used most; of equals the longest.
    most = max(tally.names, key=lambda n: (tally.names[n], len(n)))
    outlet = known.get(most)
    name = outlet.name if outlet else _listed(most)
    forms = [
        f
        for f, _ in tally.forms.most_common()
        if re.search("[A-Z]", bare_name(f)) and f.lower() not in _PRONOUNS
    ]
    also = dict.fromkeys(
        without_article(n) for n in [*(n for n, _ in tally.names.most_common()), *forms, *acronyms]
    )
    facts = tuple(
        FactSaid(*said, claims=tuple(dict.fromkeys(ids)))
        for said, ids in sorted(tally.facts.items(), key=lambda f: -len(f[1]))
    )
    return SourceEntry(
        name=name,
        named=bool(re.search(r"[A-Z]", name)) and set(tally.types) != {SourceType.UNNAMED},
        also=tuple(n for n in also if n.casefold() != without_article(name).casefold()),
        types=Counter({outlet.type: tally.types.total()})
        if outlet and tally.types
        else tally.types,
        claims=len(tally.claims),
        reports=len(tally.reports),
        publishers=Counter(tally.reports.values()),
        as_claimant=tally.roles["claimant"],
        as_via=tally.roles["via"],
        as_publisher=tally.roles["publisher"],
        party=tally.party,
        facts=facts,
        country=outlet.country if outlet else None,
        owner=outlet.owner if outlet else None,
        note=outlet.note if outlet else None,
    )
