"""Packages of Node for tests, from a lock without addresses, installed once into a folder inside .venv."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".venv" / "node"
_WORDS = {"CI": "1", "NPM_CONFIG_UPDATE_NOTIFIER": "false"}


class NotInstalledError(RuntimeError):
    """The packages cannot be installed here; the message says why."""


def installed(folder: Path) -> Path:
    """Return a folder with the packages of `folder`'s package.json and package-lock.json, installed on first use."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise NotInstalledError(f"no {program} on this machine; on Debian or Ubuntu: apt install nodejs npm")
    files = [folder / "package.json", folder / "package-lock.json"]
    place = CACHE / hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    if place.is_dir():
        return place
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        fresh = Path(name) / "made"
        fresh.mkdir()
        for file in files:
            shutil.copy(file, fresh)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        try:
            done = subprocess.run(
                command,
                cwd=fresh,
                env={**os.environ, **_WORDS},
                capture_output=True,
                text=True,
                timeout=150,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotInstalledError("npm did not finish within 150 s; is its registry in reach?") from None
        if done.returncode:
            raise NotInstalledError(f"npm cannot install {folder.name}: {done.stderr.strip()[-300:]}")
        if not place.is_dir():
            # Two processes may come here at once; what they made is the same.
            try:
                fresh.rename(place)
            except OSError:
                if not place.is_dir():
                    raise
    return place
