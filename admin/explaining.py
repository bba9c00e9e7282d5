"""How a predicate came about, in sentences: the stored explanation of an evaluation, step by step."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from admin.blocks import Step, Steps
from admin.show import NOTHING, filled, shown, term
from core.i18n import N_, translate
from core.registry import active_registry

_TITLE = N_("How the predicate came about")
_RULE = N_("{regulation}, revision {revision}, in force since {day}")

_DECISIONS = {
    "FILED": N_("filed, not decided yet"),
    "UPHELD": N_("the evaluation stands"),
    "CHANGED": N_("the evaluation was changed"),
}


def explained(value: Any) -> Steps | None:
    """Return the steps of a stored explanation, None where there is none (yet, or for this reader)."""
    # Where it is masked in SQL, the value arrives as the text that is stored.
    content = json.loads(value) if isinstance(value, str) else value
    if not content:
        return None
    steps = [_sentence(step) for step in content.get("steps", ())]
    if content.get("objection"):
        steps.append(_objection(content["objection"]))
    return Steps(translate(_TITLE), steps)


def _sentence(step: Mapping[str, Any]) -> Step:
    title, say = _SENTENCES.get(step["step"], (step["step"], lambda _: ""))
    return Step(translate(title), say(step), _source(step.get("rule")))


def _performance(step: Mapping[str, Any]) -> str:
    text = N_("The performance of {unit} was set as {rating} on {day}.")
    return filled(text, unit=step["unit"], rating=term(step["rating"]), day=_day(step["set_on"]))


def _of_head(step: Mapping[str, Any]) -> str:
    text = N_("Whoever heads a unit is rated as the unit is: its performance {performance} gives the rating {rating}.")
    return filled(text, performance=term(step["organization_rating"]), rating=term(step["result_rating"]))


def _distribution(step: Mapping[str, Any]) -> str:
    if step.get("skipped"):
        return term(step["skipped"])
    if not step.get("warnings"):
        return translate(N_("The predicates of the unit fit the pattern for its performance."))
    text = N_("The predicates of the unit differ from the pattern. Reason given: {reason}. The predicate stays.")
    return filled(text, reason=step.get("reason") or NOTHING)


def _predicate(step: Mapping[str, Any]) -> str:
    text = N_("Results {result} and behaviour {behavior} give the predicate {predicate}.")
    return filled(
        text,
        result=term(step["result_rating"]),
        behavior=term(step["behavior_rating"]),
        predicate=term(step["predicate"]),
    )


def _credit(step: Mapping[str, Any]) -> str:
    if step.get("points") is None:
        return translate(N_("No credit points: no rule gives any for this position."))
    text = N_("{months} of 12 months × {percentage} % × coefficient {coefficient} = {points} credit points.")
    figures = {name: _number(step[name]) for name in ("months", "percentage", "coefficient", "points")}
    return filled(text, **figures)


def _objection(objection: Mapping[str, Any]) -> Step:
    text = N_("An objection was filed on {day}. It was decided: {state}. {decision}")
    return Step(
        translate(N_("Objection")),
        filled(
            text,
            day=_day(objection["filed_on"]),
            state=translate(_DECISIONS.get(objection["state"], objection["state"])),
            decision=objection.get("decision") or "",
        ).strip(),
    )


_SENTENCES: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "ORGANIZATION_PERFORMANCE": (N_("Performance of the unit"), _performance),
    "RESULT_RATING_OF_HEAD": (N_("Rating of the unit's head"), _of_head),
    "DISTRIBUTION": (N_("Distribution of predicates"), _distribution),
    "PREDICATE": (N_("Predicate"), _predicate),
    "CREDIT_POINTS": (N_("Credit points"), _credit),
}


def _source(rule: Mapping[str, Any] | None) -> str:
    if not rule:
        return ""
    return filled(
        _RULE,
        regulation=str(rule["regulation"]),
        revision=str(rule["revision"]),
        day=_day(rule["valid_from"]),
    )


def _day(text: str | None) -> str:
    return shown(date.fromisoformat(text) if text else None, active_registry().settings)


def _number(value: Any) -> str:
    return shown(Decimal(str(value)), active_registry().settings)
