"""Which reports hold the same text, and which of them copied it.

MinHash over the passages of each report only proposes pairs: one copied paragraph in two long
reports is found as well as a copy of the whole, and a true copy may share only a third of its word
triples or less. What decides is how much of the shorter report's own prose (not what it quotes)
also stands in the other in unbroken runs of words; credit lines and dates show who copied whom.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from rensa import RMinHash, RMinHashLSH

from sayso.language.outlets import KnownSources
from sayso.language.quotations import MARKS, quotations
from sayso.model import Claim, Event, Figure, Forecast, Report, Statement
from sayso.model.links import Copy, Link, LinkKind, Sharing

# The least words in a shared run that counts: in 345 pairs marked by hand, stock phrases ("the
# Syrian Observatory for Human Rights said on Sunday") are shorter, copied sentences longer.
RUN = 7
# A shared run of this length is a copied sentence, unless it is a quotation.
SENTENCE = 14
# The share of the shorter report's prose in shared runs from which it is a copy as a whole.
MOST = 0.425
# The share of a claim's sentence in shared runs from which the claim is copied.
MOST_OF_SENTENCE = 0.6
# Passages shorter than this say too little to propose a pair; longer ones are cut.
_PASSAGE_LEAST, _PASSAGE_MOST = 9, 40
# 63 permutations in 21 bands of 3 propose passages whose similarity is about 0.36 or more.
_PERMUTATIONS, _BANDS, _SEED = 63, 21, 20121008
# A passage in more reports than this is a stock line of an outlet ("All rights reserved"), not
# evidence of a copy.
_COMMON = 60

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_END = re.compile(r"[.!?…][\"'”’)]*\s|\n|###")


@dataclass(frozen=True)
class _Prose:
    """The words of a report: lower case, where each begins, and which stand inside quotation
    marks.
    """

    report: Report

    @cached_property
    def _matches(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.report.text))

    @cached_property
    def words(self) -> list[str]:
        return [m[0].lower().replace("’", "'") for m in self._matches]

    @cached_property
    def starts(self) -> list[int]:
        return [m.start() for m in self._matches]

    @cached_property
    def own(self) -> list[bool]:
        """Whether each word is the report's own prose, outside quotation marks."""
        own = [True] * len(self.words)
        text = self.report.text
        for start, end in quotations(text, single=False):
            if text[end - 1] not in MARKS:  # it lost its end: what follows may be own prose
                continue
            for i in range(self.at(start), self.at(end)):
                own[i] = False
        return own

    @cached_property
    def runs(self) -> dict[int, list[int]]:
        """Where each run of RUN words begins, by its hash."""
        places: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.words) - RUN + 1):
            places[hash(tuple(self.words[i : i + RUN]))].append(i)
        return places

    def at(self, character: int) -> int:
        """The number of the first word that begins at a character or after it."""
        return bisect_right(self.starts, character - 1)

    def passages(self) -> Iterator[tuple[int, int]]:
        """First and last word (exclusive) of each sentence; long ones in pieces, short ones left
        out.
        """
        ends = [0, *(self.at(m.end()) for m in _END.finditer(self.report.text)), len(self.words)]
        for first, last in pairwise(ends):
            for begin in range(first, last, _PASSAGE_MOST):
                if min(last, begin + _PASSAGE_MOST) - begin >= _PASSAGE_LEAST:
                    yield begin, min(last, begin + _PASSAGE_MOST)


def find_copies(reports: Sequence[Report], known: KnownSources | None = None) -> tuple[Copy, ...]:
    """The pairs of reports that hold the same text, whole or in part, and which of the two copied
    it.

    Reports of one outlet are compared too: a report printed twice, or updated, is one text. `known`
    says that "rtrs.example" is Reuters.
    """
    prose = {r.id: _Prose(r) for r in reports}
    names = known or KnownSources(())
    found = (_compare(prose[a], prose[b], names) for a, b in _proposed(list(prose.values())))
    return tuple(copy for copy in found if copy is not None)


def copied_claims(
    reports: Sequence[Report], claims: Iterable[Claim], copies: Iterable[Copy]
) -> tuple[Link, ...]:
    """A link from each claim in a copied sentence to the same claim in the report that the sentence
    was copied from.
    """
    prose = {r.id: _Prose(r) for r in reports}
    of_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        of_report[claim.report].append(claim)
    return tuple(link for copy in copies for link in _copied(copy, prose, of_report))


def _copied(
    copy: Copy, prose: dict[str, _Prose], of_report: dict[str, list[Claim]]
) -> Iterator[Link]:
    originals: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in of_report.get(copy.of, ()):
        originals[_sameness(claim)].append(claim)
    candidates = [
        c for c in of_report.get(copy.report, ()) if c.part == "text" and _sameness(c) in originals
    ]
    if not candidates:
        return
    text = prose[copy.report]
    covered = _covered(text, prose[copy.of])
    for claim in candidates:
        first, last = text.at(claim.start), text.at(claim.end)
        others = originals[_sameness(claim)]
        if (
            others
            and last > first
            and sum(covered[first:last]) >= MOST_OF_SENTENCE * (last - first)
        ):
            yield Link(
                claim.id,
                others.pop(0).id,
                LinkKind.COPIES,
                f"the same sentence is in {copy.of}; {copy.reasons[-1]}",
            )


def _sameness(claim: Claim) -> tuple[object, ...]:
    """What a claim and its copy have in common."""
    match claim:
        case Figure():
            return claim.kind, claim.effect, claim.count.low, claim.count.high, claim.status
        case Event():
            return claim.kind, claim.type, claim.trigger.text.casefold()
        case Statement() | Forecast():
            return claim.kind, " ".join(claim.content.text.casefold().split())[:60]
    return claim.kind, " ".join(claim.quote.casefold().split())


def _proposed(prose: list[_Prose]) -> list[tuple[str, str]]:
    """Pairs of reports with a similar passage, in a stable order."""
    owners: list[str] = []
    tokens: list[list[str]] = []
    for p in prose:
        for first, last in p.passages():
            owners.append(p.report.id)
            tokens.append([f"{a} {b}" for a, b in pairwise(p.words[first:last])])
    if not tokens:
        return []
    sketches = RMinHash.from_token_sets(tokens, _PERMUTATIONS, _SEED)
    index = RMinHashLSH(0.36, _PERMUTATIONS, _BANDS)
    index.insert_many(sketches)
    order = {p.report.id: n for n, p in enumerate(prose)}
    pairs = set()
    for owner, alike in zip(owners, index.query_all(sketches), strict=True):
        others = {owners[i] for i in alike} - {owner}
        if len(others) <= _COMMON:
            pairs |= {(owner, o) if order[owner] < order[o] else (o, owner) for o in others}
    return sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))


def _compare(a: _Prose, b: _Prose, known: KnownSources) -> Copy | None:
    short, long = (a, b) if len(a.words) <= len(b.words) else (b, a)
    covered = _covered(short, long)
    prose = sum(short.own)
    share = sum(c and o for c, o in zip(covered, short.own, strict=True)) / prose if prose else 0.0
    longest = max(_run_lengths(c and o for c, o in zip(covered, short.own, strict=True)), default=0)
    if share < MOST and longest < SENTENCE:
        return None
    sharing = Sharing.COPY if share >= MOST else Sharing.SHARES
    what = f"{share:.0%} of the shorter text's own words are in the other, {longest} in one run"
    report, of, directed, why = _direction(a.report, b.report, known)
    return Copy(report.id, of.id, sharing, round(share, 3), directed, (what, *why))


def _covered(short: _Prose, long: _Prose) -> list[bool]:
    """For each word of the short text, whether it stands in the long one, in a run of at least RUN
    words.
    """
    covered = [False] * len(short.words)
    for run in short.runs.keys() & long.runs.keys():
        for i in short.runs[run]:
            covered[i : i + RUN] = [True] * RUN
    return covered


def _run_lengths(flags: Iterable[bool]) -> Iterator[int]:
    """The length of each unbroken run of True."""
    n = 0
    for flag in flags:
        if flag:
            n += 1
        elif n:
            yield n
            n = 0
    if n:
        yield n


def _direction(
    a: Report, b: Report, known: KnownSources
) -> tuple[Report, Report, bool, tuple[str, ...]]:
    """The copy, the report that it was copied from, whether that direction is known, and why: by a
    credit, else by the earlier day.
    """
    for report, of in ((a, b), (b, a)):
        if (credit := report.credited) and known.is_same(credit, of.publisher):
            return report, of, True, (f"{report.id} credits {credit}, which published {of.id}",)
    for report, of in ((a, b), (b, a)):
        if _names(report, of) and not _names(of, report):
            return report, of, True, (f"{report.id} names {of.publisher}, which published {of.id}",)
    one, other = a.credited, b.credited
    if one and other and known.is_same(one, other):
        return (*_later_first(a, b), False, (f"both credit {one}",))
    for report, of in ((a, b), (b, a)):
        if report.credited and not of.credited:
            return (
                report,
                of,
                False,
                (f"{report.id} credits {report.credited}; {of.id} credits nobody",),
            )
    if a.published and b.published and a.published != b.published:
        report, of = _later_first(a, b)
        return (
            report,
            of,
            True,
            (f"{of.id} is dated {of.published}, {report.id} {report.published}",),
        )
    return (*_later_first(a, b), False, ("of the same day, and neither credits the other",))


def _names(report: Report, of: Report) -> bool:
    """Whether a report's text names the other's outlet: "--Meridian Wire", "it uses text by …"."""
    name = re.sub(r"\s*\(.*?\)|\.\w{2,3}$", "", of.publisher or "").strip()
    same = report.publisher == of.publisher
    return (
        len(name) >= 4
        and not same
        and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", report.text) is not None
    )


def _later_first(a: Report, b: Report) -> tuple[Report, Report]:
    first = min(a, b, key=lambda r: (r.published or date.max, r.id))
    return (b, a) if first is a else (a, b)
