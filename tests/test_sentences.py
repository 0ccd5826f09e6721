"""Where sentences begin and end, where a report ends, and how capitals are read."""

from __future__ import annotations

import pytest

from sayso.ingest.sentences import end_of_report, sentence_case, sentences, split_sentences
from sayso.model import Report

# A text -> its sentences.
SPLIT: list[tuple[str, list[str]]] = [
    ("Two died. Three fled.", ["Two died.", "Three fled."]),
    ("Who fled? Nobody! All stayed.", ["Who fled?", "Nobody!", "All stayed."]),
    ("They waited... Then it came.", ["They waited...", "Then it came."]),
    ("They waited… Then it came.", ["They waited…", "Then it came."]),
    ("nothing at its end", ["nothing at its end"]),
    (" \n ", []),
    # quotation marks belong to the sentence that they close
    ('"We left." They did.', ['"We left."', "They did."]),
    ("One died. “Two fled.” Three stayed.", ["One died.", "“Two fled.”", "Three stayed."]),
    ("One died. «Two fled.» Three stayed.", ["One died.", "«Two fled.»", "Three stayed."]),
    # a stop inside: an abbreviation, an initial, a figure
    ("Gen. Karim fled. He was 40.", ["Gen. Karim fled.", "He was 40."]),
    ("He met J. Karim of the U.N. there.", ["He met J. Karim of the U.N. there."]),
    ("It was 5 p.m. The army left.", ["It was 5 p.m. The army left."]),  # one rather than too many
    ("It rose by 3.5 metres. It fell.", ["It rose by 3.5 metres.", "It fell."]),
    ("Then came the no. 5 brigade. It fled.", ["Then came the no. 5 brigade.", "It fled."]),
    ("two died. three fled.", ["two died. three fled."]),  # no capital begins the second
    # at the end of a line an abbreviation ends its sentence
    ("He sold arms etc.\nThen he left.", ["He sold arms etc.", "Then he left."]),
    # a line end alone: it breaks, but where the sentence plainly goes on
    ("Two died\nThree fled", ["Two died", "Three fled"]),
    ("Two died near\nkhost market", ["Two died near\nkhost market"]),  # a small letter
    ("Two died in the\nKhost market", ["Two died in the\nKhost market"]),  # an article before it
    ("The dead are\n14 men", ["The dead are\n14 men"]),  # a figure
    ("Two died,\nThree fled", ["Two died,\nThree fled"]),  # a comma before it
    ("Karim, son\nOmar, and Amina", ["Karim, son\nOmar, and Amina"]),  # kin of somebody named
    ("Two died in\n\nKhost", ["Two died in", "Khost"]),  # an empty line always breaks
    # marks of a telegram's sections
    ("The first part ### The second part", ["The first part", "### The second part"]),
    ("  Two died.  \n\n  Three fled.  ", ["Two died.", "Three fled."]),  # spaces are left out
]


@pytest.mark.parametrize(("text", "expected"), SPLIT, ids=[repr(t) for t, _ in SPLIT])
def test_split(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == expected


COMMENTED = "Two men died.\n\nThree fled.\n\nLeave a reply\nNonsense! Ten died, says my aunt."


def test_sentences_of_a_report_are_its_title_then_its_text_without_the_comments() -> None:
    report = Report(id="r", title="Two die. More flee.", text=COMMENTED)
    found = list(sentences(report))
    assert [(s.part, s.index, s.text) for s in found] == [
        ("title", 0, "Two die."),
        ("title", 1, "More flee."),
        ("text", 2, "Two men died."),
        ("text", 3, "Three fled."),
    ]
    assert all(report.part(s.part)[s.start : s.end] == s.text for s in found)
    assert all(s.doc is None for s in found)


# What begins the comments below a page.
@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply",
        "*** Leave a comment ***",
        "Post a comment »",
        "Add a comment",
        "Write a reply",
        "Your email address will not be published.",
        "Required fields are marked *",
        "Comments are closed.",
    ],
)
def test_a_page_ends_where_its_comments_begin(line: str) -> None:
    text = f"Two men died.\n{line}\nTen died!"
    assert text[: end_of_report(text)].strip() == "Two men died."


@pytest.mark.parametrize(
    "text",
    [
        "Two men died. Three fled.",
        "The army had to leave a reply unsent.\nTwo men died.",  # inside a sentence
        # a whole sentence of a report that begins so
        f"Leave a reply or leave the town, the army's letter said{', the mayor said' * 9}.",
    ],
)
def test_a_report_without_comments_ends_at_its_end(text: str) -> None:
    assert end_of_report(text) == len(text)


COMMON = frozenset("two men die in the market bombing as army says nobody is safe".split())

# A text -> as a sentence would be written; the names in it are none of the common words.
CASED: list[tuple[str, str]] = [
    # as it is
    ("Two men died in Khost.", "Two men died in Khost."),
    # a headline in title case: names and rare words keep their capitals
    ("Nobody Safe As Bombing Shakes Khost Market", "nobody safe as bombing Shakes Khost market"),
    # a headline of few words is left alone
    ("Bombing In Khost", "Bombing In Khost"),
    # a telegram in capitals: names keep one
    ("TWO MEN DIE IN KHOST MARKET", "two men die in Khost market"),
    ("ARMY SAYS NOBODY IS SAFE IN KHOST'S MARKET", "army says nobody is safe in Khost's market"),
    # a few capitals are an acronym
    ("NATO", "NATO"),
    # in title case words all in capitals stay as they are
    ("NATO Says Nobody Is Safe In The Market", "NATO says nobody is safe in the market"),
    # line ends and other spaces are spaces
    ("Two men\ndied\tin\u00a0Khost.", "Two men died in Khost."),
    # what Windows-1252 leaves behind
    ("\x93Two men died,\x94 he said \x96 and left.", "“Two men died,” he said – and left."),
]


@pytest.mark.parametrize(("text", "expected"), CASED, ids=[repr(t) for t, _ in CASED])
def test_sentence_case(text: str, expected: str) -> None:
    found = sentence_case(text, COMMON.__contains__)
    assert found == expected
    assert len(found) == len(text)


def test_a_letter_whose_small_form_is_longer_keeps_its_place() -> None:
    text = "MEN DIE IN THE MARKET OF İZMİR"
    found = sentence_case(text, COMMON.__contains__)
    assert found == "men die in the market Of İzmİr"
    assert len(found) == len(text)
