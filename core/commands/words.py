"""The language of the command line: which one is meant, its help texts, and its words about wrong usage."""

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

from typer import rich_utils

from core.i18n import LANGUAGES, N_, translate

_PANELS = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "ERRORS_PANEL_TITLE": N_("Error"),
    "DEFAULT_STRING": N_("[default: {}]"),
    "REQUIRED_LONG_STRING": N_("[required]"),
    "RICH_HELP": N_("Try [blue]'{command_path} {help_option}'[/] for help."),
}

_USAGE = (
    (re.compile(r"^No such option: (?P<name>\S+)"), N_("There is no option {name}.")),
    (re.compile(r"^No such command '(?P<name>.*?)'"), N_("There is no command {name}.")),
    (re.compile(r"^Missing (?:argument|option|parameter) '?(?P<name>[^'.]+)"), N_("{name} is missing.")),
    (re.compile(r"^Missing command"), N_("A command is missing.")),
    (re.compile(r"^Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)"), N_("Too many arguments: {name}.")),
    (re.compile(r"^Option '(?P<name>\S+)' requires an argument"), N_("Option {name} needs a value.")),
    (re.compile(r"^Invalid value for '?(?P<name>.*?)'?: (?P<fault>.*)"), N_("{name} cannot be used: {fault}")),
)


def split_language(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[list[str], str]:
    """Take `--lang id|en` out of `arguments`, wherever it stands; return the rest and the language meant.

    Without it: KINERJA_LANG, then English if the system speaks it, else Indonesian. Another value of `--lang` stays
    among the arguments and is wrong usage.
    """
    environment = os.environ if environment is None else environment
    rest, given = list(arguments), environment.get("KINERJA_LANG", "")
    for code in LANGUAGES:
        if f"--lang={code}" in rest:
            rest.remove(f"--lang={code}")
            given = code
        for position in range(len(rest) - 1):
            if rest[position : position + 2] == ["--lang", code]:
                del rest[position : position + 2]
                given = code
                break
    if given in LANGUAGES:
        return rest, given
    system = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return rest, "en" if system.lower().startswith("en") else "id"


def translate_help(command: Any) -> None:
    """Put the help of a command, its options and all commands below it into the caller's language."""
    for name, text in _PANELS.items():
        setattr(rich_utils, name, translate(text))
    _translate_command(command)


def usage_message(text: str) -> str:
    """Return the library's sentence about wrong usage in the caller's language; an unknown one stays English."""
    for pattern, ours in _USAGE:
        match = pattern.match(text)
        if match:
            return translate(ours).format(**match.groupdict())
    return text


def _translate_command(command: Any) -> None:
    for attribute in ("help", "short_help", "epilog"):
        text = getattr(command, attribute, None)
        if text:
            setattr(command, attribute, translate(text))
    with command.make_context(command.name, [], resilient_parsing=True) as context:
        options = [*command.params, command.get_help_option(context)]
    for option in options:
        if getattr(option, "help", None):
            option.help = translate(option.help)
    for child in getattr(command, "commands", {}).values():
        _translate_command(child)
