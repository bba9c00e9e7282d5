"""Checks of input that the services of points share."""

from collections.abc import Mapping
from typing import Any

from core.organisation.services.changing import camel
from core.plugin_api import N_, Problem, refuse

LONGEST_NOTE = 4000


def range_problems(values: Mapping[str, Any], ranges: Mapping[str, tuple[int, int]]) -> list[Problem]:
    """Return the problems of numbers that lie outside of their range; None stands for no number."""
    text = N_("{value} is not possible here. Give a number from {least} to {most}.")
    return [
        Problem("NUMBER_OUT_OF_RANGE", text, ("input", camel(name)), {"value": value, "least": least, "most": most})
        for name, (least, most) in ranges.items()
        if (value := values.get(name)) is not None and not least <= value <= most
    ]


def missing_problems(values: Mapping[str, Any], *names: str) -> list[Problem]:
    """Return the problems of values that are emptied although they must be there."""
    text = N_("This must not be empty. Fill it in.")
    return [
        Problem("TEXT_MISSING", text, ("input", camel(name)))
        for name in names
        if name in values and values[name] is None
    ]


def too_long(values: Mapping[str, Any], *names: str) -> list[Problem]:
    """Return the problems of long texts that are longer than 4,000 characters."""
    text = N_("This is longer than {longest} characters. Shorten it.")
    return [
        Problem("TEXT_TOO_LONG", text, ("input", camel(name)), {"longest": LONGEST_NOTE})
        for name in names
        if len(values.get(name) or "") > LONGEST_NOTE
    ]


def reason_given(reason: str) -> str:
    """Return a reason that says something; refuse otherwise."""
    reason = reason.strip()
    if not reason:
        raise refuse("POINTS_REASON", N_("This is not done without a reason. Write why."), "input", "reason")
    problems = too_long({"reason": reason}, "reason")
    if problems:
        raise refuse(problems[0].code, problems[0].text, *problems[0].path, **problems[0].params)
    return reason
