"""What an indicator may be bound to."""

from core.errors import Problem
from core.facts.terms import FactSubject
from core.i18n import N_


def subject_problems(fact: str, about: str, wanted: FactSubject | None) -> list[Problem]:
    """Say why a fact about `about` ("unit" or "employee") cannot be taken of the wanted subject (None: what fits)."""
    if wanted is None or wanted.value.lower() == about:
        return []
    params = {"fact": fact}
    if wanted is FactSubject.EMPLOYEE:
        text = N_("The fact {fact} is about a unit, not about an employee. Bind it to the plan's unit.")
        return [Problem("FACT_WRONG_SUBJECT", text, ("subject",), params)]
    other = N_("The fact {fact} is about an employee, not about a unit. Bind it to the plan's employee.")
    return [Problem("FACT_WRONG_SUBJECT", other, ("subject",), params)]
