"""Real files that lie beside the repository; tests that need them skip where they are not."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "data"


def real_file(name: str) -> Path:
    """Return the path of a real file, or skip the test."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"the real data file {name} is not beside the repository")
    return path
