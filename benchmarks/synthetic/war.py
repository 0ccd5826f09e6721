"""The war, day by day: what happens, and who writes what about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from benchmarks.synthetic.sentences import WORDS, Claimant, Sentence, edited, filled, given
from sayso.language.gazetteer import Gazetteer, Place
from sayso.model import Effect, SourceType, Status, When

# The war had gone on for a year when the first report was written.
SINCE, FIRST_DAY = date(2010, 3, 1), date(2011, 3, 1)


# Happenings a day, in the mean; towns at the front at one time; days after which it leaves a town
# for the next.
A_DAY, FRONT, TURN = 2.0, 30, 10


# Earlier happenings that a report may still speak of.
REMEMBERED = 300


# Running quantities: name -> kind, effect, who, status, how many at the beginning and how many more
# a day.
RUNNING = {
    "killed": ("toll", Effect.KILLED, "people", Status.UNKNOWN, 4000, 22),
    "civilians": ("toll", Effect.KILLED, "civilians", Status.CIVILIAN, 1500, 9),
    "displaced": ("toll", Effect.DISPLACED, "people", Status.UNKNOWN, 90_000, 400),
    "strength": ("strength", None, "troops", Status.MILITARY, 20_000, 5),
}


_COUNTRIES = ("Afghanistan", "Syria", "Iraq", "Yemen", "Somalia", "Sudan", "Ukraine", "Mali")


@dataclass(frozen=True, slots=True)
class Happening:
    """What is told of: the key that its claims share, and the toll as it was known 0, 1, 2 … days
    later.
    """

    key: str
    day: date
    town: Place
    mode: str
    people: Mapping[str, str]
    actor: str
    spot: str
    hospital: str
    killed: tuple[int, ...]
    wounded: tuple[int, ...]
    victims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before its offsets are counted. `credit` is the agency whose text it is."""

    outlet: str
    published: date
    title: Sentence
    sentences: tuple[Sentence, ...]
    credit: str | None = None


class War:
    """The war, day by day: what happens, and what is written about it."""

    def __init__(self, rng: Random, gazetteer: Gazetteer) -> None:
        self._rng = rng
        self._towns = [
            _town(gazetteer, name, iso) for iso, names in WORDS["towns"].items() for name in names
        ]
        self._countries = {iso: _country(gazetteer, iso) for iso in WORDS["towns"]}
        self._past: list[Happening] = []
        self._keys = count()

    def drafts(self) -> Iterator[Draft]:
        """The reports of the first day, of the second, and so on."""
        for n in count():
            today = FIRST_DAY + timedelta(n)
            for _ in range(_poisson(self._rng, A_DAY)):
                happening = self._happening(today, n // TURN)
                for draft in self._coverage(happening):
                    yield draft
                    if draft.credit:
                        yield from self._copies(draft, happening)
                self._past = [*self._past[-REMEMBERED:], happening]

    def _happening(self, today: date, turn: int) -> Happening:
        rng = self._rng
        town = self._towns[(turn + int(FRONT * rng.random() ** 1.7)) % len(self._towns)]
        mode = rng.choice(list(WORDS["acts"]))
        recent = [h for h in self._past[-12:] if (today - h.day).days <= 3]
        # the same again, a day or so later: the hardest neighbour
        if recent and rng.random() < 0.3:
            town, mode = (last := rng.choice(recent)).town, last.mode
        killed = max(1, int(rng.lognormvariate(1.6, 1.1)))
        wounded = max(1, int(killed * rng.uniform(0.5, 3)))
        return Happening(
            key=f"i{next(self._keys)}",
            day=today,
            town=town,
            mode=mode,
            people=rng.choice(WORDS["people"]),
            actor=rng.choice(WORDS["acts"][mode]["actors"]),
            spot=f"the {self._coined()} {rng.choice(WORDS['names']['spots'])}",
            hospital=f"{self._coined()} Hospital",
            killed=_rising(rng, killed),
            wounded=_rising(rng, wounded),
            victims=tuple(self._person() for _ in range(min(3, killed))),
        )

    def _coined(self) -> str:
        return "".join(
            self._rng.choices(WORDS["names"]["syllables"], k=self._rng.choice((2, 3, 3, 4)))
        ).capitalize()

    def _person(self) -> str:
        return f"{self._rng.choice(WORDS['names']['first'])} {self._coined()}"

    def _coverage(self, h: Happening) -> Iterator[Draft]:
        """The independent texts on a happening: more on a bloody one; some by agencies, some days
        later.
        """
        rng, names = self._rng, WORDS["names"]
        texts = min(8, 1 + _poisson(rng, 0.35 * h.killed[-1].bit_length()))
        agencies = rng.sample(names["agencies"], len(names["agencies"]))
        outlets = rng.sample(names["outlets"], texts)
        for outlet in outlets:
            agency = agencies.pop() if agencies and rng.random() < 0.4 else None
            lag = rng.choice((0, 0, 1, 1, 1, 2, 3))
            published = h.day + timedelta(lag)
            yield Draft(
                agency or outlet,
                published,
                self._title(h, lag),
                tuple(self._body(h, lag, published)),
                agency,
            )

    def _copies(self, draft: Draft, h: Happening) -> Iterator[Draft]:
        """The same text in outlets that take it from its agency: cut, edited, mostly credited."""
        rng = self._rng
        for outlet in rng.sample(WORDS["names"]["outlets"], rng.choice((0, 1, 1, 2, 2, 3, 4))):
            kept = (draft.sentences[0], *(s for s in draft.sentences[1:] if rng.random() < 0.8))
            credit = draft.credit if rng.random() < 0.8 else None
            published = draft.published + timedelta(rng.random() < 0.3)
            title = (
                draft.title
                if rng.random() < 0.5
                else self._title(h, (draft.published - h.day).days)
            )
            yield Draft(outlet, published, title, tuple(edited(rng, s) for s in kept), credit)

    def _title(self, h: Happening, lag: int) -> Sentence:
        title = self._tell("title", h, lag, h.day + timedelta(lag), None)
        return title if self._rng.random() < 0.5 else replace(title, when=None)

    def _body(self, h: Happening, lag: int, published: date) -> Iterator[Sentence]:
        """What is told of the happening, then of others, with lines between that claim nothing."""
        rng = self._rng
        claimants = self._claimants(h.town.country)
        yield self._tell("lead", h, lag, published, claimants[0])
        for _ in range(rng.choice((0, 1, 1, 1, 2))):
            yield self._colour(h)
            yield self._tell("detail", h, lag, published, rng.choice(claimants))
        others = [o for o in self._past[-8:] if o.day + timedelta(1) >= h.day]
        if others and rng.random() < 0.2:
            yield self._tell("roundup", rng.choice(others), 1, published, rng.choice(claimants))
        earlier = [
            o
            for o in self._past
            if o.town.country == h.town.country and o.day + timedelta(1) < h.day
        ]
        if earlier and rng.random() < 0.4:
            yield self._tell(
                "background", earlier[int(len(earlier) * rng.random() ** 0.5)], 3, published, None
            )
        yield self._colour(h)
        if rng.random() < 0.35:
            yield self._total(h.town.country, published, rng.choice(claimants))
            yield self._colour(h)

    def _claimants(self, country: str) -> list[Claimant]:
        rows = self._rng.sample(WORDS["claimants"], 2)
        name = self._countries[country].name
        return [
            Claimant(
                self._rng.choice(row["names"]).format(country=name),
                SourceType(row["type"]),
                row.get("party", False),
            )
            for row in rows
        ]

    def _tell(
        self, template: str, h: Happening, lag: int, published: date, claimant: Claimant | None
    ) -> Sentence:
        """One sentence about a happening, as it is known so many days after it."""
        rng = self._rng
        claimant = claimant or self._claimants(h.town.country)[0]
        killed, wounded = (
            _differing(rng, h.killed[min(lag, 3)]),
            _differing(rng, h.wounded[min(lag, 3)]),
        )
        numbers = {
            "killed": given(rng, killed),
            "wounded": given(rng, wounded),
            "part": given(rng, max(1, killed // 3)),
        }
        gone = (published - h.day).days
        day = f"{h.day:%A}" if gone < 7 else f"{h.day.day} {h.day:%B}"
        by_month = template == "background" and rng.random() < 0.5
        slots = {
            "act": rng.choice(WORDS["acts"][h.mode]["nouns"]),
            "actor": h.actor,
            "spot": h.spot,
            "place": h.town.name,
            "day": day,
            "date": f"{h.day:%B}" if by_month else f"{h.day.day} {h.day:%B}",
            "gap": f"{gone} days" if gone > 1 else "a day",
            "who": h.people["one" if numbers["killed"].high == 1 else "many"],
            "source": claimant.name,
            "hospital": h.hospital,
            "some": rng.choice(("women", "children", "guards")),
            "job": rng.choice(WORDS["names"]["jobs"]),
        } | {name: number.words for name, number in numbers.items()}
        if h.victims:
            slots["victim"] = rng.choice(h.victims)
        fitting = [t for t in WORDS["templates"][template] if "ictim}" not in t or h.victims]
        pieces = filled(rng, rng.choice(fitting), slots, numbers)
        has = {slot for slot, _ in pieces}
        when = _month(h.day) if "date" in has and by_month else When(h.day, h.day, day, "day")
        return Sentence(
            pieces,
            h.key,
            numbers,
            h.town,
            h.mode,
            Status(h.people["status"]),
            claimant if "source" in has else None,
            when if has & {"day", "date", "gap"} or rng.random() < 0.6 else None,
        )

    def _total(self, country: str, published: date, claimant: Claimant) -> Sentence:
        """One sentence about a quantity that runs on: each claimant counts by its own measure."""
        rng = self._rng
        name = rng.choice(list(RUNNING))
        _, _, who, status, base, more = RUNNING[name]
        true = base + more * (published - SINCE).days
        number = given(
            rng, max(1, round(true * (0.9 + 0.02 * (len(claimant.name) % 10)))), rounded=True
        )
        place = self._countries[country]
        slots = {
            "total": number.words,
            "counted": who,
            "country": place.name,
            "since": f"{SINCE:%B %Y}",
            "source": claimant.name,
        }
        pieces = filled(rng, rng.choice(WORDS["templates"]["totals"][name]), slots, {})
        when = None if name == "strength" else When(SINCE, published, slots["since"], "range")
        return Sentence(
            pieces,
            f"s-{country}-{name}",
            {"total": number},
            place,
            "",
            status,
            claimant,
            when,
            name,
        )

    def _colour(self, h: Happening) -> Sentence:
        slots = {
            "spot": h.spot,
            "name": self._person(),
            "job": self._rng.choice(WORDS["names"]["jobs"]),
        }
        return Sentence(
            filled(self._rng, self._rng.choice(WORDS["templates"]["colour"]), slots, {})
        )


def _rising(rng: Random, final: int) -> tuple[int, ...]:
    """A toll as it is known on the day, and one, two, three days later: bodies are found."""
    known = [round(final * rng.uniform(low, 1)) for low in (0.6, 0.8, 0.9)]
    return (*sorted(known), final)


def _differing(rng: Random, n: int) -> int:
    """What one source tells: half of the time the common figure, else a little more or less."""
    return n if rng.random() < 0.5 else max(0, round(n * rng.uniform(0.75, 1.2)))


def _town(gazetteer: Gazetteer, name: str, country: str) -> Place:
    """The largest place of that name in the country."""
    return replace(
        max(
            (p for p in gazetteer.candidates(name) if p.country == country),
            key=lambda p: p.population,
        ),
        name=name,
    )


def _country(gazetteer: Gazetteer, iso: str) -> Place:
    (name,) = (n for n in _COUNTRIES if gazetteer.country_of(n) == iso)
    return next(p for p in gazetteer.candidates(name) if p.kind == "country")


def _month(day: date) -> When:
    first = day.replace(day=1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return When(first, last, f"{day:%B}", "month")


def _poisson(rng: Random, mean: float) -> int:
    """A draw of how many, when so many come in the mean (Knuth's method)."""
    n, left = 0, rng.random()
    limit = 2.718281828459045**-mean
    while left > limit:
        n += 1
        left *= rng.random()
    return n
