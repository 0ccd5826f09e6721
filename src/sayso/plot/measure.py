"""How wide words are when drawn, so that a picture of a given width can break and cut them before
it is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Widths in thousandths of the type size, from Adobe's metrics of Helvetica and Helvetica Bold,
# which Liberation Sans and Arial share.
_WIDTHS = {
    222: "'ijl|`",
    278: " !,./:;I[]\\ft·",
    333: "()-r",
    355: '"',
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
_BOLD_WIDTHS = {
    278: "' ,./I\\ijl|`·",
    333: "!()-:;[]ft",
    389: "r",
    474: '"',
    500: "z",
    556: "#$0123456789J_aceksvxy",
    584: "+<=>~",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
}
_WIDTH_OF = {
    (char, bold): width
    for bold, widths in ((False, _WIDTHS), (True, _BOLD_WIDTHS))
    for width, chars in widths.items()
    for char in chars
}
# A character in no table counts as about as wide as the widest, so that words are broken early,
# never late.
_UNKNOWN = 1000
# A line never breaks after a number or before a year: "7 October 2001" and "3 reports" stay whole.
_BREAKS = re.compile(r"(?<!\d) (?!\d{4}\b)")


@cache
def _width_of_char(char: str, bold: bool) -> int:
    # An accent adds nothing to the width of its letter.
    plain = unicodedata.normalize("NFD", char)[0]
    return 0 if unicodedata.combining(plain) else _WIDTH_OF.get((plain, bold), _UNKNOWN)


def width_of(words: str, size: float, bold: bool = False) -> float:
    """Pixels that the words take on one line at a type size in pixels."""
    return sum(_width_of_char(char, bold) for char in words) * size / 1000


def shortened(words: str, width: int) -> str:
    """The words, cut to `width` characters at the end of a word."""
    if len(words) <= width:
        return words
    kept = words[: width - 1]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept[width // 2 :] else kept}…"


def cut_to(words: str, pixels: float, size: float, bold: bool = False) -> str:
    """The words, cut to `pixels` at the end of a word."""
    if width_of(words, size, bold) <= pixels:
        return words
    length = next(
        n
        for n in range(len(words), -1, -1)
        if not n or width_of(f"{words[:n]}…", size, bold) <= pixels
    )
    return shortened(words, length + 1)


def wrapped_to(
    words: str, pixels: float, size: float, bold: bool = False, most: int = 99
) -> list[str]:
    """The words in lines no wider than `pixels`, the last of the `most` lines cut where there are
    more.
    """
    lines = [""]
    for word in _BREAKS.split(" ".join(words.split())):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size, bold) > pixels:
            lines.append(word)
        else:
            lines[-1] = longer
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) > most else lines
    return [cut_to(line, pixels, size, bold) for line in kept]
