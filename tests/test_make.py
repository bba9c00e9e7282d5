"""What make and its helper do on a machine that lacks something."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def fake_python(folder, name, version, *, can_make=True):
    """Write a stand-in for an interpreter of `version` into `folder`."""
    path = folder / name
    is_new = version >= (3, 11)
    path.write_text(
        "#!/bin/sh\n"
        f'case "$1" in -c) exit {0 if is_new else 1};; esac\n'
        f'echo "{name} $*" >> "{folder}/calls"; exit {0 if can_make else 1}\n'
    )
    path.chmod(0o755)


def make_venv(folder, **environment):
    return subprocess.run(
        ["/bin/sh", ROOT / "bin" / "make-venv.sh", ".venv"],
        env={"PATH": str(folder), **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_with_an_old_python_only_is_told_so_in_both_languages(tmp_path):
    fake_python(tmp_path, "python3", (3, 9))

    result = make_venv(tmp_path)

    assert result.returncode == 1
    assert "needs Python 3.11 or newer" in result.stderr
    assert "memerlukan Python 3.11 atau lebih baru" in result.stderr


def test_a_newer_python_beside_the_old_one_is_taken(tmp_path):
    fake_python(tmp_path, "python3", (3, 9))
    fake_python(tmp_path, "python3.12", (3, 12))

    assert make_venv(tmp_path).returncode == 0
    assert (tmp_path / "calls").read_text() == "python3.12 -m venv --clear .venv\n"


def test_the_named_python_comes_first(tmp_path):
    fake_python(tmp_path, "python3", (3, 11))
    fake_python(tmp_path, "mine", (3, 13))

    assert make_venv(tmp_path, PYTHON="mine").returncode == 0
    assert (tmp_path / "calls").read_text().startswith("mine -m venv")


def test_a_python_without_venv_is_told_what_to_install(tmp_path):
    fake_python(tmp_path, "python3", (3, 11), can_make=False)

    result = make_venv(tmp_path)

    assert result.returncode == 1
    assert "apt install python3-venv" in result.stderr


def test_make_alone_lists_the_targets():
    # The tests themselves may run under make, which tells its children so.
    own = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    result = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True, env=own)

    named = [line.split()[1] for line in result.stdout.splitlines()]
    assert named[:3] == ["help", "install", "demo"]
    assert {"test", "lint", "bench", "lock"} <= set(named)
