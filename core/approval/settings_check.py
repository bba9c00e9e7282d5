"""Whether the settings that guard tables and fields name some that there are."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import peewee as pw

from core.errors import Problem
from core.i18n import N_
from core.settings import Settings
from core.work import UNRECORDED

_BOOKKEEPING = tuple(f"core.{area}.models" for area in ("approval", "bin", "history", "live", "platform", "runs"))
"""Areas whose tables only note what is done."""


def unknown_guards(settings: Settings, models: Iterable[type[pw.Model]]) -> list[Problem]:
    """Return a problem for each name in the settings that is none of a table or field, with the closest that is."""
    known = _names(models)
    return [
        _unknown(setting, name, known)
        for setting in ("approval_needed", "reason_needed")
        for name in getattr(settings, setting)
        if name not in known
    ]


def _names(models: Iterable[type[pw.Model]]) -> Mapping[str, None]:
    names: dict[str, None] = {}
    for model in models:
        if model.__module__ in _BOOKKEEPING:
            continue
        names[model.__name__] = None
        fields = (field.name for field in model._meta.sorted_fields)
        names.update({f"{model.__name__}.{name}": None for name in fields if name not in UNRECORDED and name != "id"})
    return names


def _unknown(setting: str, name: str, known: Mapping[str, None]) -> Problem:
    # A field is looked for in its own table first.
    table = name.partition(".")[0]
    inside = [one for one in known if one.startswith(f"{table}.")] if "." in name else []
    closest = get_close_matches(name, inside or known, n=1, cutoff=0.5) or get_close_matches(name, known, n=1)
    params = {"setting": setting, "name": name}
    if closest:
        text = N_("The setting {setting} names {name}, which is no table or field. Did you mean {closest}? Correct it.")
        return Problem("GUARD_UNKNOWN", text, params={**params, "closest": closest[0]})
    text = N_("The setting {setting} names {name}, which is no table or field. Remove it, or switch on its plugin.")
    return Problem("GUARD_UNKNOWN", text, params=params)
