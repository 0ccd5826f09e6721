"""Which shape a place is: by its GeoNames id, by its name, by where its point lies. None where
these leave it open.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sayso.atlas.shapes import Area, countries, provinces
from sayso.model import Where

# Words for a division that one source writes and the other leaves out.
_KIND = re.compile(
    r"\b(?:province|governorate|gouvernorat|region|district|county|state|oblast|department"
    r"|departamento|division|prefecture"
    r"|wilayat|velayat|wilayah|wilaya|muhafazat|muhafazah|ostan|of|the|de|e|al|el|as|ad|ar|at"
    r"|az|an|ash|ez|es|ed|er|en)\b"
)
# A simplified coast or border lies within this many degrees of the true one: twice the tolerance
# of the data, and its rounding.
_SLACK = 0.012


def area_of(where: Where) -> Area | None:
    """The shape of a country or province; None for a town, a point, and any place that is not
    certain.

    A province is found by its GeoNames id; else by its name, unless two of the country have it or
    the point lies in another; else by its point, where the shape around that is a present-day
    first-order division. A district (`admin2`) is given as the province around it.
    """
    if where.country is None:
        return None
    if where.precision == "country":
        return countries().get(where.country)
    if where.precision not in ("admin1", "admin2"):
        return None
    name = (where.name or where.text) if where.precision == "admin1" else ""
    return _province_of(where.country, where.geonames, name, where.longitude, where.latitude)


@lru_cache(maxsize=20_000)
def _province_of(
    country: str, geonames: int | None, name: str, longitude: float | None, latitude: float | None
) -> Area | None:
    found = provinces(country)
    by_id = [p for p in found if geonames is not None and p.geonames == geonames]
    if by_id:
        return by_id[0]
    around = _around(found, longitude, latitude)
    key = _key(name)
    named = [p for p in found if key and key in _keys(p.names)]
    if not named:
        return around if around is not None and around.code is not None else None
    if around in named:
        return around
    return named[0] if len(named) == 1 and (around is None or around.code is None) else None


def _around(
    found: tuple[Area, ...], longitude: float | None, latitude: float | None
) -> Area | None:
    """The province that the point is in; None on a border, where the simplified lines could put it
    on the wrong side.
    """
    if longitude is None or latitude is None:
        return None
    nearby = (
        (longitude + dx, latitude + dy)
        for dx in (-_SLACK, 0, _SLACK)
        for dy in (-_SLACK, 0, _SLACK)
    )
    holding = {p.key: p for x, y in nearby for p in found if p.holds(x, y)}
    return next(iter(holding.values())) if len(holding) == 1 else None


@lru_cache(maxsize=5_000)
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_key(n) for n in names)


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    """A name as it is compared: letters only, without accents, articles and words for the kind of
    division.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"\(.*?\)|[^a-z ]", lambda m: "" if m[0] in "'`" else " ", plain)
    return "".join(_KIND.sub(" ", plain).split()) or plain.replace(" ", "")
