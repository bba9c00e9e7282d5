"""Writes what docs/clients generates from the schema: `.venv/bin/python -m tests.support.client_code`.

With `--tools` it first installs the tools of the TypeScript client, by npm as docs/clients/typescript/package-lock.json
has them, into var/clients; with `--accept` it also takes the present schema as the released one.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SDL = ROOT / "schema" / "schema.graphql"
CLIENTS = ROOT / "docs" / "clients"
RELEASED = CLIENTS / "released.graphql"
COOKBOOK = CLIENTS / "cookbook"
PYTHON = CLIENTS / "python"
TYPESCRIPT = CLIENTS / "typescript"
TOOLS = ROOT / "var" / "clients" / "typescript"
"""Where npm installs; outside the committed tree, and kept between runs."""

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
    """Return the generated module `name` of the TypeScript client; needs Node and the installed tools."""
    # Node looks for packages beside the script, so that it runs from where they are installed.
    script = TOOLS / "codegen.mjs"
    shutil.copyfile(TYPESCRIPT / "codegen.mjs", script)
    output = folder / f"{name}.ts"
    subprocess.run(["node", script, SDL, output, SOURCES[name]], check=True, capture_output=True, text=True)
    return output.read_text(encoding="utf-8")


def tools_are_current() -> bool:
    """Whether the installed tools are those of the lock file."""
    taken = TOOLS / "package-lock.json"
    return (TOOLS / "node_modules" / ".package-lock.json").exists() and (
        taken.read_bytes() == (TYPESCRIPT / "package-lock.json").read_bytes()
    )


def install_tools() -> None:
    """Install the tools of the TypeScript client as the lock file has them."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(TYPESCRIPT / name, TOOLS / name)
    subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=TOOLS, check=True)


def compile_typescript(output: Path) -> subprocess.CompletedProcess[str]:
    """Check the types of the TypeScript client and write it as JavaScript into `output`."""
    compiler = TOOLS / "node_modules" / "typescript" / "bin" / "tsc"
    return subprocess.run(
        ["node", compiler, "-p", TYPESCRIPT, "--outDir", output], check=False, capture_output=True, text=True
    )


def write_all() -> None:
    """Write every generated file for which the tools are there."""
    for name in SOURCES:
        (PYTHON / "kinerja_client" / f"{name}.py").write_text(python_module(name), encoding="utf-8")
        if tools_are_current():
            source = TYPESCRIPT / "src"
            (source / f"{name}.ts").write_text(typescript_module(name, TOOLS), encoding="utf-8")
        else:
            print("The TypeScript client was left as it is: its tools are missing. Run again with --tools.")  # noqa: T201


if __name__ == "__main__":
    if "--tools" in sys.argv:
        install_tools()
    if "--accept" in sys.argv:
        shutil.copyfile(SDL, RELEASED)
    write_all()
