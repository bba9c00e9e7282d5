"""What the settings ask of whoever changes a row: a reason, or a second person."""

from collections.abc import Sequence
from dataclasses import dataclass

from admin.show import filled
from admin.writing.readable import column_of
from core.bin.models import BinEntry
from core.errors import Problem
from core.i18n import N_, translate
from core.settings import Settings
from core.verbs.declare import Verb

REASON = "reason"
"""A field of this name is the reason of the change, too: the form asks for it once."""

_KEPT = N_("It is kept in the history beside the change.")
_ALWAYS = N_("Every change here needs a reason. It is kept in the history beside the change.")
_FOR_SOME = N_("A reason is needed when you change: {fields}. It is kept in the history beside the change.")
_APPROVAL = N_("What you change here takes effect once another person has approved it.")
_APPROVAL_OF_SOME = N_("Another person has to approve when you change: {fields}.")


@dataclass(frozen=True)
class Asked:
    """What is asked about a verb: whether a reason is required, what is said about it and about approval."""

    is_required: bool
    help: str
    approval: str = ""


def asked(settings: Settings, verb: Verb) -> Asked:
    """Return what the settings ask of whoever does the verb."""
    is_whole, titles = _named(settings.reason_needed, verb)
    # Nothing comes back from the bin without a word.
    is_whole = is_whole or verb.model is BinEntry
    help_text = translate(_ALWAYS if is_whole else _KEPT)
    if titles and not is_whole:
        help_text = filled(_FOR_SOME, fields=", ".join(titles))
    guarded, some = _named(settings.approval_needed, verb)
    approval = translate(_APPROVAL) if guarded else filled(_APPROVAL_OF_SOME, fields=", ".join(some)) if some else ""
    return Asked(is_whole, help_text, approval)


def is_about_reason(verb: Verb, problems: Sequence[Problem]) -> bool:
    """Whether one of the problems is that no reason was given, and the form asks for it outside the verb's fields."""
    return REASON not in verb.by_name and any(problem.path == ("input", REASON) for problem in problems)


def _named(entries: Sequence[str], verb: Verb) -> tuple[bool, list[str]]:
    """Return whether entries name the verb's model, and the titles of the fields that they name."""
    model = verb.model.__name__
    titles = [translate(field.title) for field in verb.fields if f"{model}.{column_of(verb, field)}" in entries]
    return model in entries, titles
