"""Whether the history is the one that was written.

The chain shows any row that was changed, added or removed, except rows cut off at its end: what remains is a whole,
shorter chain. And whoever can write all rows can calculate all hashes anew. Against both, each verification that finds
the history whole keeps its last hash in a file outside the database (`history.seal` in `var_dir`), and the next one
looks for that hash in the chain. The command prints it too, so that an auditor can keep it where nobody else reaches.
"""

from dataclasses import dataclass, field
from pathlib import Path

import orjson

from core.history.chain import GENESIS, broken_links
from core.history.models import HistoryRecord
from core.settings import Settings

SEAL = "history.seal"


@dataclass(frozen=True)
class Fault:
    """A row that is not as it was written: other `content`, another `predecessor`, or gone although `sealed`."""

    record_id: int
    kind: str


@dataclass(frozen=True)
class Verification:
    """What a verification found: faults in order, and the end of the chain."""

    rows: int
    last_id: int
    last_hash: str
    faults: tuple[Fault, ...] = field(default=())

    @property
    def is_whole(self) -> bool:
        """Whether the history is the one that was written."""
        return not self.faults

    @property
    def first(self) -> Fault | None:
        """The first fault."""
        return self.faults[0] if self.faults else None


def verify(settings: Settings) -> Verification:
    """Check every row of the history and the seal of the last check; renew the seal when all is well."""
    # The end is read first: rows written while this runs are checked too, but not sealed before they are.
    last = HistoryRecord.select().order_by(HistoryRecord.id.desc()).first()
    faults = [Fault(key, kind) for key, kind in broken_links()]
    path = settings.var_dir / SEAL
    sealed = _read(path)
    if sealed is not None and not HistoryRecord.select().where(HistoryRecord.hash == sealed[1]).exists():
        faults.append(Fault(sealed[0], "sealed"))
    result = Verification(
        rows=HistoryRecord.select().count(),
        last_id=last.id if last else 0,
        last_hash=last.hash if last else GENESIS,
        faults=tuple(sorted(faults, key=lambda fault: fault.record_id)),
    )
    if result.is_whole and last is not None:
        _write(path, result)
    return result


def _read(path: Path) -> tuple[int, str] | None:
    if not path.is_file():
        return None
    seal = orjson.loads(path.read_bytes())
    return int(seal["id"]), str(seal["hash"])


def _write(path: Path, result: Verification) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(orjson.dumps({"id": result.last_id, "hash": result.last_hash}))
    fresh.replace(path)
