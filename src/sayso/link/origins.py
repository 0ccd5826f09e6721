"""Who says so, independently: for every claim the origin that it goes back to.

Two outlets that print one agency's text are one origin; so are two that cite one ministry, in
whatever words of their own. Witnesses and officials without a name are heard by a report: they are
another origin for each text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.language.offices import BESIDE_A_BODY, HEADS
from sayso.language.outlets import KnownSources
from sayso.link.clustering import Joining, group
from sayso.model import Claim, Report, Source, SourceType
from sayso.model.links import Copy, Link, Origin, OriginKind

# Claimants of these types are a body wherever they are cited, when they have a name.
_NOBODY = frozenset(
    {SourceType.UNNAMED, SourceType.WITNESS, SourceType.UNKNOWN, SourceType.LOCAL, None}
)


# Versions of one text share less and less as it is rewritten: a group's texts share this much in
# the mean (marked by hand: adjusted Rand 0.64 for any chain of copies, see tests/floors.toml, the
# set `copies`, for this rule).
_ONE_TEXT = Joining(pair=0.43, mean=0.43, absent=0.0, most=1.0)


def text_groups(reports: Sequence[Report], copies: Iterable[Copy]) -> dict[str, str]:
    """For each report its group: reports that are copies of one text as a whole, by the id of the
    first of them.
    """
    groups = group([r.id for r in reports], ((c.report, c.of, c.share) for c in copies), _ONE_TEXT)
    return {name: names[0] for names in groups for name in names}


def find_origins(
    reports: Sequence[Report],
    claims: Iterable[Claim],
    copies: Sequence[Copy],
    copied: Iterable[Link],
    known: KnownSources,
) -> dict[str, Origin]:
    """For every claim, by its id, its origin; claims of one origin count as one."""
    claims = list(claims)
    voices = _voices(reports, copies, known)
    voice = {c.id: voices[c.report] for c in claims}
    # A copied sentence in a report of its own keeps the voice that it was copied from.
    for link in copied:
        voice[link.claim] = voice.get(link.other, voice[link.claim])
    bodies = _bodies(claims, known)
    return {c.id: _origin(c, voice[c.id], bodies, known) for c in claims}


def renewed_origins(
    corrected: Iterable[Claim],
    claims: Iterable[Claim],
    origin: Mapping[str, Origin],
    known: KnownSources,
) -> dict[str, Origin]:
    """The origins of claims whose claimant was corrected: that of another claim with the same
    claimant, else one by its name.
    """
    changed = {c.id: c for c in corrected if c.id in origin}
    if not changed:
        return {}
    said: dict[str, Origin] = {}
    voices: dict[str, str] = {}
    for c in claims:
        of = origin.get(c.id)
        if of is not None and of.kind in (OriginKind.VOICE, OriginKind.HEARD):
            voices.setdefault(c.report, of.body)
        elif of is not None and c.id not in changed and c.sources and c.sources[-1].name:
            said.setdefault(known.key(c.sources[-1].name), of)
    renewed = {}
    for c in changed.values():
        last = c.sources[-1] if c.sources else None
        name = (
            known.key(last.name)
            if last is not None and last.role == "claimant" and last.name
            else None
        )
        voice = voices.get(c.report, c.report)
        renewed[c.id] = said.get(name or "") or _origin(c, voice, {}, known)
    return renewed


def _voices(
    reports: Sequence[Report], copies: Sequence[Copy], known: KnownSources
) -> dict[str, str]:
    """Whose text each report is: the agency that its group of copies credits, else the publisher of
    the group's first.
    """
    members: dict[str, list[Report]] = defaultdict(list)
    group_of = text_groups(reports, copies)
    for report in reports:
        members[group_of[report.id]].append(report)
    voices: dict[str, str] = {}
    for texts in members.values():
        credited = Counter(known.key(r.credited) for r in texts if r.credited)
        if not credited:
            credited = Counter(
                known.key(r.publisher)
                for r in texts
                if r.publisher and _is_agency(r.publisher, known)
            )
        first = min(
            texts,
            key=lambda r: (
                r.published is None,
                r.published.toordinal() if r.published else 0,
                r.id,
            ),
        )
        name = (
            credited.most_common(1)[0][0]
            if credited
            else known.key(first.publisher)
            if first.publisher
            else first.id
        )
        voices |= {r.id: name for r in texts}
    return voices


def _is_agency(publisher: str, known: KnownSources) -> bool:
    source = known.get(publisher)
    return source is not None and source.type is SourceType.AGENCY


def _origin(claim: Claim, voice: str, bodies: Mapping[str, str], known: KnownSources) -> Origin:
    last = claim.sources[-1] if claim.sources else None
    if last is None or last.role == "publisher":
        return Origin(OriginKind.VOICE, voice)
    if last.name is None:
        return Origin(OriginKind.HEARD, voice)
    name = known.key(last.name)
    if is_body(last):
        return Origin(OriginKind.SAYS, _resolved(name, bodies))
    return Origin(OriginKind.HEARD, voice, name)


def _resolved(name: str, bodies: Mapping[str, str]) -> str:
    """The body at the end of the chain of names: "Abdel Rahman" -> "X, director of the Y" -> "the
    Y".
    """
    seen = {name}
    while (longer := bodies.get(name)) is not None and longer not in seen:
        seen.add(longer)
        name = longer
    return name


def is_body(source: Source) -> bool:
    """Whether a claimant is one and the same wherever it is cited: a ministry, an observatory, a
    person with a name.
    """
    if source.name is None or source.type is SourceType.UNNAMED:
        return False
    if not _telling(source.name):
        return False
    named = any(word[:1].isupper() for word in source.name.split()[1:]) or (
        source.name[:1].isupper() and " " not in source.name
    )
    return named or source.type not in _NOBODY


# Words that tell no two names of bodies apart.
_BESIDE = BESIDE_A_BODY | frozenset("a an the of for and in at by to its his".split())
# A name this long or longer is taken for the whole name of a body, of which others may be short
# forms.
_WHOLE_NAME = 3
# A short form or an acronym stands for the body that has this much of all the citations it could
# stand for.
_DOMINANT = 0.9


def _bodies(claims: Iterable[Claim], known: KnownSources) -> dict[str, str]:
    """For the key of each name that is another's, the key of the body: its acronym, its name with
    more words around it ("the SOHR monitor", "X, director of the Y Observatory"), or a short form
    that only one body can have ("the Observatory").
    """
    cited: Counter[str] = Counter()
    names: dict[str, str] = {}
    for claim in claims:
        last = claim.sources[-1] if claim.sources else None
        if last is not None and last.role == "claimant" and last.name:
            cited[known.key(last.name)] += 1
            names.setdefault(known.key(last.name), last.name)
    words = {key: _telling(key) for key in cited}
    whole = [
        key
        for key, _ in sorted(cited.items(), key=lambda kv: (-kv[1], kv[0]))
        if len(words[key]) >= _WHOLE_NAME
    ]
    holding: dict[str, list[str]] = defaultdict(list)
    for key in whole:
        for word in words[key]:
            holding[word].append(key)
    same: dict[frozenset[str], str] = {}
    for key in whole:
        same.setdefault(words[key], key)
    body = {key: same[words[key]] for key in whole if same[words[key]] != key}
    for key in cited:
        inner = [
            w
            for w in dict.fromkeys(k for word in words[key] for k in holding[word])
            if w != key and words[w] < words[key]
        ]
        if inner:
            best = body[key] = max(inner, key=lambda k: (cited[k], k))
            if HEADS & set(key.split()):  # "Observatory director X Y": X Y alone speaks for it too
                body |= {person: best for person in inner if not words[person] & words[best]}
    for key in cited:
        if key not in body and (longer := _longer(key, names[key], words, holding, body, cited)):
            body[key] = longer
    return body | _acronyms(cited)


def _telling(key: str) -> frozenset[str]:
    return frozenset(w for w in key.casefold().replace(",", " ").split() if w not in _BESIDE)


def _longer(
    key: str,
    name: str,
    words: Mapping[str, frozenset[str]],
    holding: Mapping[str, list[str]],
    body: Mapping[str, str],
    cited: Counter[str],
) -> str | None:
    """The one body of which a name is a short form, if it is written as a name."""
    if not words[key] or any(w[:1].islower() and w.casefold() in words[key] for w in name.split()):
        return None
    shares: Counter[str] = Counter()
    for other in holding[next(iter(words[key]))]:
        if other != key and words[key] < words[other]:
            shares[body.get(other, other)] += cited[other]
    if not shares:
        return None
    best, n = shares.most_common(1)[0]
    return best if best != key and n >= _DOMINANT * shares.total() else None


def _acronyms(cited: Counter[str]) -> dict[str, str]:
    """Acronyms among the names, with the long name that they can stand for; of two, the one that
    has nearly all citations, else none.
    """
    long: dict[str, Counter[str]] = defaultdict(Counter)
    for name, n in cited.items():
        initials = [
            w for w in name.replace("-", " ").split() if w not in ("of", "the", "for", "and", "in")
        ]
        if len(initials) > 1:
            long["".join(w[0] for w in initials).upper()][name] += n
    best = {name: long[name].most_common(1)[0] for name in cited if name.isupper() and name in long}
    return {name: other for name, (other, n) in best.items() if n >= _DOMINANT * long[name].total()}
