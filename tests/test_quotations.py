"""Where quotations stand: marks that are lost, turned round, or inside one another."""

from __future__ import annotations

import pytest

from sayso.language.quotations import quotations

ODD_MARKS = [
    # a lost end looks like a new paragraph of one quotation, which is far commoner
    ("“A, he said. “B,” she said.", ["“A, he said. “B,”"]),
    ('We go," he said. "Not yet."', ['"Not yet."']),
    ("He said “A “B” c.” Then “d”.", ["“A “B” c.”", "“d”"]),
    ("”With this,” he said.", ["”With this,”"]),
    ("Rebels: ‘We Win, You Lose’: report", ["‘We Win, You Lose’"]),
    ("the officials' claims that 'we won' it", ["'we won'"]),
    ("“A b.\n\n“C d.” It is 6' 4\" tall.", ["“A b.\n\n“C d.”"]),
    # paragraphs of one quotation, whose line ends were lost: it opens more often than it ends
    (
        "“We left. “Then they came,” she said. “It was dark,” he said.",
        ["“We left. “Then they came,”", "“It was dark,”"],
    ),
    # one quotation in another
    ("“He said “no” to us” again.", ["“He said “no” to us”"]),
]


@pytest.mark.parametrize(("text", "expected"), ODD_MARKS)
def test_where_quotations_stand(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in quotations(text)] == expected


def test_single_marks_can_be_left_aside() -> None:
    text = "The ‘dead’ fell, “all of them”, he said."
    assert [text[s:e] for s, e in quotations(text)] == ["‘dead’", "“all of them”"]
    assert [text[s:e] for s, e in quotations(text, single=False)] == ["“all of them”"]
