"""Events beside PETRARCH-2's, on its published validation sentences.

    python benchmarks/petrarch.py PETR2_GSR_validation.xml

The file is part of openeventdata/UniversalPetrarch (UniversalPetrarch/data/text) and is not shipped
here. By its own header its codes are what PETRARCH-2 gave, so the figures tell agreement with that
program, faults included ("Barack Obama will meet" is an event to it, a plan to us), not truth.
Both sides are compared by sentence on PLOVER roots; CAMEO's two-digit roots become PLOVER's by the
crosswalk of the PLOVER manual: comments (01) are no events there, intents to help (03) are AGREE. A
sentence stands alone, so the rule that asks whether a report is about a conflict does not apply.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from sayso import Report
from sayso.find.context import Context
from sayso.find.events.events import find_events
from sayso.ingest.parse import parse
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import load_lexicon

ROOTS = {
    "02": "REQUEST",
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "CONCEDE",
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "17": "COERCE",
    "18": "ASSAULT",
    "19": "ASSAULT",
    "20": "ASSAULT",
}
# 084 to 087: releases, access, ceasefires and withdrawals are RETREAT; military withdrawal is coded
# 080 too.
RETREATS = ("080", "084", "086", "087")
_SENTENCE = re.compile(
    r"<Sentence (?P<head>[^>]*)>(?P<codes>.*?)<Text>\s*(?P<text>.*?)\s*</Text>", re.DOTALL
)


def root(code: str) -> str | None:
    """The PLOVER root of a CAMEO code; None for a comment, which is no event."""
    return "RETREAT" if code.startswith(RETREATS) else ROOTS.get(code[:2])


def sentences(file: Path) -> list[tuple[Report, Counter[str]]]:
    """Each sentence as a report of its day, with the roots expected of it, each once."""
    found = []
    for n, m in enumerate(_SENTENCE.finditer(file.read_text(encoding="utf-8"))):
        day = re.search(r'date="(\d{8})"', m["head"])
        published = datetime.strptime(day[1], "%Y%m%d").date() if day else date.today()
        roots = {r for code in re.findall(r'eventcode="(\w+)"', m["codes"]) if (r := root(code))}
        if text := " ".join(m["text"].split()):
            found.append(
                (
                    Report(id=f"s{n}", text=text, published=published),
                    Counter(dict.fromkeys(roots, 1)),
                )
            )
    return found


def main() -> int:
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print(__doc__)
        return 2
    expected = sentences(Path(sys.argv[1]))
    lexicon, gazetteer = load_lexicon(), Gazetteer()
    ours: dict[str, Counter[str]] = {}
    for parsed in parse((report for report, _ in expected), lexicon.is_common):
        events = find_events(Context(parsed, lexicon, gazetteer), every_report=True)
        ours[parsed.report.id] = Counter(dict.fromkeys((e.type.value for e in events), 1))
    hit = sum((ours[r.id] & roots).total() for r, roots in expected)
    given, wanted = (
        sum(c.total() for c in ours.values()),
        sum(roots.total() for _, roots in expected),
    )
    precision, recall = hit / (given or 1), hit / (wanted or 1)
    same = sum(ours[r.id] == roots for r, roots in expected)
    print(f"{len(expected)} sentences, {wanted} roots expected, {given} given, {hit} the same")
    print(
        f"precision {precision:.2f}  recall {recall:.2f}  F1 "
        f"{2 * precision * recall / (precision + recall or 1):.2f}"
    )
    print(f"sentences with just the roots expected: {same} of {len(expected)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
