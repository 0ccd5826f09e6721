"""Getting data out of a record: plot, export."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.linking import held_by
from sayso.cli.shared import AsOf, RecordPath, app, day_of, err
from sayso.coding import POLICIES, load_policy
from sayso.errors import SaysoError
from sayso.export import Format, Material
from sayso.export import export as write_files
from sayso.model import Figure
from sayso.model.links import Incident, Series
from sayso.plot import incident_chart, periods, series_chart, tolls_chart, write
from sayso.view import Contents, code_incidents, confirmed


@app.command()
def plot(
    record: RecordPath,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The id of a series or an incident, or its beginning; or: tolls"
        ),
    ],
    out: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="Where the picture goes: .svg, .png, or .json for Vega-Lite."
        ),
    ],
    policy: Annotated[
        list[str] | None,
        typer.Option(
            help=(
                "The policies shown under an incident; may be repeated; all four if not given. "
                "Tolls take the first."
            )
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Draw a series as revisions over time, an incident's figures side by side, or the killed of
    all incidents over time.
    """
    policies = {p: load_policy(p) for p in policy or POLICIES}
    held = held_by(record, day_of(as_of, "--as-of"))
    if name == "tolls":
        rule = next(iter(policies))
        coded_all = code_incidents(held, policies[rule])
        write(tolls_chart(periods((i, coded_all[i.id]) for i in held.linked.incidents), rule), out)
        err.print(f"drawn: {out}", highlight=False, markup=False, soft_wrap=True)
        return
    one = _named(name, held)
    figures = [c for c in (held.claims[i] for i in one.claims) if isinstance(c, Figure)]
    if isinstance(one, Series):
        spec = series_chart(one, figures, held.linked.origins, held.published)
    else:
        coded = {p: code_incidents(held, rule, [one])[one.id] for p, rule in policies.items()}
        spec = incident_chart(one, figures, held.linked.origins, held.published, coded)
    write(spec, out)
    err.print(f"drawn: {out}", highlight=False, markup=False, soft_wrap=True)


@app.command()
def export(
    record: RecordPath,
    to: Annotated[Format, typer.Option(help="The format of the files.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="The folder for the files, made if it is not there.")
    ],
    policy: Annotated[
        str | None,
        typer.Option(
            help=(
                "The coding policy for figures: ucdp, acled, gtd, minmax, or a file; ucdp and "
                "acled have their own."
            )
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all/--confirmed",
            help="Everything that the machine found too, or only what people confirmed.",
        ),
    ] = True,
    as_of: AsOf = None,
) -> None:
    """Write a record in UCDP's or ACLED's own columns, or as tables, annotations or a map."""
    rule = to.value if to in (Format.UCDP, Format.ACLED) else policy or "ucdp"
    if policy is not None and policy != rule:
        raise typer.BadParameter(
            f"{to.value} files have the figures of the policy {rule}", param_hint="--policy"
        )
    loaded, day = load_policy(rule), day_of(as_of, "--as-of")
    held = held_by(record, day) if everything else confirmed(held_by(record, day))
    made = f"sayso {version('sayso')}, {record}"
    material = Material(
        held.reports,
        held.claims,
        held.linked,
        code_incidents(held, loaded),
        rule,
        day,
        made,
        held.reviewed.decisions,
    )
    for path in write_files(material, to, out):
        print(path)


def _named(name: str, held: Contents) -> Series | Incident:
    """The series or incident whose id is or begins with this. Raises SaysoError unless there is
    exactly one.
    """
    groups: list[Series | Incident] = [*held.linked.series, *held.linked.incidents]
    found = [g for g in groups if g.id.startswith(name)]
    exact = [g for g in found if g.id == name]
    if len(exact or found) != 1:
        reason = (
            "more than one id begins like this; give more of it"
            if found
            else "no series and no incident has this id"
        )
        raise SaysoError(f"{name!r}: {reason}; `sayso link` lists incidents and series")
    return (exact or found)[0]
