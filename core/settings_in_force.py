"""The settings in force, as people may read them: value, origin and meaning, secrets masked."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.logs import HIDDEN
from core.masking import is_secret, masked_address
from core.settings import CONFIG_VARIABLE, DEFAULT_FILE, PREFIX, Settings


class Origin(StrEnum):
    """Where a value came from; one that is GENERATED was made by Kinerja itself, PROGRAM is whoever started it."""

    DEFAULT = "DEFAULT"
    ENVIRONMENT = "ENVIRONMENT"
    FILE = "FILE"
    GENERATED = "GENERATED"
    PROGRAM = "PROGRAM"


@dataclass(frozen=True)
class SettingLine:
    """One setting: its name, its value as text (None: there is none), where it came from, and what it is for."""

    name: str
    value: str | None
    origin: Origin
    description: str = ""
    is_secret: bool = False


def settings_in_force(settings: Settings, environment: Mapping[str, str] | None = None) -> list[SettingLine]:
    """Return every setting of core, then those of plugins; a secret shows whether it is set, never its value."""
    given = os.environ if environment is None else environment
    in_file = _file_content(given)
    lines = []
    for name, field in type(settings).model_fields.items():
        if name == "sections":
            continue
        value = getattr(settings, name)
        origin = _origin(f"{PREFIX}{name.upper()}" in given, name in in_file, is_default=value == field.default)
        if name == "secret_key" and origin is Origin.PROGRAM:
            origin = Origin.GENERATED
        secret = isinstance(value, str) and is_secret(name)
        lines.append(SettingLine(name, _text(name, value, secret=secret), origin, field.description or "", secret))
    for section, keys in sorted(settings.sections.items()):
        for key, value in sorted(keys.items()):
            variable = f"{PREFIX}{section.upper()}__{key.upper()}"
            origin = _origin(variable in given, key in (in_file.get(section) or {}), is_default=False)
            secret = is_secret(key)
            lines.append(SettingLine(f"{section}.{key}", _text(key, value, secret=secret), origin, is_secret=secret))
    return lines


def _origin(in_environment: bool, in_file: bool, *, is_default: bool) -> Origin:
    if in_environment:
        return Origin.ENVIRONMENT
    if in_file:
        return Origin.FILE
    return Origin.DEFAULT if is_default else Origin.PROGRAM


def _text(name: str, value: Any, *, secret: bool) -> str | None:
    if value is None or value in ("", []):
        return None
    if secret:
        return HIDDEN
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_text(name, part, secret=False)) for part in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_text(str(key), part, secret=is_secret(str(key)))}" for key, part in value.items())
    text = str(value)
    return masked_address(text) if "://" in text else text


def _file_content(environment: Mapping[str, str]) -> Mapping[str, Any]:
    path = Path(environment.get(CONFIG_VARIABLE) or DEFAULT_FILE)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        # It was readable when Kinerja started; what it says now is not in force.
        return {}
