"""Sentences -> claims: what happened, to how many, who says so, and what is expected."""

from sayso.find.context import Context
from sayso.find.figures import find_figures
from sayso.find.forecasts import find_forecasts
from sayso.find.statements import find_statements
from sayso.lexicon import Lexicon
from sayso.model import Claim
from sayso.places import Gazetteer
from sayso.sentences import Parsed

__all__ = ["find_claims"]


def find_claims(parsed: Parsed, lexicon: Lexicon, gazetteer: Gazetteer) -> list[Claim]:
    """Every claim of the report, in order, with ids set. Raises AnchorError when a span does not hold its words."""
    context = Context(parsed, lexicon, gazetteer)
    claims: list[Claim] = [*find_figures(context), *find_statements(context), *find_forecasts(context)]
    for claim in claims:
        claim.check(parsed.report)
    return claims
