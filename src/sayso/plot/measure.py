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
    (sign, bold): width
    for bold, widths in ((False, _WIDTHS), (True, _BOLD_WIDTHS))
    for width, signs in widths.items()
    for sign in signs
}
# A sign that is in no table is taken to be as wide as the widest of its kind, so that words are
# broken early, never late.
_UNKNOWN = 1000
# A line never ends after a number, nor before a year: "7 October 2001" and "3 reports" stay whole.
_BREAKS = re.compile(r"(?<!\d) (?!\d{4}\b)")


@cache
def _width_of_sign(sign: str, bold: bool) -> int:
    plain = unicodedata.normalize("NFD", sign)[
        0
    ]  # an accent adds nothing to the width of its letter
    return 0 if unicodedata.combining(plain) else _WIDTH_OF.get((plain, bold), _UNKNOWN)


def width_of(words: str, size: float, bold: bool = False) -> float:
    """Pixels that the words take on one line at a type size in pixels."""
    return sum(_width_of_sign(sign, bold) for sign in words) * size / 1000


def shortened(words: str, width: int) -> str:
    """The words, cut to so many characters at the end of one of them."""
    if len(words) <= width:
        return words
    kept = words[: width - 1]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept[width // 2 :] else kept}…"


def cut_to(words: str, pixels: float, size: float, bold: bool = False) -> str:
    """The words, cut to so many pixels at the end of one of them."""
    if width_of(words, size, bold) <= pixels:
        return words
    signs = next(
        n
        for n in range(len(words), -1, -1)
        if not n or width_of(f"{words[:n]}…", size, bold) <= pixels
    )
    return shortened(words, signs + 1)


def wrapped_to(
    words: str, pixels: float, size: float, bold: bool = False, most: int = 99
) -> list[str]:
    """The words in lines no wider than so many pixels, the last of the `most` lines cut where there
    are more.
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
