"""A file that somebody brings: kept, its columns chosen and remembered, tried, imported, taken back, forgotten."""

import io
import os
from datetime import timedelta

import pytest
from openpyxl import Workbook, load_workbook

from core import jobs
from core.actor import Actor
from core.app import create_app
from core.context import Context
from core.database import utc_now
from core.errors import Refused
from core.exchange import steps, tasks, uploads
from core.exchange.kept_report import corrections_path, read_page, write_errors_of
from core.exchange.models import ImportMapping, ImportRun, ImportTask
from core.exchange.report import Outcome
from core.exchange.services import run_import
from core.exchange.terms import ImportMode, ImportState, TaskState, TaskStep
from core.history.models import HistoryRecord
from core.identity.actors import actor_for_account
from core.identity.models import Account, RoleGrant
from core.organisation.models import WorkUnit
from tests.support.real_data import real_file

TODAY = utc_now().date()
COLUMNS = {"kode": "code", "nama": "name"}
BAD = "kode,nama\nA,Dinas A\nB,\nC,=SUM(1)\n"


@pytest.fixture(autouse=True)
def asked(db, monkeypatch):
    """The jobs that were asked for."""
    found = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **_: found.append(name))
    return found


@pytest.fixture
def person(db):
    """Return a function that makes somebody with a role and gives the context of a call."""

    def make(name, role="hr_admin"):
        account, _ = Account.get_or_create(username=name, defaults={"display_name": name, "password_hash": ""})
        if role:
            RoleGrant.get_or_create(account=account, role=role, defaults={"valid_from": TODAY - timedelta(days=30)})
        now = utc_now()
        return Context(actor=actor_for_account(account, TODAY), settings=db, now=now, language="id")

    return make


def bring(ctx, text, name="unit.csv", kind="units"):
    data = text if isinstance(text, bytes) else text.encode()
    return tasks.receive_file(ctx, kind, io.BytesIO(data), name)


def work(ctx):
    steps.work_through(ctx)


def place(ctx, task):
    return uploads.folder_of(ctx.settings, task.folder)


def files(settings):
    root = settings.files_dir / "imports"
    return list(root.iterdir()) if root.exists() else []


def test_a_small_file_is_tried_at_once_and_writes_nothing(ctx, person):
    me = person("me")
    task = bring(me, BAD)

    tried = tasks.try_file(me, task.id, COLUMNS, {})

    assert (tried.state, tried.created_rows, tried.rejected_rows) == (TaskState.CHECKED, 2, 1)
    assert WorkUnit.select().count() == 0
    assert HistoryRecord.select().count() == 0
    (bad,) = read_page(place(me, task), Outcome.REJECTED, 0, 10)
    assert (bad.number, [(p.code, p.path) for p in bad.problems]) == (3, [("CELL_EMPTY", ("name",))])
    first, _ = read_page(place(me, task), Outcome.CREATED, 0, 10)
    assert {change.field: change.after for change in first.changes}["name"] == "Dinas A"
    assert [row.number for row in read_page(place(me, task), None, 1, 1)] == [3]


def test_an_import_runs_in_the_background_as_the_person_and_is_undone_with_a_reason(ctx, person, asked):
    me = person("me")
    me.reason = "data awal"
    task = bring(me, "kode,nama\nA,Dinas A\n")
    tasks.try_file(me, task.id, COLUMNS, {})

    waiting = tasks.import_file(me, task.id, ImportMode.ALL_OR_NOTHING)
    assert (waiting.state, WorkUnit.select().count()) == (TaskState.WAITING, 0)
    work(ctx)

    done = tasks.own_task(me, task.id)
    assert (done.state, done.step, done.problems) == (TaskState.DONE, TaskStep.IMPORT, [])
    run = ImportRun.get_by_id(done.run_id)
    assert (run.file_name, run.account_id, run.created_rows) == ("unit.csv", me.actor.account_id, 1)
    made = HistoryRecord.get(HistoryRecord.subject_type == "WorkUnit")
    assert (made.actor_name, made.reason) == ("me", "data awal")

    me.reason = "salah berkas"
    tasks.undo_file(me, task.id)
    work(ctx)

    undone = tasks.own_task(me, task.id)
    assert (undone.state, undone.step) == (TaskState.DONE, TaskStep.UNDO)
    assert WorkUnit.select().count() == 0
    assert ImportRun.get_by_id(run.id).state is ImportState.UNDONE
    assert asked == [tasks.JOB, tasks.JOB]
    with pytest.raises(Refused) as refused:
        tasks.undo_file(me, task.id)
    assert refused.value.problems[0].code == "IMPORT_STEP_WRONG"


def test_bad_rows_stop_all_or_are_left_out_and_come_back_to_be_corrected(ctx, person):
    me = person("me")
    task = bring(me, BAD)
    tasks.try_file(me, task.id, COLUMNS, {})

    tasks.import_file(me, task.id, ImportMode.ALL_OR_NOTHING)
    work(ctx)

    failed = tasks.own_task(me, task.id)
    assert (failed.state, failed.problems[0]["code"], WorkUnit.select().count()) == (
        TaskState.FAILED, "IMPORT_BAD_ROWS", 0,
    )  # fmt: skip
    assert failed.run_id is None

    tasks.import_file(me, task.id, ImportMode.VALID_ROWS)
    work(ctx)

    done = tasks.own_task(me, task.id)
    assert (done.state, done.created_rows, done.rejected_rows) == (TaskState.DONE, 2, 1)
    text = io.StringIO()
    assert write_errors_of(place(me, task), text, "id") == 1
    assert text.getvalue().splitlines()[1].startswith("3,name,,CELL_EMPTY,")
    corrections = corrections_path(place(me, task))
    page = load_workbook(corrections).active
    assert [[cell.value for cell in row] for row in page.iter_rows(max_col=2)] == [["kode", "nama"], ["B", None]]
    assert page["C1"].value == "masalah"

    page["B2"] = "Dinas B"
    page.parent.save(corrections)
    again = bring(me, corrections.read_bytes(), "perbaikan.xlsx")
    assert again.mapping == {"kode": "code", "nama": "name", "masalah": ""}
    assert tasks.try_file(me, again.id, again.mapping, {}).created_rows == 1


def test_formulas_in_the_rows_to_correct_stay_texts(ctx, person):
    me = person("me")
    task = bring(me, 'kode,nama,induk\n=cmd|x,<script>alert(1)</script>,"=HYPERLINK(""http://a"")"\n')

    tasks.try_file(me, task.id, {**COLUMNS, "induk": "parent"}, {})

    page = load_workbook(corrections_path(place(me, task))).active
    cells = next(iter(page.iter_rows(min_row=2, max_col=3)))
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert cells[0].value == "=cmd|x"
    text = io.StringIO()
    write_errors_of(place(me, task), text, "en")
    assert "'=HYPERLINK" in text.getvalue()


def test_columns_are_remembered_for_the_same_person_kind_and_headers(ctx, person):
    me, other = person("me"), person("other")
    text = "nomor,uraian,id\n1,Dinas,X\n"
    first = bring(me, text)
    assert first.mapping == {"nomor": "", "uraian": "", "id": "code"}

    tasks.try_file(me, first.id, {"nomor": "code", "uraian": "name", "id": ""}, {"kind": "Dinas"})

    second = bring(me, text)
    assert second.mapping == {"nomor": "code", "uraian": "name", "id": ""}
    assert second.constants == {"kind": "Dinas"}
    near = bring(me, "uraian,kode\nDinas,1\n")
    assert (near.mapping, near.constants) == ({"uraian": "name", "kode": "code"}, {})
    assert bring(other, text).mapping == {"nomor": "", "uraian": "", "id": "code"}
    assert ImportMapping.select().count() == 1


def test_two_headers_for_one_column_and_a_needed_column_without_one_are_refused(ctx, person):
    me = person("me")
    task = bring(me, "a,b\n1,2\n")

    with pytest.raises(Refused) as refused:
        tasks.try_file(me, task.id, {"a": "code", "b": "code"}, {})

    assert [(p.code, p.path) for p in refused.value.problems] == [
        ("COLUMN_TWICE", ("mapping", "code")),
        ("COLUMN_MISSING", ("mapping", "name")),
    ]
    assert tasks.own_task(me, task.id).state is TaskState.NEW
    assert tasks.try_file(me, task.id, {"a": "code"}, {"name": "Sama"}).created_rows == 1
    path = place(me, task) / "source"
    with pytest.raises(Refused) as twice:
        run_import(me, steps.import_kind("units"), path, mapping={"a": "code", "b": "code"}, constants={"name": "x"})
    assert [p.code for p in twice.value.problems] == ["COLUMN_TWICE"]


def test_a_large_file_is_tried_in_the_background(ctx, person, asked, monkeypatch):
    monkeypatch.setattr(tasks, "LARGE", 2)
    me = person("me")
    task = bring(me, "kode,nama\nA,1\nB,2\nC,3\n")

    waiting = tasks.try_file(me, task.id, COLUMNS, {})

    assert (waiting.state, asked) == (TaskState.WAITING, [tasks.JOB])
    work(ctx)
    assert (tasks.own_task(me, task.id).state, tasks.own_task(me, task.id).created_rows) == (TaskState.CHECKED, 3)


def test_the_real_tree_of_a_city_is_tried_and_imported(ctx, person):
    me = person("me")
    task = bring(me, real_file("units/opd_kota_denpasar_2021.csv").read_bytes(), "opd.csv")

    tried = tasks.try_file(me, task.id, task.mapping, {})
    tasks.import_file(me, task.id, ImportMode.VALID_ROWS)
    work(ctx)

    done = tasks.own_task(me, task.id)
    assert done.state is TaskState.DONE
    assert WorkUnit.select().count() == tried.created_rows == done.created_rows > 90


def test_nobody_reaches_the_file_of_another(ctx, person):
    me, other = person("me"), person("other")
    task = bring(me, BAD)

    for act in (
        lambda: tasks.own_task(other, task.id),
        lambda: tasks.try_file(other, task.id, COLUMNS, {}),
        lambda: tasks.import_file(other, task.id, ImportMode.VALID_ROWS),
        lambda: tasks.undo_file(other, task.id),
        lambda: tasks.discard_file(other, task.id),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert [p.code for p in refused.value.problems] == ["NOT_FOUND"]
    assert ImportTask.get_by_id(task.id).state is TaskState.NEW


def test_who_may_import_nothing_leaves_no_file(ctx, person):
    auditor = person("auditor", "auditor")

    with pytest.raises(Refused) as refused:
        bring(auditor, BAD)

    assert [p.code for p in refused.value.problems] == ["FORBIDDEN"]
    assert (files(auditor.settings), ImportTask.select().count()) == ([], 0)


@pytest.mark.parametrize("loss", ["role", "account"])
def test_rights_taken_away_in_the_meantime_stop_the_import(ctx, person, loss):
    me = person("me")
    task = bring(me, "kode,nama\nA,Dinas A\n")
    tasks.try_file(me, task.id, COLUMNS, {})
    tasks.import_file(me, task.id, ImportMode.VALID_ROWS)
    if loss == "role":
        RoleGrant.delete().execute()
    else:
        Account.update(is_active=False).execute()

    work(ctx)

    failed = ImportTask.get_by_id(task.id)
    assert (failed.state, failed.problems[0]["code"]) == (TaskState.FAILED, "FORBIDDEN")
    assert WorkUnit.select().count() == 0


def test_a_fault_of_the_program_ends_the_task_with_a_number(ctx, person, monkeypatch):
    me = person("me")
    task = bring(me, "kode,nama\nA,Dinas A\n")
    tasks.try_file(me, task.id, COLUMNS, {})
    tasks.import_file(me, task.id, ImportMode.VALID_ROWS)
    monkeypatch.setattr(steps, "keep_report", lambda *_: 1 / 0)

    work(ctx)

    failed = ImportTask.get_by_id(task.id)
    assert (failed.state, failed.problems[0]["code"]) == (TaskState.FAILED, "IMPORT_BROKEN")
    assert (WorkUnit.select().count(), ImportRun.select().count()) == (0, 0)


def test_what_was_not_tried_with_success_is_not_imported(ctx, person, monkeypatch):
    me = person("me")
    task = bring(me, "kode,nama\nA,Dinas A\n")
    monkeypatch.setattr(steps, "keep_report", lambda *_: 1 / 0)

    for _ in range(2):
        with pytest.raises(Refused) as refused:
            tasks.import_file(me, task.id, ImportMode.VALID_ROWS)
        assert [p.code for p in refused.value.problems] == ["IMPORT_STEP_WRONG"]
        assert tasks.try_file(me, task.id, COLUMNS, {}).state is TaskState.FAILED

    assert ImportTask.get_by_id(task.id).step is TaskStep.CHECK


def test_a_task_whose_worker_died_says_so_and_can_be_run_again(ctx, person):
    me = person("me")
    task = bring(me, "kode,nama\nA,Dinas A\n")
    tasks.try_file(me, task.id, COLUMNS, {})
    tasks.import_file(me, task.id, ImportMode.VALID_ROWS)
    ImportTask.update(state=TaskState.RUNNING, started_at=utc_now() - timedelta(hours=1)).execute()
    beat = place(me, task) / "progress.json"
    beat.write_text("[5,10]")

    work(ctx)
    assert ImportTask.get_by_id(task.id).state is TaskState.RUNNING, "somebody beats still"
    assert tasks.progress_of(me, task) == (5, 10)

    os.utime(beat, (1, 1))
    work(ctx)
    stopped = ImportTask.get_by_id(task.id)
    assert (stopped.state, stopped.problems[0]["code"]) == (TaskState.FAILED, "IMPORT_INTERRUPTED")

    tasks.import_file(me, task.id, ImportMode.VALID_ROWS)
    work(ctx)
    assert (ImportTask.get_by_id(task.id).state, WorkUnit.select().count()) == (TaskState.DONE, 1)


def test_files_are_forgotten_after_a_week_and_what_was_imported_stays(ctx, person):
    me = person("me")
    old, young = bring(me, BAD), bring(me, BAD)
    tasks.try_file(me, old.id, COLUMNS, {})
    tasks.import_file(me, old.id, ImportMode.VALID_ROWS)
    work(ctx)
    ImportTask.update(created_at=utc_now() - timedelta(days=8)).where(ImportTask.id == old.id).execute()
    stray = me.settings.files_dir / "imports" / ("f" * 32)
    stray.mkdir()
    os.utime(stray, (1, 1))
    ctx.now = utc_now()

    steps.forget_files(ctx)

    assert [task.id for task in ImportTask.select()] == [young.id]
    assert [path.name for path in files(me.settings)] == [young.folder]
    assert WorkUnit.select().count() == 2


def test_a_file_can_be_thrown_away_by_its_owner(ctx, person):
    me = person("me")
    task = bring(me, BAD)

    tasks.discard_file(me, task.id)

    assert (files(me.settings), ImportTask.select().count()) == ([], 0)


def _workbook(path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("laporan.csv", b"%PDF-1.7\n1 0 obj\n", "NOT_A_TABLE"),
        ("lama.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "NOT_A_TABLE"),
        ("a.csv", b"a,b\x00c\n", "NOT_A_TABLE"),
        ("a.exe", b"kode,nama\n", "FORMAT_UNKNOWN"),
        ("a", b"kode,nama\n", "FORMAT_UNKNOWN"),
        ("a.csv", b"", "FILE_EMPTY"),
        ("a.csv", b"\n \n", "FILE_EMPTY"),
        ("a.xlsx", b"PK\x03\x04 and no more", "NOT_A_TABLE"),
        ("a.csv", b"a,a\n1,2\n", "DUPLICATE_COLUMN"),
        ("a.csv", b"x" * 10_000_001, "FILE_TOO_LARGE"),
    ],
)
def test_what_cannot_be_read_is_refused_and_not_kept(ctx, person, name, data, code):
    me = person("me")

    with pytest.raises(Refused) as refused:
        bring(me, data, name)

    assert [p.code for p in refused.value.problems] == [code]
    assert (files(me.settings), ImportTask.select().count()) == ([], 0)


def test_a_workbook_that_lies_about_the_size_of_its_part_is_refused(ctx, person, tmp_path):
    me = person("me")
    data = bytearray(_workbook(tmp_path / "a.xlsx", [["kode", "nama"], *[[f"K{i}", "Dinas"] for i in range(3000)]]))
    middle = data.find(b"xl/worksheets/sheet1.xml") + 200
    data[middle : middle + 40] = bytes(40)

    with pytest.raises(Refused) as refused:
        bring(me, bytes(data), "a.xlsx")

    assert [p.code for p in refused.value.problems] == ["NOT_A_TABLE"]
    assert files(me.settings) == []


def test_a_path_in_the_name_of_a_file_leads_nowhere(ctx, person):
    me = person("me")

    task = bring(me, "kode,nama\nA,B\n", "../../etc/..\\unit.csv")

    assert task.file_name == "unit.csv"
    assert [path.name for path in files(me.settings)] == [task.folder]
    with pytest.raises(Refused) as refused:
        uploads.folder_of(me.settings, "../..")
    assert [p.code for p in refused.value.problems] == ["UPLOAD_GONE"]


def test_windows_letters_and_utf_16_are_read(ctx, person):
    me = person("me")

    windows = bring(me, "kode;nama\nA;Café Ñ\n".encode("cp1252"))
    wide = bring(me, "kode\tnama\nA\tDinas\n".encode("utf-16"), "a.txt")

    assert (windows.headers, wide.headers) == (["kode", "nama"], ["kode", "nama"])


def test_both_jobs_are_known(db):
    create_app(db, [])

    assert {"exchange.import_files", "exchange.forget_files"} <= set(jobs._installed.jobs)


def test_a_stranger_sees_no_task(db):
    from core.policy import visible

    assert visible(Actor(today=TODAY), ImportTask) is False
