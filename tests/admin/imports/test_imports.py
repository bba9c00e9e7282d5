"""The pages by which a person brings a file in, over HTTP."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from core import jobs
from core.database import database, utc_now
from core.exchange import steps, tasks
from core.exchange.models import ImportRun, ImportTask
from core.exchange.terms import ImportMode, ImportState, TaskState
from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from core.identity.passwords import hash_password
from core.organisation.models import WorkUnit
from tests.support.apps import app_of
from tests.support.calls import system_context

PASSWORD = "kucing-terbang-tujuh"
PEOPLE = {"importer": "hr_admin", "colleague": "hr_admin", "auditor": "auditor", "nobody": None}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def app(db, monkeypatch):
    monkeypatch.setattr(jobs, "enqueue", lambda name, **_: None)
    for name, role in PEOPLE.items():
        account = Account.create(username=name, display_name=name, password_hash=hash_password(PASSWORD))
        if role:
            RoleGrant.create(account=account, role=role, valid_from=utc_now().date() - timedelta(days=9))
    return app_of(db)


class Person:
    def __init__(self, app, name):
        self.client = app.test_client()
        page = self.client.get("/admin/login")
        self.token = re.search(r'name="token" value="([^"]+)"', page.text).group(1)
        self.send("/admin/login", username=name, password=PASSWORD)
        page = self.client.get("/admin/")
        self.token = re.search(r'name="token" value="([^"]+)"', page.text).group(1)

    def get(self, path):
        return self.client.get(path, headers={"Accept": "text/html"})

    def send(self, path, **form):
        return self.client.post(path, data={"token": self.token, **form}, headers={"Accept": "text/html"})

    def upload(self, data, name="unit.csv", kind="units"):
        data = data.encode() if isinstance(data, str) else data
        # Written here: the test client would leave a temporary file open for a large one.
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in (("token", self.token), ("kind", kind))
        ]
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = "".join([*parts, head]).encode() + data + b"\r\n--x--\r\n"
        headers = {"Accept": "text/html", "Content-Type": "multipart/form-data; boundary=x"}
        return self.client.post("/admin/imports/", data=body, headers=headers)


@pytest.fixture
def enter(app):
    return lambda name: Person(app, name)


def work(db):
    if database.is_closed():
        database.connect()
    steps.work_through(system_context(db, utc_now()))


def columns(*names):
    return {f"column.{place}": name for place, name in enumerate(names)}


def newest():
    return ImportTask.select().order_by(ImportTask.id.desc()).get()


def test_a_file_goes_from_upload_to_undo(db, enter):
    me = enter("importer")

    page = me.client.get(me.upload("kode,nama\nA,Dinas A\nB,\n").location)
    assert page.status_code == 200
    assert re.search(r'<option value="code" selected>Kode', page.text)
    assert "Dinas A" in page.text
    task = newest()
    assert me.send(f"/admin/imports/try?id={task.id}", **columns("code", "name")).status_code == 302
    page = me.get(f"/admin/imports/file?id={task.id}")
    assert "belum ada yang disimpan" in page.text
    assert "Kolom name kosong" in page.text
    assert WorkUnit.select().count() == 0

    answer = me.send(f"/admin/imports/run?id={task.id}", mode="VALID_ROWS", reason="data awal")
    assert "Menunggu diimpor" in me.get(answer.location).text
    assert me.get(f"/admin/imports/progress?id={task.id}").json["over"] is False
    work(db)

    assert me.get(f"/admin/imports/progress?id={task.id}").json["over"] is True
    page = me.get(f"/admin/imports/file?id={task.id}")
    assert "Berkas sudah diimpor" in page.text
    assert [unit.code for unit in WorkUnit.select()] == ["A"]
    assert HistoryRecord.get(HistoryRecord.subject_type == "WorkUnit").reason == "data awal"

    me.send(f"/admin/imports/undo?id={task.id}", reason="keliru")
    work(db)

    assert "Impor sudah dibatalkan" in me.get(f"/admin/imports/file?id={task.id}").text
    assert (WorkUnit.select().count(), ImportRun.get().state) == (0, ImportState.UNDONE)


def test_problems_come_as_a_list_and_as_rows_to_correct(db, enter):
    me = enter("importer")
    me.upload("kode,nama\nA,\n=B,Dinas\n")
    task = newest()
    me.send(f"/admin/imports/try?id={task.id}", **columns("code", "name"))

    errors = me.get(f"/admin/imports/errors?id={task.id}")
    rows = me.get(f"/admin/imports/corrections?id={task.id}")

    assert errors.data.decode("utf-8-sig").splitlines()[1].startswith("2,name,,CELL_EMPTY,Kolom name kosong")
    assert "attachment" in errors.headers["Content-Disposition"]
    assert errors.headers["Cache-Control"] == rows.headers["Cache-Control"] == "no-store"
    page = load_workbook(io.BytesIO(rows.data)).active
    assert [cell.value for cell in page[1]] == ["kode", "nama", "masalah"]
    assert page["A2"].value == "A"


def test_rows_are_filtered_by_outcome_and_paged(db, enter):
    me = enter("importer")
    me.upload("kode,nama\n" + "".join(f"K{i},Dinas {i}\n" for i in range(60)) + "X,\n")
    task = newest()
    me.send(f"/admin/imports/try?id={task.id}", **columns("code", "name"))

    def lines(query):
        page = me.get(f"/admin/imports/file?id={task.id}{query}")
        return re.findall(r'<th scope="row">([^<]+)</th>', page.text)

    assert len(lines("")) == 25
    assert lines("&page=2")[-1] == "62"
    assert lines("&outcome=REJECTED") == ["62"]
    assert lines("&outcome=CREATED&page=2")[0] == "52"
    assert len(lines("&page=999999999999&outcome=WRONG")) == 11


def test_what_a_cell_holds_is_shown_and_never_run(db, enter):
    me = enter("importer")
    page = me.client.get(me.upload(f"kode,{SCRIPT}\nA,{SCRIPT}\n", f"{SCRIPT}.csv").location)
    assert SCRIPT not in page.text
    task = newest()

    me.send(f"/admin/imports/try?id={task.id}", **columns("code", "name"))
    shown = me.get(f"/admin/imports/file?id={task.id}")
    start = me.get("/admin/imports/")

    assert "&lt;script&gt;alert(1)" in shown.text
    assert SCRIPT not in shown.text + start.text


def test_two_headers_for_one_column_are_told_at_the_columns(db, enter):
    me = enter("importer")
    me.upload("a,b\n1,2\n")
    task = newest()

    page = me.send(f"/admin/imports/try?id={task.id}", **columns("code", "code"))

    assert page.status_code == 422
    assert "Kolom code akan diisi dari a, b" in page.text
    assert 'id="constant-name" name="constant.name" value="" maxlength="1000" aria-invalid="true"' in page.text
    assert ImportTask.get().state is TaskState.NEW


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (b"%PDF-1.7 x", "laporan.csv", 422, "bukan CSV maupun XLSX"),
        (b"", "a.csv", 422, "tidak memiliki baris judul"),
        (b"a,b\n", "a.exe", 422, "Pilih salah satu"),
        (b"x" * 10_200_000, "a.csv", 422, "lebih besar dari 10 MB"),
        (b"x" * 13_000_000, "a.csv", 413, "lebih besar dari 10 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_the_persons_language(db, enter, data, name, status, words):
    me = enter("importer")

    page = me.upload(data, name)

    assert page.status_code == status
    assert words in page.text
    assert ImportTask.select().count() == 0
    assert not list((db.files_dir / "imports").glob("*")) if (db.files_dir / "imports").exists() else True


def test_nothing_chosen_and_an_unknown_kind_are_told(db, enter):
    me = enter("importer")

    assert "Belum ada berkas yang dipilih" in me.send("/admin/imports/", kind="units").text
    assert me.upload("a\n1\n", kind="weapons").status_code == 422
    assert ImportTask.select().count() == 0


@pytest.mark.parametrize("path", ["file", "columns", "progress", "errors", "corrections"])
def test_the_file_of_another_is_not_found(db, enter, path):
    me, other = enter("importer"), enter("colleague")
    me.upload("kode,nama\nA,\n")
    task = newest()
    me.send(f"/admin/imports/try?id={task.id}", **columns("code", "name"))

    assert me.get(f"/admin/imports/{path}?id={task.id}").status_code in {200, 302}
    assert other.get(f"/admin/imports/{path}?id={task.id}").status_code == 404
    assert other.get(f"/admin/imports/{path}?id=99999999999999999999").status_code == 404
    assert other.get(f"/admin/imports/{path}?id=x").status_code == 404
    assert "unit.csv" not in other.get("/admin/imports/").text


@pytest.mark.parametrize("act", ["try", "run", "undo", "discard"])
def test_nobody_acts_on_the_file_of_another(db, enter, act):
    me, other = enter("importer"), enter("colleague")
    me.upload("kode,nama\nA,B\n")
    task = newest()

    assert other.send(f"/admin/imports/{act}?id={task.id}", mode="VALID_ROWS").status_code == 404
    assert ImportTask.get_by_id(task.id).state is TaskState.NEW


@pytest.mark.parametrize("name", ["auditor", "nobody"])
def test_who_may_import_nothing_finds_no_such_page(db, enter, name):
    who = enter(name)

    assert who.get("/admin/imports/").status_code == 404
    assert who.upload("kode,nama\nA,B\n").status_code == 404
    assert "/admin/imports/" not in who.get("/admin/").text
    assert ImportTask.select().count() == 0


def test_a_stranger_is_sent_to_the_log_in(app):
    answer = app.test_client().get("/admin/imports/")

    assert (answer.status_code, answer.location) == (302, "/admin/login?next=/admin/imports/?")


@pytest.mark.parametrize("act", ["", "try", "run", "undo", "discard", "undo-run"])
def test_a_form_without_its_token_changes_nothing(db, enter, act):
    me = enter("importer")
    me.upload("kode,nama\nA,B\n")
    task = newest()
    me.token = "wrong"

    answer = me.upload("kode\n") if act == "" else me.send(f"/admin/imports/{act}?id={task.id}", mode="VALID_ROWS")

    assert answer.status_code == 403
    assert "Formulir" in answer.text
    assert (ImportTask.select().count(), newest().state) == (1, TaskState.NEW)


def test_an_import_that_came_another_way_is_undone_from_the_list(db, enter, tmp_path):
    me = enter("importer")
    if database.is_closed():
        database.connect()
    path = tmp_path / "lain.csv"
    path.write_text("kode,nama\nA,B\n")
    from core.exchange.importers import IMPORTS
    from core.exchange.services import run_import

    run = run_import(system_context(db), IMPORTS["units"], path, mode=ImportMode.VALID_ROWS).run_id

    answer = me.send("/admin/imports/undo-run", run=str(run), reason="keliru")

    assert answer.status_code == 302
    assert (WorkUnit.select().count(), ImportRun.get().state) == (0, ImportState.UNDONE)
    assert HistoryRecord.select().order_by(HistoryRecord.id.desc()).first().reason == "keliru"
    assert me.send("/admin/imports/undo-run", run=str(run), reason="x").status_code == 422
    assert me.send("/admin/imports/undo-run", run="0", reason="x").status_code == 404


def test_a_large_file_is_tried_in_the_background(db, enter, monkeypatch):
    monkeypatch.setattr(tasks, "LARGE", 1)
    me = enter("importer")
    me.upload("kode,nama\nA,B\nC,D\n")
    task = newest()

    me.send(f"/admin/imports/try?id={task.id}", **columns("code", "name"))

    assert "Menunggu uji coba" in me.get(f"/admin/imports/file?id={task.id}").text
    work(db)
    assert "belum ada yang disimpan" in me.get(f"/admin/imports/file?id={task.id}").text


def test_a_file_that_is_gone_says_so(db, enter):
    me = enter("importer")
    me.upload("kode,nama\nA,B\n")
    task = newest()
    from core.exchange import uploads

    uploads.discard(db, task.folder)

    page = me.get(f"/admin/imports/file?id={task.id}")

    assert page.status_code == 422
    assert "sudah tidak disimpan" in page.text
    assert me.send(f"/admin/imports/discard?id={task.id}").status_code == 302
    assert ImportTask.select().count() == 0
