"""Reading without leaving a trace, for walks that expect the world unchanged by their own looking."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from plugins.rewards.discipline.reads import Noted


@contextmanager
def unnoted() -> Iterator[None]:
    """Keep nothing of who reads cases inside the block; that it is kept has a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Noted, "__call__", lambda *_: None)
        yield
