"""Turns what a reviewer decides on a page into a decision in the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sayso.errors import ConflictError, DecisionError
from sayso.language.gazetteer import Gazetteer, Place
from sayso.model import Claim, EventType
from sayso.model.decisions import Act, Decision, Subject
from sayso.model.links import Incident, Series
from sayso.review import (
    GROUP_FIELDS,
    correct,
    correct_incident,
    decide,
    fields_of,
    incident_written,
    undo,
)
from sayso.web.live import LiveRecord
from sayso.web.security import local_path
from sayso.web.snapshot import Snapshot

# How many gazetteer entries are offered for a name.
_PLACES = 12


class Pages(Protocol):
    """What is needed from the web app: its record, and a way to answer with a page."""

    live: LiveRecord

    def page(
        self, request: Request, template: str, context: dict[str, Any], status_code: int = 200
    ) -> Response: ...


class Deciding:
    """The handlers of decisions."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self._gazetteer: Gazetteer | None = None

    def routes(self) -> list[Route]:
        """POST /decide, and the forms that need a page of their own."""
        return [
            Route("/decide", self.decide, methods=["POST"]),
            Route("/correct/claim/{name}/{field}", self.correct_form),
            Route("/correct/incident/{name}/{field}", self.correct_incident_form),
        ]

    async def decide(self, request: Request) -> Response:
        form = await request.form()
        return await run_in_threadpool(self._decide, request, form)

    def _decide(self, request: Request, form: FormData) -> Response:
        snapshot = self.pages.live.snapshot()
        who = request.state.reviewer or ""
        seen = str(form.get("seen", ""))
        try:
            made = self._made(snapshot, form, who)
            self.pages.live.decide(made, int(seen) if seen.isdecimal() and len(seen) < 12 else 0)
        except ConflictError as conflict:
            return self._conflict(request, form, conflict)
        except DecisionError as error:
            return self._refused(request, snapshot, form, error)
        return RedirectResponse(local_path(str(form.get("next", "/"))), 303)

    def _made(self, snapshot: Snapshot, form: FormData, who: str) -> Decision:
        """The decision that the form asks for. Raises DecisionError for one that cannot be made."""
        act = _one_of(Act, form.get("act"), "act")
        because = str(form.get("because", ""))
        if act is Act.UNDO:
            return undo(_decision(snapshot, str(form.get("undoes", ""))), who, because)
        subject = _one_of(Subject, form.get("subject"), "subject")
        name = str(form.get("id", ""))
        if subject is Subject.CLAIM:
            return self._of_claim(snapshot, form, act, _claim(snapshot, name), who, because)
        return self._of_group(
            snapshot, form, act, subject, _group(snapshot, subject, name), who, because
        )

    def _of_claim(
        self, snapshot: Snapshot, form: FormData, act: Act, claim: Claim, who: str, because: str
    ) -> Decision:
        if act is Act.CORRECT:
            field = str(form.get("field", ""))
            return correct(claim, field, self._value(form, field), snapshot.reports, who, because)
        if act in (Act.MERGE, Act.SEPARATE):
            raise DecisionError("one claim cannot be merged or split; open its incident")
        source = str(form["source"]) if form.get("source") else None
        return decide(
            Subject.CLAIM,
            act,
            [claim],
            snapshot.reports,
            who,
            because=because,
            source=source,
            value=form.get("value"),
        )

    def _of_group(
        self,
        snapshot: Snapshot,
        form: FormData,
        act: Act,
        subject: Subject,
        group: Incident | Series,
        who: str,
        because: str,
    ) -> Decision:
        claims = [snapshot.claims[c] for c in group.claims if c in snapshot.claims]
        others: Sequence[Claim] = ()
        if act is Act.CORRECT and isinstance(group, Incident):
            field = str(form.get("field", ""))
            return correct_incident(
                group,
                snapshot.claims,
                field,
                self._value(form, field),
                snapshot.reports,
                who,
                because,
            )
        if act in (Act.MERGE, Act.SEPARATE) and form.get("other"):
            others = [
                snapshot.claims[c]
                for c in _group(snapshot, subject, str(form["other"])).claims
                if c in snapshot.claims
            ]
        elif act is Act.SEPARATE:
            chosen = {str(c) for c in form.getlist("claims")}
            others = [c for c in claims if c.id not in chosen]
            claims = [c for c in claims if c.id in chosen]
            if not claims or not others:
                raise DecisionError(
                    "choose the claims that are of something else: at least one, and not all"
                )
        if act in (Act.CORRECT, Act.SETTLE):
            raise DecisionError(f"{act.value}: not a decision about a {subject.value}")
        return decide(subject, act, claims, snapshot.reports, who, others=others, because=because)

    def _value(self, form: FormData, field: str) -> Any:
        """The value of a correction; for a place the chosen gazetteer entry, else its words."""
        value = str(form.get("value", ""))
        chosen = str(form.get("place", ""))
        if field == "where" and chosen.isdecimal():
            entry = next((p for p in self._candidates(value) if p.id == int(chosen)), None)
            if entry is not None:
                return _entry(value, entry)
        return value

    def _candidates(self, words: str) -> list[Place]:
        """The gazetteer entries that a name can mean, the largest first."""
        self._gazetteer = self._gazetteer or Gazetteer()
        return list(self._gazetteer.candidates(words))[:_PLACES] if words.strip() else []

    # -- forms and refusals ------------------------------------------------------------

    def correct_form(self, request: Request) -> Response:
        """The form to correct a field of a claim."""
        snapshot = self.pages.live.snapshot()
        claim = snapshot.any_claim(request.path_params["name"])
        field = (
            next((f for f in fields_of(claim) if f.name == request.path_params["field"]), None)
            if claim
            else None
        )
        if claim is None or field is None:
            raise HTTPException(404)
        before = field.written(claim)
        return self._form(
            request,
            snapshot,
            "claim",
            claim,
            field.name,
            field.label,
            field.hint,
            field.choices,
            before,
        )

    def correct_incident_form(self, request: Request) -> Response:
        """The form to correct an incident's day, place or type."""
        snapshot, field = self.pages.live.snapshot(), request.path_params["field"]
        incident = snapshot.incident(request.path_params["name"])
        if incident is None or field not in GROUP_FIELDS:
            raise HTTPException(404)
        return self._form(
            request,
            snapshot,
            "incident",
            incident,
            field,
            field,
            GROUP_FIELDS[field],
            _choices(field),
            incident_written(incident, field),
        )

    def _form(
        self,
        request: Request,
        snapshot: Snapshot,
        subject: str,
        one: Claim | Incident,
        field: str,
        label: str,
        hint: str,
        choices: Sequence[str],
        before: Any,
    ) -> Response:
        words = request.query_params.get("value")
        shown = (
            words
            if words is not None
            else before.get("name") or before.get("text")
            if isinstance(before, dict)
            else before
        )
        context = {
            "snapshot": snapshot,
            "subject": subject,
            "one": one,
            "field": field,
            "label": label,
            "hint": hint,
            "choices": choices,
            "before": before,
            "value": shown,
            "entries": self._candidates(str(shown)) if field == "where" else [],
            "next": local_path(request.query_params.get("next", "/")),
        }
        return self.pages.page(request, "correct.html", context)

    def _refused(
        self, request: Request, snapshot: Snapshot, form: FormData, error: DecisionError
    ) -> Response:
        """The page that says why a decision could not be made, with what was entered."""
        fields = [(k, str(v)) for k, v in form.multi_items() if k != "csrf"]
        back = local_path(str(form.get("next", "/")))
        context = {
            "snapshot": snapshot,
            "words": str(error),
            "fields": fields,
            "next": back,
            "here": back,
        }
        return self.pages.page(request, "refused.html", context, 422)

    def _conflict(self, request: Request, form: FormData, conflict: ConflictError) -> Response:
        """The page that shows what somebody else decided in the meantime, and asks again."""
        snapshot = self.pages.live.snapshot()
        since = [d for d in snapshot.decisions if d.id in conflict.since]
        fields = [(k, str(v)) for k, v in form.multi_items() if k not in ("csrf", "seen")]
        back = local_path(str(form.get("next", "/")))
        context = {
            "snapshot": snapshot,
            "words": str(conflict),
            "since": since,
            "fields": fields,
            "next": back,
            "here": back,
        }
        return self.pages.page(request, "conflict.html", context, 409)


def _one_of(kind: Any, value: Any, name: str) -> Any:
    try:
        return kind(str(value))
    except ValueError:
        raise DecisionError(f"{name} {str(value)[:40]!r} is not one of {', '.join(kind)}") from None


def _claim(snapshot: Snapshot, name: str) -> Claim:
    claim = snapshot.any_claim(name)
    if claim is None:
        raise DecisionError("this claim is no longer in the record; it may have been read again")
    return claim


def _group(snapshot: Snapshot, subject: Subject, name: str) -> Incident | Series:
    group = snapshot.incident(name) if subject is Subject.INCIDENT else snapshot.series(name)
    if group is None:
        raise DecisionError(
            f"this {subject.value} is no longer in the record; it may have been linked again"
        )
    return group


def _decision(snapshot: Snapshot, name: str) -> Decision:
    found = next((d for d in snapshot.decisions if str(d.id) == name), None)
    if found is None:
        raise DecisionError(f"there is no decision {name[:20]!r} to undo")
    return found


def _entry(words: str, place: Place) -> dict[str, Any]:
    """A gazetteer entry as a correction holds it, without the coordinates of a country."""
    is_country = place.kind == "country"
    return {
        "text": " ".join(words.split()),
        "name": place.name,
        "geonames": place.id,
        "country": place.country,
        "latitude": None if is_country else place.latitude,
        "longitude": None if is_country else place.longitude,
        "precision": "country" if is_country else "town",
    }


def _choices(field: str) -> tuple[str, ...]:
    return tuple(EventType) if field == "type" else ()
