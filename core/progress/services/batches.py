"""Hundreds of progress records in one call: a result for each row, and the same answer when the call is repeated."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from core.context import Context
from core.errors import Problem, refuse
from core.i18n import N_
from core.platform.idempotency import answered_once
from core.progress.models import ProgressRecord
from core.progress.services.records import values_of
from core.progress.services.targets import NewProgress, Target, Targets
from core.work import plain, unit_of_work

MOST_ROWS = 1_000
OPERATION = "progress.record_batch"

Outcome = NewProgress | Sequence[Problem]
"""A row as it was read, or why it could not be read (paths within the row)."""


@dataclass(frozen=True)
class RowResult:
    """What became of one row: the id of its record, or its problems."""

    index: int
    record_id: int | None
    problems: tuple[Problem, ...]


class _NothingWritten(Exception):  # noqa: N818 - carries the answer out of a transaction that is rolled back
    def __init__(self, answer: Mapping[str, Any]) -> None:
        self.answer = answer


def record_progress_batch(
    ctx: Context, key: str, rows: Sequence[Outcome], *, all_or_nothing: bool = False
) -> list[RowResult]:
    """Record the valid rows, or all or none of them; a repeated call with the same key and rows writes nothing.

    Statements do not grow with the number of rows. A batch of which nothing is recorded does not use up its key.
    """
    if not 1 <= len(rows) <= MOST_ROWS:
        text = N_("The batch has {number} rows. Give 1 to {limit}; send more in several batches.")
        raise refuse("BATCH_SIZE", text, "input", "rows", number=len(rows), limit=MOST_ROWS)
    request = {"rows": [_request_of(row) for row in rows], "all_or_nothing": all_or_nothing}
    try:
        with unit_of_work(ctx):
            answer = answered_once(ctx, OPERATION, key, request, lambda: _perform(ctx, rows, all_or_nothing))
    except _NothingWritten as nothing:
        answer = nothing.answer
    return [_result_of(row) for row in answer["rows"]]


def _request_of(row: Outcome) -> Any:
    return asdict(row) if isinstance(row, NewProgress) else [problem.code for problem in row]


def _perform(ctx: Context, rows: Sequence[Outcome], all_or_nothing: bool) -> Mapping[str, Any]:
    reports = [row for row in rows if isinstance(row, NewProgress)]
    targets = Targets(ctx, reports)
    found: dict[int, tuple[NewProgress, Target]] = {}
    problems: dict[int, Sequence[Problem]] = {}
    for index, row in enumerate(rows):
        if not isinstance(row, NewProgress):
            problems[index] = row
            continue
        target, faults = targets.of(row)
        if target is None or faults:
            problems[index] = faults
        else:
            found[index] = (row, target)
    # Where nothing is recorded nothing is kept either, so that nobody fills a table by being refused.
    if not found or (problems and all_or_nothing):
        raise _NothingWritten(_answer(len(rows), {}, problems))
    return _answer(len(rows), _write(ctx, found), problems)


def _write(ctx: Context, found: Mapping[int, tuple[NewProgress, Target]]) -> dict[int, int]:
    with unit_of_work(ctx) as work:
        made = work.create_many(ProgressRecord, [values_of(ctx, row, target) for row, target in found.values()])
        if made:
            plans = sorted({record.plan_id for record in made})
            work.emit("progress.progress_recorded", {"record_ids": [r.id for r in made], "plan_ids": plans})
        return {index: record.id for index, record in zip(found, made, strict=True)}


def _answer(count: int, made: Mapping[int, int], problems: Mapping[int, Sequence[Problem]]) -> Mapping[str, Any]:
    return {
        "rows": [
            {
                "index": index,
                "record": made.get(index),
                "problems": [_kept(problem) for problem in problems.get(index, ())],
            }
            for index in range(count)
        ]
    }


def _kept(problem: Problem) -> dict[str, Any]:
    params = {name: plain(value) for name, value in problem.params.items()}
    return {"code": problem.code, "text": problem.text, "path": list(problem.path), "params": params}


def _result_of(row: Mapping[str, Any]) -> RowResult:
    problems = tuple(
        Problem(kept["code"], kept["text"], tuple(kept["path"]), kept["params"]).under("input", "rows", row["index"])
        for kept in row["problems"]
    )
    return RowResult(row["index"], row["record"], problems)
