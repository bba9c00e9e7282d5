"""The rule sets that come with the program, read from the files beside this one."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import peewee as pw

from core.contributions import RuleSet
from core.database import transaction
from core.errors import CannotStart, Problem
from core.i18n import N_
from core.law.contents import fault_of
from core.law.models import RuleVersion

_DATA = Path(__file__).parent / "data"

FIRST_LOCAL_REVISION = 1001
"""Versions that an institution adds are numbered from here, so that a later release can number its own below."""

_FIXED = ("regulation", "valid_from", "content")


def load_of_plugins(rule_sets: Iterable[RuleSet]) -> None:
    """Bring the rule sets of plugins up to what their files say; of several processes that start at once, one does."""
    files = [
        path
        for rule_set in rule_sets
        for path in sorted(rule_set.versions.glob(f"{rule_set.name.partition('.')[2]}-*.json"))
    ]
    try:
        with transaction():
            for path in files:
                _load(path)
    except pw.IntegrityError:
        for path in files:
            _load(path)


def load(folder: Path = _DATA) -> None:
    """Bring the rule sets up to what the files in `folder` say; running it again changes nothing.

    A version that is stored may have been used by a decision: its content is never changed. A file that says something
    else under the same revision stops the program; only its last day may be set later.
    """
    for path in sorted(folder.glob("*.json")):
        _load(path)


def _load(path: Path) -> None:
    given = _read(path)
    stored = RuleVersion.get_or_none((RuleVersion.kind == given["kind"]) & (RuleVersion.revision == given["revision"]))
    if stored is None:
        RuleVersion.create(**given)
        return
    changed = [name for name in _FIXED if getattr(stored, name) != given[name]]
    if changed:
        raise CannotStart(
            Problem(
                "RULE_VERSION_CHANGED",
                N_(
                    "The file {file} changes {fields} of the rule set {kind}, revision {revision}, which decisions may "
                    "have used. Give the change a new revision in a new file and restore this one."
                ),
                params={
                    "file": path.name,
                    "fields": ", ".join(changed),
                    "kind": given["kind"],
                    "revision": given["revision"],
                },
            )
        )
    if stored.valid_to is None and given["valid_to"] is not None:
        RuleVersion.update(valid_to=given["valid_to"]).where(RuleVersion.id == stored.id).execute()


def _read(path: Path) -> dict[str, Any]:
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        values = {
            "kind": str(given["kind"]),
            "revision": int(given["revision"]),
            "regulation": str(given["regulation"]),
            "source": str(given["source"]),
            "confidence": str(given["confidence"]),
            "valid_from": date.fromisoformat(given["valid_from"]),
            "valid_to": date.fromisoformat(given["valid_to"]) if given["valid_to"] else None,
            "content": given["content"],
        }
    except (ValueError, KeyError, TypeError) as error:
        raise _unusable(path, f"{type(error).__name__}: {error}") from error
    fault = _fault(values)
    if fault is not None:
        raise _unusable(path, fault)
    return values


def _fault(values: Mapping[str, Any]) -> str | None:
    if values["revision"] not in range(1, FIRST_LOCAL_REVISION):
        return "revision"
    if values["valid_to"] is not None and values["valid_to"] < values["valid_from"]:
        return "valid_to"
    return fault_of(values["kind"], values["content"])


def _unusable(path: Path, fault: str) -> CannotStart:
    return CannotStart(
        Problem(
            "RULE_FILE_UNUSABLE",
            N_("The rule file {file} is not usable at: {fault}. Correct it; the files beside it show the form."),
            params={"file": path.name, "fault": fault},
        )
    )
