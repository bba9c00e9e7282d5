"""Evidence files over HTTP, with real tokens."""

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from core.app import create_app
from core.database import utc_now
from core.identity import services as identity
from core.progress.models import Evidence, ProgressRecord
from tests.support.calls import system_context
from tests.support.city import build_city
from tests.support.plans import approved_plan, indicators_of

PASSWORD = "empat kata acak sekali"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def record(city):
    plan = approved_plan(city, city.officer)
    indicator = indicators_of(plan)[0]
    return ProgressRecord.create(
        plan=plan, work_result=indicator.work_result_id, indicator=indicator, happened_on=plan.starts_on, note="Terbit"
    )


@pytest.fixture
def client(db):
    settings = db.model_copy(update={"max_upload_mb": 1})
    return create_app(settings, plugins=[]).test_client()


@pytest.fixture
def headers(db, city):
    made = {}
    for who in ("officer", "chief", "clerk", "other"):
        ctx = system_context(db, utc_now())
        identity.create_account(ctx, username=who, password=PASSWORD, employee_id=getattr(city, who).id)
        tokens = identity.login(system_context(db, utc_now()), who, PASSWORD)
        made[who] = {"Authorization": f"Bearer {tokens.access_token}", "Accept-Language": "en"}
    return made


def send(client, headers, record, content=PDF, name="laporan.pdf", declared="application/pdf", **more):
    # Encoded here, since the client of Flask would leave its own temporary file open.
    file = FileStorage(io.BytesIO(content), name, "file", declared)
    boundary, body = encode_multipart({"progressRecordId": f"ProgressRecord:{record.id}", "file": file, **more})
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/files/evidence", data=body, headers={**headers, "Content-Type": kind})


def stored(db):
    return [path for path in db.files_dir.rglob("*") if path.is_file()]


def test_a_file_is_sent_and_read_back(db, city, record, client, headers):
    response = send(client, headers["officer"], record, name="../../etc/laporan akhir.pdf", title="Laporan")
    assert (response.status_code, response.json["problems"]) == (201, [])
    row = Evidence.get()
    assert response.json["evidenceId"] == f"Evidence:{row.id}"
    assert (row.title, row.file_name) == ("Laporan", "laporan akhir.pdf")
    for who in ("officer", "chief"):
        answer = client.get(f"/files/evidence/{row.id}", headers=headers[who], buffered=True)
        assert (answer.status_code, answer.data) == (200, PDF)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="laporan akhir.pdf"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_nobody_else_reads_or_sends(db, city, record, client, headers):
    send(client, headers["officer"], record)
    key = Evidence.get().id
    for who in ("clerk", "other"):
        answer = client.get(f"/files/evidence/{key}", headers=headers[who])
        assert (answer.status_code, answer.json["problems"][0]["code"]) == (404, "NOT_FOUND")
        assert send(client, headers[who], record).status_code == 404
    assert send(client, headers["chief"], record).status_code == 403
    for nobody in ({}, {"Authorization": "Bearer nonsense"}):
        assert client.get(f"/files/evidence/{key}", headers=nobody).status_code == 401
        answer = send(client, nobody, record)
        assert (answer.status_code, answer.json["problems"][0]["code"]) == (401, "UNAUTHENTICATED")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert (Evidence.select().count(), len(stored(db))) == (1, 1)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ((b"MZ\x90\0\3\0\0\0", "laporan.pdf", "application/pdf"), (415, "FILE_TYPE_NOT_ACCEPTED")),
        ((PDF, "foto.png", "image/png"), (422, "FILE_NAME_LIES")),
        ((PDF, "laporan.pdf", "text/html"), (422, "FILE_TYPE_LIES")),
        ((b"", "laporan.pdf", "application/pdf"), (422, "FILE_EMPTY")),
        ((PDF + b"x" * 1_048_576, "laporan.pdf", "application/pdf"), (413, "FILE_TOO_LARGE")),
    ],
    ids=["program", "name", "declared", "empty", "large"],
)
def test_bad_files_are_refused_with_place_and_remedy(db, city, record, client, headers, sent, expected):
    response = send(client, headers["officer"], record, *sent)
    assert (response.status_code, response.json["problems"][0]["code"]) == expected
    assert response.json["problems"][0]["path"] == ["input", "file"]
    assert response.json["evidenceId"] is None
    assert (Evidence.select().count(), stored(db)) == (0, [])


@pytest.mark.parametrize("is_length_stated", [True, False])
def test_a_body_larger_than_any_form_is_not_read_to_its_end(db, city, record, client, headers, is_length_stated):
    fields = {"progressRecordId": f"ProgressRecord:{record.id}", "title": "x" * 9_000_000}
    boundary, body = encode_multipart(fields)
    source = io.BytesIO(body)
    response = client.post(
        "/files/evidence",
        headers={**headers["officer"], "Content-Type": f"multipart/form-data; boundary={boundary}"},
        input_stream=source,
        content_length=len(body) if is_length_stated else None,
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert (response.status_code, response.json["problems"][0]["code"]) == (413, "FILE_TOO_LARGE")
    # What is left is read away up to four times what is permitted, so that the client gets to read the answer.
    assert source.tell() < 6_000_000
    assert stored(db) == []


def test_requests_without_a_file_or_a_record_are_refused(db, city, record, client, headers):
    for body in ({"progressRecordId": f"ProgressRecord:{record.id}"}, {}):
        response = client.post(
            "/files/evidence", data=body, headers=headers["officer"], content_type="multipart/form-data"
        )
        assert (response.status_code, response.json["problems"][0]["code"]) == (422, "FILE_MISSING")
    response = client.post("/files/evidence", data=b"{}", headers=headers["officer"], content_type="application/json")
    assert response.json["problems"][0]["code"] == "FILE_MISSING"
    response = send(client, headers["officer"], record, progressRecordId="Employee:1")
    assert (response.status_code, response.json["problems"][0]["code"]) == (404, "BAD_ID")
    assert client.get("/files/evidence/999", headers=headers["officer"]).status_code == 404
    assert client.get(f"/files/evidence/{10**30}", headers=headers["officer"]).status_code == 404
    assert client.get("/files/evidence/../../../etc/passwd", headers=headers["officer"]).status_code == 404
    assert stored(db) == []


def test_problems_speak_the_callers_language(db, city, record, client, headers):
    response = send(client, {**headers["officer"], "Accept-Language": "id"}, record, b"", "a.pdf")
    assert response.json["problems"][0]["message"] == "Berkas ini kosong. Pilih berkas lain."


@pytest.mark.parametrize(
    ("given", "place"), [({"title": "a\u202eb"}, "title"), ({"name": "fdp\u202elaporan.pdf"}, "file")]
)
def test_titles_and_names_that_hide_something_are_refused(db, city, record, client, headers, given, place):
    response = send(client, headers["officer"], record, **given)

    (problem,) = response.json["problems"]
    assert (response.status_code, problem["code"], problem["path"]) == (422, "BAD_CHARACTER", ["input", place])
    assert (Evidence.select().count(), stored(db)) == (0, [])
