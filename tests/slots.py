"""Events beside the answer keys of MUC-3 and MUC-4: precision, recall and F1 by slot.

    python tests/slots.py REPORTS.jsonl KEY... [--only ID_PREFIX] [--errors SLOT]

The keys' unit is an incident; ours is an event at one place in the text, and one incident has
many. So each message is scored on the *set* of distinct fillers that its templates, and our events,
have in a slot. Fillers are matched one to one; several of ours that match the same filler (one
incident told of again, in other words) count once.

Templates are only of terrorist acts: incidents of the last two months whose targets are not all
fighters, and that are no clash between armed sides. Our events are held to the same rule
(`is_incident`).

A key's "A" / "B" are alternatives. A filler with "?" or in a template marked OPTIONAL may be left
out: found, it counts as a hit; not found, it is not missed. So are templates of acts that were only
attempted or threatened, which are no events. An event without a date is dated as the keys date it:
on or before the day of the report. A key's "- 02 FEB 90" is met by that day or an earlier one of
the two months before.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from sayso.find.context import Context
from sayso.find.events.events import find_events
from sayso.ingest.parse import parse
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import Lexicon, load_lexicon
from sayso.model import Blame, Event, EventType, Report, Status

SLOTS = {
    "INCIDENT: TYPE": "type",
    "INCIDENT: DATE": "date",
    "INCIDENT: LOCATION": "location",
    "PERP: INDIVIDUAL ID": "individual",
    "PERP: ORGANIZATION ID": "organization",
    "PERP: ORGANIZATION CONFIDENCE": "confidence",
    "PHYS TGT: ID": "physical",
    "HUM TGT: NAME": "human",
    "HUM TGT: DESCRIPTION": "human",
}
NAMES = tuple(dict.fromkeys(SLOTS.values()))
RECENT = timedelta(days=62)
CONFIDENCE = {
    Blame.FACT: ("REPORTED AS FACT",),
    Blame.ADMITTED: ("CLAIMED OR ADMITTED",),
    Blame.ATTRIBUTED: ("SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES"),
    Blame.POSSIBLE: ("POSSIBLE", "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES"),
}
_STOP = frozenset("the a an of for in on at and or to by from its his her their s".split())
_ROBBERY = re.compile(r"rob|loot|stole|steal|theft|holdup|held up|plunder", re.I)
_FIRE = re.compile(r"burn|torch|ablaze|fire|arson|ignit", re.I)
_CLASH = re.compile(
    r"clash|combat|fight|fought|battl|skirmish|hostilit|offensive|crossfire|confrontation"
    r"|war\b|exchange|operation|counter",
    re.I,
)
_ARMED = re.compile(
    r"\b(?:brigades?|battalions?|garrisons?|barracks|troops|patrols?|military|army|enemy"
    r"|positions?|units?|regiment|detachment|company|squad|guerrillas?|contras?)\b",
    re.I,
)
_THING = re.compile(
    r"\b(?:house|home|residence|building|office|headquarters|embassy|consulate|bank|bridge"
    r"|pipeline|tower|plant|facility|facilities|vehicle|car|bus|truck|farm|store|station"
    r"|church|"
    r"school|university|hotel|plane|aircraft|helicopter|airport|installation|power|pylon|road"
    r"|highway|barracks|base|garrison|town|city|village|neighborhood|train|"
    r"substation|shop|restaurant|warehouse|newspaper|radio|theater|center|centre|company|line"
    r"|post|property|properties|equipment|machinery)(?:s|es|ies)?\b",
    re.I,
)
_BODY = re.compile(
    r"\b(?:front|movement|army|armies|police|forces|party|commando|liberation|cartel|mafia"
    r"|guard|battalion|brigade|squad|organization|group|union|government|military"
    r"|coordinating board|"
    r"ministry|council|corps|command|contras?|extraditables|regiment|faction|path)\b",
    re.I,
)


# Fighters of a body are perpetrators beside it; some men in a group are no organization.
_FIGHTERS = re.compile(
    r"\b(?:guerrillas?|rebels?|terrorists?|members?|men|soldiers?|troops|urban|commandos?"
    r"|units?|column|hitm[ae]n|police(?:men)?|individuals)\b",
    re.I,
)
_SOME = re.compile(
    r"\b(?:groups? of|unidentified|unknown|armed men|firing squad|individuals|persons|people"
    r"|personnel)\b|^(?:\w+ )?(?:group|organization|commando|commando group|units?|squad"
    r"|forces?)$",
    re.I,
)


@dataclass
class Fill:
    """One filler of a key: its alternatives, and whether it may be left out."""

    any_of: tuple[str, ...]
    optional: bool = False
    grade: tuple[str, ...] = ()


@dataclass
class Template:
    message: str
    optional: bool = False
    slots: dict[str, list[Fill]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Score:
    hit: int = 0
    ours: int = 0
    key: int = 0

    @property
    def precision(self) -> float:
        return self.hit / self.ours if self.ours else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.key if self.key else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


# -- the keys ------------------------------------------------------------------------------------

_LINE = re.compile(r"^\d+\.\s+(?P<slot>[A-Z]+(?: [A-Z]+)?: [A-Z ]+?)\s{2,}(?P<value>\S.*?)\s*$")


def read_key(path: Path) -> Iterator[Template]:
    """The templates of a key; the maker's name after an id is no part of it."""
    template: Template | None = None
    slot = ""
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith(";") or not line.strip():
            continue
        if m := _LINE.match(line):
            slot, value = m["slot"].strip(), m["value"]
        elif line.startswith(" "):
            value = line.strip()
        else:
            continue
        if slot == "MESSAGE: ID":
            if template is not None:
                yield template
            template = Template(re.sub(r"\s*\(.*\)", "", value))
        elif template is not None:
            _take(template, slot, value)
    if template is not None:
        yield template


def _take(template: Template, slot: str, value: str) -> None:
    if slot == "MESSAGE: TEMPLATE":
        template.optional |= "OPTIONAL" in value
    elif slot == "INCIDENT: STAGE OF EXECUTION":
        template.optional |= "ACCOMPLISHED" not in value
    elif slot in SLOTS and value not in ("*", "-"):
        optional = value.startswith("?")
        value = value.lstrip("? ")
        fills = template.slots[SLOTS[slot]]
        if slot == "PERP: ORGANIZATION CONFIDENCE":
            grades, _, names = value.partition(": ")
            fills.append(
                Fill(_quoted(names), optional, tuple(g.strip(" ()") for g in grades.split("/")))
            )
        elif slot == "HUM TGT: DESCRIPTION" and (
            m := re.match(r"(?P<what>.+?): (?P<who>\".*)$", value)
        ):
            _describe(fills, _quoted(m["what"]), _quoted(m["who"]), optional)
        elif value.startswith('"') or slot.endswith(" ID") or "TGT" in slot:
            if words := _quoted(value):
                fills.append(Fill(words, optional))
        else:
            fills.append(
                Fill(tuple(v.strip(" ()") for v in re.split(r"\) / \(| / ", value)), optional)
            )


def _describe(
    fills: list[Fill], what: tuple[str, ...], who: tuple[str, ...], optional: bool
) -> None:
    """A description of somebody named is another name of theirs."""
    for i, fill in enumerate(fills):
        if set(fill.any_of) & set(who):
            fills[i] = replace(fill, any_of=(*fill.any_of, *what))
            return
    fills.append(Fill(what, optional))


def _quoted(value: str) -> tuple[str, ...]:
    return tuple(v.replace('\\"', "").strip() for v in re.findall(r'"((?:[^"\\]|\\.)*)"', value))


def gold(paths: Iterable[Path]) -> dict[str, dict[str, list[Fill]]]:
    """For each message of the keys, the distinct fillers of each slot."""
    messages: dict[str, dict[str, list[Fill]]] = {}
    for path in paths:
        for template in read_key(path):
            slots = messages.setdefault(template.message, {n: [] for n in NAMES})
            for name, fills in template.slots.items():
                for fill in fills:
                    _add(slots[name], replace(fill, optional=fill.optional or template.optional))
    return messages


def _add(fills: list[Fill], new: Fill) -> None:
    for i, old in enumerate(fills):
        if set(old.any_of) & set(new.any_of) and (not new.grade or set(old.grade) & set(new.grade)):
            merged = tuple(dict.fromkeys([*old.any_of, *new.any_of]))
            fills[i] = Fill(
                merged,
                old.optional and new.optional,
                tuple(dict.fromkeys([*old.grade, *new.grade])),
            )
            return
    fills.append(new)


# -- our events ----------------------------------------------------------------------------------


def incident_type(event: Event) -> str | None:
    """The key's type of our event; None for what the keys do not take."""
    words = event.trigger.text
    if event.type is EventType.COERCE:
        return "ROBBERY" if _ROBBERY.search(words) else None
    if event.type is EventType.PROTEST:
        return (
            "FORCED WORK STOPPAGE"
            if re.search("stoppage|armed strike|transport", words, re.I)
            else None
        )
    if event.type is not EventType.ASSAULT:
        return None
    if re.search("hijack", words, re.I):
        return "HIJACKING"
    if event.mode == "abduct":
        return "KIDNAPPING"
    if event.mode == "destroy" and _FIRE.search(words):
        return "ARSON"
    return "BOMBING" if event.mode in ("explosives", "suicide-attack", "aerial") else "ATTACK"


def is_incident(event: Event, report: Report, lexicon: Lexicon) -> bool:
    """Whether the keys would have it: a recent act, with somebody or something it was done to, that
    is no fight of two armed sides.
    """
    if incident_type(event) is None or _CLASH.search(event.trigger.text):
        return False
    if event.target is None and event.actor is None and event.where is None:
        return False
    if (
        event.when
        and event.when.end
        and report.published
        and event.when.end < report.published - RECENT
    ):
        return False
    if event.when and event.when.precision in ("year", "range"):
        return False
    if event.target is None:
        return event.mode is not None or event.actor is not None
    return not _ARMED.search(event.target.text) and lexicon.status(
        event.target.text.lower()
    ) not in (Status.MILITARY, Status.MILITANT)


def answers(report: Report, events: Iterable[Event], lexicon: Lexicon) -> dict[str, list[Fill]]:
    """Our fillers for one message."""
    slots: dict[str, list[Fill]] = {n: [] for n in NAMES}
    for event in events:
        kind = incident_type(event)
        if kind is None or not is_incident(event, report, lexicon):
            continue
        _add(slots["type"], Fill((kind,)))
        if dated := _dated(event, report):
            _add(slots["date"], Fill((dated,)))
        if event.where is not None:
            _add(slots["location"], Fill((event.where.text.upper(),)))
        if event.target is not None:
            for name in re.split(r", | and ", event.target.text, flags=re.I):
                _add(slots["physical" if _THING.search(name) else "human"], Fill((name.upper(),)))
        if event.actor is not None:
            bodies = _bodies(event.actor.text, lexicon)
            for body in bodies:
                _add(slots["organization"], Fill((body,)))
                if event.blame is not None:
                    _add(slots["confidence"], Fill((body,), grade=CONFIDENCE[event.blame]))
            if not bodies or _FIGHTERS.search(event.actor.text):
                _add(slots["individual"], Fill((event.actor.text.upper(),)))
    for words, blame in _answerable(events) if slots["type"] else ():
        for body in _bodies(words, lexicon):
            _add(slots["organization"], Fill((body,)))
            _add(slots["confidence"], Fill((body,), grade=CONFIDENCE[blame]))
    return slots


def _answerable(events: Iterable[Event]) -> Iterator[tuple[str, Blame]]:
    """Who claimed responsibility, and who was accused, in events of their own."""
    for event in events:
        if (
            event.type is EventType.CONCEDE
            and event.actor is not None
            and re.search("responsib|credit", event.trigger.text, re.I)
        ):
            yield event.actor.text, Blame.ADMITTED
        elif (
            event.type is EventType.ACCUSE
            and event.target is not None
            and re.search("accus|blam|charg|responsib|implicat|denounc", event.trigger.text, re.I)
        ):
            yield event.target.text, Blame.ATTRIBUTED


def _bodies(words: str, lexicon: Lexicon) -> list[str]:
    """The organizations that an actor's words name: known names, else a body that is more than some
    group of men.
    """
    known = [
        m[0].upper()
        for m in lexicon.actor_pattern.finditer(words)
        if lexicon.actors.get(m[0].lower()) is not None
    ]
    if known:
        return known
    return [words.upper()] if _BODY.search(words) and not _SOME.search(words) else []


def _dated(event: Event, report: Report) -> str | None:
    if event.when is not None and event.when.start and event.when.end:
        return f"{event.when.start.isoformat()} {event.when.end.isoformat()}"
    return f"- {report.published.isoformat()}" if report.published else None


# -- matching ------------------------------------------------------------------------------------


def _tokens(words: str) -> list[str]:
    return [w for w in re.findall(r"\w+", words.lower()) if w not in _STOP]


def same_name(a: str, b: str) -> bool:
    """Whether two phrases name the same: one's words are among the other's, they end alike, or
    share half their words.
    """
    x, y = _tokens(a), _tokens(b)
    if not x or not y:
        return False
    both = set(x) & set(y)
    return (
        x[-1].rstrip("s") == y[-1].rstrip("s")
        or set(x) <= set(y)
        or set(y) <= set(x)
        or len(both) * 2 >= len(set(x) | set(y))
    )


_MONTHS = {m: i for i, m in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}


def _days(words: str) -> tuple[date | None, date | None]:
    """The first and last day of a key's date; the first is None for "on or before"."""
    found = []
    for m in re.finditer(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)\b", words):
        if m[2] in _MONTHS:
            found.append(
                date(
                    1900 + int(m[3]),
                    _MONTHS[m[2]],
                    min(
                        int(m[1]), 28 if m[2] == "FEB" else 30 if m[2] in "APR JUN SEP NOV" else 31
                    ),
                )
            )
    if not found:
        return None, None
    return (None if words.startswith("-") else found[0]), found[-1]


def same_date(ours: str, key: str) -> bool:
    """Whether our days meet the key's: within its range, or on or before its day."""
    first, last = _days(key)
    if last is None:
        return False
    if ours.startswith("- "):
        return first is None and abs((date.fromisoformat(ours[2:]) - last).days) <= 1
    start, end = (date.fromisoformat(d) for d in ours.split())
    if first is None:
        return last - RECENT <= end <= last + timedelta(1)
    return start <= last and first <= end and (end - start).days <= max(1, (last - first).days * 2)


def same_place(ours: str, key: str) -> bool:
    """Whether our place is the most specific one of the key."""
    name = re.sub(r"\([^)]*\)?", "", key.split(":")[-1])
    return any(same_name(ours, part) for part in re.split(r" - | / ", name))


def _same(slot: str, ours: Fill, key: Fill) -> bool:
    pairs = [(a, b) for a in ours.any_of for b in key.any_of]
    if slot == "type":
        return bool(set(ours.any_of) & set(key.any_of))
    if slot == "date":
        return any(same_date(a, b) for a, b in pairs)
    if slot == "location":
        return any(same_place(a, b) for a, b in pairs)
    return any(same_name(a, b) for a, b in pairs) and (
        slot != "confidence" or bool(set(ours.grade) & set(key.grade))
    )


def compare(slot: str, ours: list[Fill], key: list[Fill]) -> tuple[Score, list[Fill], list[Fill]]:
    """The score of one message's slot, what of ours is in no key, and what of the key was
    missed.
    """
    met = {i for i, k in enumerate(key) if any(_same(slot, o, k) for o in ours)}
    wrong = [o for o in ours if not any(_same(slot, o, k) for k in key)]
    missed = [k for i, k in enumerate(key) if i not in met and not k.optional]
    return Score(len(met), len(met) + len(wrong), len(met) + len(missed)), wrong, missed


def measure(
    found: Iterable[tuple[Report, list[Event]]],
    keys: Iterable[Path],
    lexicon: Lexicon,
    errors: str | None = None,
) -> dict[str, Score]:
    """The score of each slot over the messages that the keys and the reports share."""
    expected = gold(keys)
    totals = {n: Score() for n in NAMES}
    for report, events in found:
        if report.id not in expected:
            continue
        ours = answers(report, events, lexicon)
        for name in NAMES:
            score, wrong, missed = compare(name, ours[name], expected[report.id][name])
            total = totals[name]
            total.hit, total.ours, total.key = (
                total.hit + score.hit,
                total.ours + score.ours,
                total.key + score.key,
            )
            if errors == name and (wrong or missed):
                print(
                    report.id,
                    "wrong:",
                    [w.any_of[0] for w in wrong],
                    "missed:",
                    [m.any_of[0] for m in missed],
                )
    return totals


def _reports(path: Path, only: str) -> Iterator[Report]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"].startswith(only):
            published = date.fromisoformat(row["published"]) if row["published"] else None
            yield Report(
                id=row["id"],
                text=row["text"],
                title=row["title"] or "",
                publisher=row["publisher"],
                published=published,
            )


def table(scores: dict[str, Score]) -> str:
    lines = [f"{'slot':<14}{'precision':>10}{'recall':>8}{'F1':>7}{'hit':>6}{'ours':>6}{'key':>6}"]
    lines += [
        f"{n:<14}{s.precision:>10.3f}{s.recall:>8.3f}{s.f1:>7.3f}{s.hit:>6}{s.ours:>6}{s.key:>6}"
        for n, s in scores.items()
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=Path)
    parser.add_argument("keys", type=Path, nargs="+")
    parser.add_argument("--only", default="", help="reports whose id begins so")
    parser.add_argument("--errors", choices=NAMES)
    arguments = parser.parse_args()
    lexicon, gazetteer = load_lexicon(), Gazetteer()
    wanted = set(gold(arguments.keys))
    reports = (r for r in _reports(arguments.reports, arguments.only) if r.id in wanted)
    found = (
        (p.report, find_events(Context(p, lexicon, gazetteer)))
        for p in parse(reports, lexicon.is_common)
    )
    print(table(measure(found, arguments.keys, lexicon, arguments.errors)))


if __name__ == "__main__":
    main()
