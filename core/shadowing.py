"""The folders at the top are import names; another installed distribution must not stand before them."""

from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

from core.errors import Problem
from core.i18n import N_

TOP_NAMES = ("core", "plugins", "schema", "admin")
DISTRIBUTION = "kinerja"


def shadowed_names(root: Path = Path(__file__).parent.parent) -> list[Problem]:
    """Return a problem for each top name that another distribution brings, or that is imported from elsewhere."""
    installed = packages_distributions()
    problems = []
    for name in TOP_NAMES:
        others = sorted(set(installed.get(name, ())) - {DISTRIBUTION})
        spec = find_spec(name)
        places = [str(Path(place).parent) for place in (spec.submodule_search_locations or ())] if spec else []
        elsewhere = [place for place in places if Path(place).resolve() != root.resolve()]
        if others or elsewhere:
            problems.append(
                Problem(
                    "NAME_SHADOWED",
                    N_(
                        "The import name {name} is also brought by {other}. "
                        "Install Kinerja into an environment of its own, or uninstall the other."
                    ),
                    params={"name": name, "other": ", ".join([*others, *elsewhere])},
                )
            )
    return problems
