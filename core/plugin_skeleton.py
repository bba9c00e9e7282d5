"""A new plugin to start from: the files of `kinerja plugins new`."""

from importlib.metadata import version
from pathlib import Path
from string import Template

from core.errors import refuse
from core.i18n import N_
from core.plugin_host import NAME, RESERVED_NAMES

TEMPLATES = Path(__file__).parent / "plugin_template"
FILES = {
    "__init__.py": "__init__.py.txt",
    "plugin.py": "plugin.py.txt",
    "models.py": "models.py.txt",
    "policies.py": "policies.py.txt",
    "migrations/0001_initial.py": "0001_initial.py.txt",
    "translations/id.po": "id.po.txt",
    "README.md": "README.md.txt",
}


def write_skeleton(name: str, parent: Path) -> list[Path]:
    """Write the plugin `name` below `parent` and return its files; refused for a wrong name or an existing folder."""
    if name in RESERVED_NAMES or not NAME.fullmatch(name):
        raise refuse(
            "PLUGIN_NAME",
            N_("{name} is reserved or not made of lower-case letters and digits. Choose another name."),
            name=name,
        )
    folder = parent / name
    if folder.exists():
        raise refuse("PLUGIN_EXISTS", N_("{folder} exists already. Choose another name."), folder=folder)
    ours = version("kinerja")
    gaps = {
        "name": name,
        "title": name.capitalize(),
        "class_name": name.capitalize(),
        "version": ours,
        "next_version": f"{int(ours.partition('.')[0]) + 1}",
    }
    written = []
    for target, template in FILES.items():
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template((TEMPLATES / template).read_text(encoding="utf-8")).substitute(gaps), encoding="utf-8")
        written.append(path)
    return written
