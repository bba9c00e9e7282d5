"""How an indicator's value was found, told to people."""

from decimal import Decimal

from core.i18n import N_, translate
from core.planning.rules.measuring import Achievement, MeasuringState
from core.planning.terms import MeasuringPattern
from core.progress.services import Actual
from schema.scalars import decimal_text

_SOURCES = {
    MeasuringPattern.COUNT: N_("Sum of {records} records."),
    MeasuringPattern.POSITION: N_("Latest of {records} records."),
    MeasuringPattern.RELEASE: N_("Latest of {records} records since the release."),
}
_RULES = {
    "within_range": N_("The value lies in the target range, which is 100 %."),
    "ratio": N_("{percent} % = value ÷ {bound}, the nearest bound of the target."),
    "inverse_ratio": N_("{percent} % = (2 × {bound} - value) ÷ {bound}, the nearest bound; lower is better."),
    "no_ratio": N_("No percentage: the nearest bound of the target is {bound}."),
}
_UNMEASURED = {
    MeasuringState.NO_VALUE: N_("Nothing was recorded yet: not measured, neither 0 nor 100."),
    MeasuringState.NOT_YET_RELEASED: N_("The value is not published yet: not measured, neither 0 nor 100."),
}


def explanation_of(actual: Actual, language: str) -> str:
    """Return in words where a value comes from and how its percentage was found."""
    measurement = actual.measurement
    if measurement.state is not MeasuringState.MEASURED:
        return translate(_UNMEASURED[measurement.state], language)
    source = translate(_SOURCES[actual.indicator.pattern], language).format(records=measurement.entries)
    return source if actual.achievement is None else f"{source} {_rule(actual.achievement, language)}"


def _rule(achievement: Achievement, language: str) -> str:
    percent = "" if achievement.percent is None else _number(achievement.percent, language)
    bound = _number(achievement.bound, language)
    return translate(_RULES[achievement.rule], language).format(percent=percent, bound=bound)


def _number(value: Decimal, language: str) -> str:
    text = decimal_text(value)
    return text.replace(".", ",") if language == "id" else text
