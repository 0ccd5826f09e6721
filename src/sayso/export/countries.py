"""Countries as UCDP and ACLED name them, and the regions they put them in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sayso.language.gazetteer import country_entries

# UCDP's spellings, as its published events write them, where they differ from GeoNames's English
# names. UCDP codes the West Bank and the Gaza Strip under Israel.
_UCDP_NAMES = {
    "BA": "Bosnia-Herzegovina",
    "CD": "DR Congo (Zaire)",
    "CG": "Congo",
    "KH": "Cambodia (Kampuchea)",
    "MK": "Macedonia, FYR",
    "MM": "Myanmar (Burma)",
    "NL": "Netherlands",
    "PS": "Israel",
    "RS": "Serbia (Yugoslavia)",
    "RU": "Russia (Soviet Union)",
    "SZ": "Kingdom of eSwatini (Swaziland)",
    "US": "United States of America",
    "YE": "Yemen (North Yemen)",
}
_ACLED_NAMES = {
    "CD": "Democratic Republic of Congo",
    "CG": "Republic of Congo",
    "CV": "Cape Verde",
    "CZ": "Czech Republic",
    "NL": "Netherlands",
    "PS": "Palestine",
    "SZ": "eSwatini",
    "TL": "East Timor",
}

# UCDP's regions follow the Gleditsch and Ward country numbers: Americas 2-199, Europe 200-399,
# Africa 400-626, Middle East 630-699, Asia (with Oceania) 700-990. They are the continents, except
# for these countries.
_UCDP_BY_CONTINENT = {
    "AF": "Africa",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "Americas",
    "OC": "Asia",
    "SA": "Americas",
}
_UCDP_MIDDLE_EAST = frozenset("AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE".split())
_UCDP_EUROPE = frozenset("AM AZ CY GE".split())

# ACLED's regions. We could not confirm those of Afghanistan, Malawi, Zambia and Zimbabwe: they stay
# blank.
_ACLED_REGIONS = {
    "Western Africa": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "Middle Africa": "AO CD CF CG CM GA GQ ST TD",
    "Eastern Africa": "BI DJ ER ET KE KM MG MU MZ RE RW SC SO SS TZ UG YT",
    "Southern Africa": "BW LS NA SZ ZA",
    "Northern Africa": "DZ EG LY MA SD TN",
    "South Asia": "BD BT IN LK MV NP PK",
    "Southeast Asia": "BN ID KH LA MM MY PH SG TH TL VN",
    "East Asia": "CN HK JP KP KR MN MO TW",
    "Middle East": "AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    "Caucasus and Central Asia": "AM AZ GE KG KZ TJ TM UZ",
    "Europe": "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS "
    "IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM UA VA XK",
    "North America": "CA US",
    "Central America": "BZ CR GT HN MX NI PA SV",
    "South America": "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
    "Caribbean": "AG AI AW BB BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    "Oceania": "AS AU CK FJ FM GU KI MH MP NC NR NU NZ PF PG PN PW SB TK TO TV VU WF WS",
    "Antarctica": "AQ",
}


@dataclass(frozen=True, slots=True)
class Country:
    """A country: `iso` is its number in ISO 3166-1; an unknown name or region is ""."""

    iso: str
    ucdp: str
    ucdp_region: str
    acled: str
    acled_region: str


@lru_cache(maxsize=1)
def _countries() -> dict[str, Country]:
    acled_region = {
        code: region for region, codes in _ACLED_REGIONS.items() for code in codes.split()
    }
    return {
        code: Country(
            iso=row.number,
            ucdp=_UCDP_NAMES.get(code, row.name),
            ucdp_region=_ucdp_region(code, row.continent),
            acled=_ACLED_NAMES.get(code, row.name),
            acled_region=acled_region.get(code, ""),
        )
        for code, row in country_entries().items()
    }


def _ucdp_region(code: str, continent: str) -> str:
    if code in _UCDP_MIDDLE_EAST:
        return "Middle East"
    return "Europe" if code in _UCDP_EUROPE else _UCDP_BY_CONTINENT.get(continent, "")


def country(code: str | None) -> Country | None:
    """The country with this code (ISO 3166-1 alpha-2); None for no code or an unknown one."""
    return _countries().get(code) if code else None


def ucdp_regions() -> dict[str, str]:
    """UCDP's regions by UCDP's names of countries."""
    return {c.ucdp: c.ucdp_region for c in _countries().values()}
