"""Writes what docs/clients generates from the schema: `.venv/bin/python -m tests.support.client_code`.

With `--accept` it also takes the present schema as the released one.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.node_packages import NotInstalledError, installed

ROOT = Path(__file__).parents[2]
SDL = ROOT / "schema" / "schema.graphql"
CLIENTS = ROOT / "docs" / "clients"
RELEASED = CLIENTS / "released.graphql"
COOKBOOK = CLIENTS / "cookbook"
PYTHON = CLIENTS / "python"
TYPESCRIPT = CLIENTS / "typescript"

SOURCES = {"operations": COOKBOOK, "session": CLIENTS / "session.graphql"}
"""The generated modules of both clients, by what they are generated from."""


def python_module(name: str) -> str:
    """Return the generated module `name` of the Python client."""
    sys.path.insert(0, str(PYTHON))
    try:
        from kinerja_client.generate import generated
    finally:
        sys.path.remove(str(PYTHON))
    return generated(SDL, [SOURCES[name]])


def typescript_module(name: str, folder: Path) -> str:
    """Return the generated module `name` of the TypeScript client, made in `folder`; needs Node and its packages."""
    # Node looks for packages beside the script, so that it runs from where they are.
    script = folder / "codegen.mjs"
    shutil.copyfile(TYPESCRIPT / "codegen.mjs", script)
    packages = folder / "node_modules"
    if not packages.exists():
        packages.symlink_to(installed(TYPESCRIPT) / "node_modules")
    output = folder / f"{name}.ts"
    subprocess.run(["node", script, SDL, output, SOURCES[name]], check=True, capture_output=True, text=True)
    return output.read_text(encoding="utf-8")


def compile_typescript(output: Path) -> subprocess.CompletedProcess[str]:
    """Check the types of the TypeScript client and write it as JavaScript into `output`."""
    compiler = installed(TYPESCRIPT) / "node_modules" / "typescript" / "bin" / "tsc"
    return subprocess.run(
        ["node", compiler, "-p", TYPESCRIPT, "--outDir", output], check=False, capture_output=True, text=True
    )


def why_no_typescript() -> str | None:
    """Say why the TypeScript client can be neither written nor run here, or None."""
    try:
        installed(TYPESCRIPT)
    except NotInstalledError as error:
        return str(error)
    version = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    if int(version[1:].partition(".")[0]) < 20:
        return f"The TypeScript client needs Node 20 or newer; this is {version}"
    return None


def write_all() -> None:
    """Write every generated file for which the tools are there."""
    for name in SOURCES:
        (PYTHON / "kinerja_client" / f"{name}.py").write_text(python_module(name), encoding="utf-8")
    reason = why_no_typescript()
    if reason is not None:
        raise SystemExit(f"The TypeScript client was left as it is. {reason}")
    with tempfile.TemporaryDirectory() as folder:
        for name in SOURCES:
            text = typescript_module(name, Path(folder))
            (TYPESCRIPT / "src" / f"{name}.ts").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if "--accept" in sys.argv:
        shutil.copyfile(SDL, RELEASED)
    write_all()
