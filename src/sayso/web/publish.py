"""A record as a folder of pages and data that any web server can host."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sayso.coding import load_policy
from sayso.errors import ExportError, SaysoError
from sayso.export import Format, Material, export
from sayso.export.schema import TABLES
from sayso.model import Claim, Report
from sayso.model.links import Incident, Series
from sayso.plot import Look
from sayso.redact import Redacted, Withheld
from sayso.review import Reviewed
from sayso.view import Contents, code_incidents, confirmed
from sayso.web.pages import claims, finding, incidents, lists, overview, series
from sayso.web.pictures import NARROW, WIDE, drawn, spec_of
from sayso.web.render import render
from sayso.web.snapshot import AsLinked, Snapshot
from sayso.web.urls import FileUrls, file_name

# A file that marks a folder as a site of ours: only such a folder is written over.
_MARKER = ".sayso-site"
_STATIC = Path(__file__).parent / "static"
# Scripts are for the server's pages; a published page runs none.
_NO_SCRIPTS = shutil.ignore_patterns("*.js")
PLACES = (
    ("", "Overview", ""),
    ("incidents", "Incidents", ""),
    ("series", "Series", ""),
    ("forecasts", "Forecasts", ""),
    ("claimants", "Claimants", ""),
    ("reports", "Reports", ""),
    ("claims", "Claims", ""),
    ("data", "Data", ""),
    ("about", "How it was made", ""),
)
_LOOKS: tuple[dict[str, int], ...] = ({}, {"dark": 1}, {"narrow": 1}, {"narrow": 1, "dark": 1})


@dataclass(frozen=True, slots=True)
class Edition:
    """What is published of a record, and how.

    `everything`: also what only the machine found, else only what people confirmed. `texts`: whole
    reports. `withheld` is how many people `rule` leaves unnamed, in how many `places`.
    """

    title: str
    made_by: str
    policy: str
    everything: bool
    texts: bool
    rule: Withheld | None
    day: date
    withheld: int = 0
    places: int = 0

    @property
    def made(self) -> str:
        """A line for the foot of every page."""
        return f"Made by {self.made_by} on {self.day.day} {self.day:%B %Y}."

    def chosen(self, held: Contents) -> Contents:
        """The part of the record that is published, without what was rejected. Raises SaysoError
        where nothing is confirmed yet.
        """
        part = held if self.everything else confirmed(held)
        judgements = {n: j for n, j in held.reviewed.judgements.items() if n in part.claims}
        return replace(part, reviewed=Reviewed(part.claims, judgements=judgements), rejected=())

    def redacted(self, held: Contents, made: Redacted) -> tuple[Edition, Contents]:
        """The edition and its contents with names withheld; addresses of reports that name them are
        left out.
        """
        masked = (
            {
                n
                for n, r in made.reports.items()
                if (r.title, r.text) != (held.reports[n].title, held.reports[n].text)
            }
            if made.places
            else set()
        )
        reports = {n: replace(r, url=None) if n in masked else r for n, r in made.reports.items()}
        judgements = {
            n: tuple(replace(j, because=made.words(j.because), who="a reviewer") for j in js)
            for n, js in held.reviewed.judgements.items()
        }
        contents = Contents(
            reports, made.claims, made.linked, reviewed=Reviewed(made.claims, judgements=judgements)
        )
        return replace(self, withheld=made.withheld, places=made.places), contents


def publish_site(held: Contents, edition: Edition, out: Path) -> int:
    """Writes the site, whole or not at all; how many files it has.

    Raises ExportError where the folder holds anything but a site of ours, or cannot be
    written.
    """
    if out.exists() and not out.is_dir():
        raise ExportError(f"{out}: a file; name a folder with -o")
    if out.exists() and any(out.iterdir()) and not (out / _MARKER).exists():
        raise ExportError(
            f"{out}: holds other files, which would be lost; name a new folder with -o"
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sayso-site-", dir=out.parent) as unfinished:
            site = Path(unfinished) / "site"
            _write(held, edition, site)
            if out.exists():
                out.rename(Path(unfinished) / "before")
            site.rename(out)
    except OSError as error:
        raise ExportError(
            f"{out}: cannot be written to ({error.strerror or error}); name another folder with -o"
        ) from error
    return sum(1 for p in out.rglob("*") if p.is_file()) - 1


def _write(held: Contents, edition: Edition, site: Path) -> None:
    snapshot = Snapshot(
        AsLinked(held.reports, held.claims, held.linked),
        (),
        edition.day,
        main_policy=edition.policy,
        contents=held,
    )
    shutil.copytree(_STATIC, site / "static", ignore=_NO_SCRIPTS)
    (site / _MARKER).write_text(
        "A site written by sayso; writing it again replaces everything in this folder.\n",
        encoding="utf-8",
    )
    for path, text in _pages(snapshot, edition):
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    _draw(snapshot, edition, site / "pictures")
    _data(held, edition, site / "data")


def _pages(snapshot: Snapshot, edition: Edition) -> Iterator[tuple[str, str]]:
    """Every page with its path in the folder."""

    def page(
        path: str, template: str, made: Callable[[FileUrls], Mapping[str, Any]]
    ) -> tuple[str, str]:
        urls = FileUrls(path.count("/"))
        shared = {
            "site": edition,
            "snapshot": snapshot,
            "path": "",
            "reviewer": None,
            "query": {},
            "can_decide": False,
            "csrf": "",
            "here": "",
            "theme": "",
            "has_login": False,
            "places": PLACES,
        }
        return f"{path}.html", render(template, urls, **shared, **made(urls))

    yield page(
        "index",
        "overview.html",
        lambda u: overview.shown(snapshot, {"policy": edition.policy}, u.to, None),
    )
    yield page("about", "about.html", lambda u: {"policies": snapshot.policies})
    yield page("data", "data.html", lambda u: {"tables": TABLES, "folders": FOLDERS})
    yield from _listed(snapshot, page)
    for i in snapshot.incidents:
        yield page(f"incidents/{file_name(i.id)}", "incident.html", _incident(snapshot, i))
    for s in snapshot.linked.series:
        yield page(f"series/{file_name(s.id)}", "one_series.html", _series(snapshot, s))
    for c in snapshot.claims.values():
        yield page(f"claims/{file_name(c.id)}", "claim.html", _claim(snapshot, c))
    for r in snapshot.reports.values():
        yield page(f"reports/{file_name(r.id)}", "report.html", _report(snapshot, r))
    for e in snapshot.claimants:
        yield page(f"claimants/{file_name(e.name)}", "claimant.html", _claimant(snapshot, e.name))


def _incident(snapshot: Snapshot, one: Incident) -> Callable[[FileUrls], Mapping[str, Any]]:
    return lambda u: incidents.shown(snapshot, one, u.to)


def _series(snapshot: Snapshot, one: Series) -> Callable[[FileUrls], Mapping[str, Any]]:
    return lambda u: series.shown(snapshot, one)


def _claim(snapshot: Snapshot, one: Claim) -> Callable[[FileUrls], Mapping[str, Any]]:
    return lambda u: claims.shown(snapshot, one)


def _report(snapshot: Snapshot, one: Report) -> Callable[[FileUrls], Mapping[str, Any]]:
    return lambda u: claims.report_shown(snapshot, one)


def _claimant(snapshot: Snapshot, name: str) -> Callable[[FileUrls], Mapping[str, Any]]:
    return lambda u: lists.claimant(snapshot, name) or {}


_LISTS: Mapping[str, Callable[[Snapshot, Mapping[str, str]], dict[str, Any]]] = {
    "incidents": incidents.listed,
    "series": series.listed,
    "claims": finding.claims_found,
    "reports": lists.reports,
    "claimants": lists.claimants,
    "forecasts": lists.forecasts,
}


def _listed(snapshot: Snapshot, page: Callable[..., tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pages of the lists."""
    for name, made in _LISTS.items():
        pages, number = 1, 1
        while number <= pages:
            context = made(snapshot, {"page": str(number)})
            paging = context.get("paging")
            pages = paging.pages if paging is not None else 1
            yield page(
                name if number == 1 else f"{name}-{number}",
                f"{name}.html",
                lambda u, shown=context: shown,
            )
            number += 1


def _draw(snapshot: Snapshot, edition: Edition, folder: Path) -> None:
    """The pictures that pages show, and those to download from them."""
    folder.mkdir(parents=True)
    wanted: list[tuple[str, str]] = [
        ("tolls", edition.policy),
        *(("series", s.id) for s in snapshot.linked.series),
    ]
    urls = FileUrls()
    for kind, name in wanted:
        try:
            for look in _LOOKS:
                width = NARROW if look.get("narrow") else WIDE
                spec = spec_of(
                    snapshot,
                    kind,
                    name,
                    Look(width, dark=bool(look.get("dark")), title=False, transparent=True),
                )
                (folder.parent / urls.picture(kind, name, "svg", **look)).write_bytes(
                    drawn(spec, "svg")
                )
            for form in ("svg", "png", "json"):
                (folder.parent / urls.picture(kind, name, form, save=1)).write_bytes(
                    drawn(spec_of(snapshot, kind, name, Look()), form)
                )
        except SaysoError:
            continue  # nothing to draw: the page says so in words
    for incident in snapshot.incidents:
        try:
            spec = spec_of(snapshot, "incident", incident.id, Look())
        except SaysoError:
            continue
        (folder.parent / urls.picture("incident", incident.id, "json", save=1)).write_bytes(
            drawn(spec, "json")
        )


FOLDERS: Mapping[Format, str] = {
    Format.CSV: "every table as CSV, with a Frictionless Data Package",
    Format.PARQUET: "every table as Parquet",
    Format.UCDP: "incidents in the columns of the UCDP Georeferenced Event Dataset",
    Format.ACLED: "incidents in the columns of ACLED",
    Format.JSONLD: "claims as Web Annotations, with provenance, in JSON-LD",
    Format.GEOJSON: "incidents on a map, GeoJSON",
}


def _data(held: Contents, edition: Edition, folder: Path) -> None:
    """The data of the site in every form, each under its coding policy."""
    for form in FOLDERS:
        policy = form.value if form in (Format.UCDP, Format.ACLED) else edition.policy
        coded = code_incidents(held, load_policy(policy))
        export(
            Material(held.reports, held.claims, held.linked, coded, policy, None, edition.made_by),
            form,
            folder / form.value,
        )
