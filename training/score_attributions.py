"""Scores the statements found in annotated articles.

    python training/score_attributions.py ARTICLES.jsonl SCORER.py

Writes claims as `sayso find --format jsonl` would, has them scored, prints the scores, and the mean
processor time of parsing a report and of finding its statements, in milliseconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sayso.find.speech.attributions import Attribution, find_attributions
from sayso.ingest.parse import parse
from sayso.language.lexicon import load_lexicon
from sayso.model import Report


def as_claim(report: str, a: Attribution) -> dict[str, object]:
    """The statement with the fields that are scored."""
    source = {"start": a.source[0], "end": a.source[1]} if a.source else {"name": None}
    content = {"start": a.content[0][0], "end": a.content[-1][1]}
    return {
        "kind": "statement",
        "report": report,
        "part": a.part,
        "content": content,
        "sources": [source],
    }


def main(articles: str, scorer: str) -> None:
    rows = [json.loads(line) for line in Path(articles).read_text(encoding="utf-8").splitlines()]
    lexicon = load_lexicon()
    begun = time.process_time()
    parsed = list(parse((Report(id=r["id"], text=r["text"]) for r in rows), lexicon.is_common))
    between = time.process_time()
    found = [(p.report.id, find_attributions(p)) for p in parsed]
    done = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        claims = Path(folder) / "claims.jsonl"
        claims.write_text(
            "".join(json.dumps(as_claim(i, a)) + "\n" for i, fs in found for a in fs),
            encoding="utf-8",
        )
        print(
            subprocess.run(
                [sys.executable, scorer, "attributions", articles, claims],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
    print(
        f"parse {(between - begun) / len(rows) * 1000:.0f} ms, find "
        f"{(done - between) / len(rows) * 1000:.0f} ms a report"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
