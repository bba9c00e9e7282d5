"""The official forms, read back: figures and texts, names as they are, states, and what is hidden from whom."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from core.appraisal.models import Evaluation, OrganizationPerformance
from core.appraisal.terms import EvaluationKind, EvaluationState, OrganizationRating, Predicate, Rating
from core.documents import services
from core.documents.services import evaluation_document, many, plan_document
from core.documents.words import BLANK, told
from core.errors import Refused
from core.planning.models import BehaviorExpectation, EvaluationWindow, WorkResult
from core.planning.terms import BehaviorValue, PlanApproach, PlanState, WorkResultKind
from core.progress.models import Evidence, Feedback, ProgressRecord
from core.progress.terms import EvidenceKind, FeedbackTone, GiverRelation
from tests.support.calls import call_as, on, system_context
from tests.support.city import build_city
from tests.support.plans import approved_plan, indicator_of, indicators_of, plan_of, result_of, results_of
from tests.support.statements import counted_statements

NOON = on(date(2026, 10, 1))
HOSTILE = '#import "x": * \\ "kutip" <script>alert(1)</script> $x$ *tebal* @ref'


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def plan(city):
    """The plan of the officer: two results, one supporting the chief's, with exact targets."""
    above = approved_plan(city, city.chief)
    parent = results_of(above)[0]
    row = plan_of(
        city.officer, city.period, state=PlanState.APPROVED, support_needed="Dua laptop",
        accountability_scheme="Laporan bulanan", consequences="Pembinaan",
    )  # fmt: skip
    main = result_of(row, "Akta kelahiran terbit dalam satu hari", parent=parent)
    indicator_of(main, "Persentase akta tepat waktu", target=("97.5", "97.5"), unit_of_measure="persen")
    extra = result_of(row, "Tim arsip terbantu", kind=WorkResultKind.ADDITIONAL, sequence=2)
    indicator_of(extra, "Jumlah berkas", target=("1000", "12500.125"), unit_of_measure="berkas")
    BehaviorExpectation.update(expectation="Ramah di loket").where(
        (BehaviorExpectation.plan == row) & (BehaviorExpectation.value == BehaviorValue.SERVICE_ORIENTED)
    ).execute()
    return row


@pytest.fixture
def evaluation(city, plan):
    performance = OrganizationPerformance.create(
        unit=plan.unit_id, period=city.period, rating=OrganizationRating.GOOD, set_on=date(2026, 12, 31)
    )
    return Evaluation.create(
        plan=plan, period=city.period, employee=city.officer, evaluator=city.chief, unit=plan.unit_id,
        kind=EvaluationKind.ANNUAL, state=EvaluationState.FINAL, result_rating=Rating.ABOVE,
        behavior_rating=Rating.MEETS, predicate=Predicate.GOOD, result_note="Melampaui target",
        organization_performance=performance, finalised_at=on(date(2027, 1, 10)), received_on=date(2027, 1, 12),
    )  # fmt: skip


def text_of(data):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def squeezed(text):
    return re.sub(r"\s+", "", text)


def system(db):
    return system_context(db, NOON)


def test_a_plan_shows_everything_it_holds(db, city, plan):
    text = text_of(plan_document(system(db), plan.id))

    for part in (
        "SASARAN KINERJA PEGAWAI", "Budi Santoso", "19900517 201503 1 002", "Penata / III/c",
        "Administrator Database Kependudukan Ahli Pertama", "Siti Aminah", "Kepala Bidang Pencatatan Sipil",
        "Akta kelahiran terbit dalam satu hari", "Persentase akta tepat waktu", "97,5 persen", "Tim arsip terbantu",
        "1.000 – 12.500,125 berkas", "Akta kelahiran terbit tepat waktu", "Ramah di loket", "Kuantitas",
        "Memahami dan memenuhi kebutuhan masyarakat", "Dua laptop", "Laporan bulanan", "Pembinaan",
        "1 Januari 2026 sampai dengan 31 Desember 2026", f"SKP/2026/{plan.id:06d}", "revisi 1", "Halaman 1 dari 3",
        "1 Oktober 2026 pukul 12.00 WIB",
    ):  # fmt: skip
        assert squeezed(part) in squeezed(text), part
    assert "RANCANGAN" not in text


def test_the_pdf_is_tagged_and_says_its_title_and_language(db, city, plan):
    reader = PdfReader(io.BytesIO(plan_document(system(db), plan.id)))

    assert reader.metadata.title.startswith("Sasaran Kinerja Pegawai Budi Santoso 1 Januari 2026")
    assert reader.trailer["/Root"]["/Lang"].lower().startswith("id")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] is not None
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert reader.metadata.creation_date == NOON


@pytest.mark.parametrize(
    ("state", "words"),
    [(PlanState.DRAFT, "rancangan"), (PlanState.SUBMITTED, "diajukan, belum disetujui")],
)
def test_what_is_not_approved_says_so_on_every_page(db, city, state, words):
    row = plan_of(city.officer, city.period, state=state)
    result_of(row)

    pages = PdfReader(io.BytesIO(plan_document(system(db), row.id))).pages

    assert all("RANCANGAN" in page.extract_text() for page in pages)
    assert f"Keadaan: {words}" in " ".join(pages[0].extract_text().split())


def test_hostile_texts_stand_there_literally(db, city, plan):
    city.officer.name = HOSTILE
    city.officer.save()
    WorkResult.update(statement=HOSTILE).where(WorkResult.id == results_of(plan)[0].id).execute()

    data = plan_document(system(db), plan.id)

    text = text_of(data)
    assert squeezed(text).count(squeezed(HOSTILE)) >= 2
    assert HOSTILE in PdfReader(io.BytesIO(data)).metadata.title


def test_long_texts_wrap_and_long_lists_repeat_their_heads(db, city):
    row = plan_of(city.officer, city.period, state=PlanState.APPROVED)
    for number in range(40):
        result = result_of(row, f"Hasil {number} " + "sangat panjang sekali " * 20 + "x" * 300, sequence=number + 1)
        indicator_of(result, "Jumlah " + "dokumen " * 30)

    pages = [" ".join(page.extract_text().split()) for page in PdfReader(
        io.BytesIO(plan_document(system(db), row.id))
    ).pages]  # fmt: skip

    assert len(pages) > 8
    assert sum("Indikator kinerja individu" in page for page in pages) > 8
    assert all(f"Halaman {number} dari {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert squeezed("x" * 300) in squeezed(" ".join(pages)).replace("\u200b", "")


def test_names_with_diacritics_and_letters_without_a_font_do_not_stop_a_form(db, city, plan):
    city.officer.name = "I Gusti Ñoman Śrī Áyu ꦏ 漢"
    city.officer.save()

    assert squeezed("Ñoman Śrī Áyu") in squeezed(text_of(plan_document(system(db), plan.id)))


def test_a_qualitative_plan_shows_its_measures_of_success(db, city):
    row = plan_of(city.officer, city.period, state=PlanState.APPROVED, approach=PlanApproach.QUALITATIVE)
    result_of(row, "Warga puas", success_measure="Tidak ada keluhan yang terbengkalai")

    text = text_of(plan_document(system(db), row.id))

    assert "KUALITATIF" in text
    assert squeezed("Tidak ada keluhan yang terbengkalai") in squeezed(text)


def test_an_executives_plan_shows_perspectives(db, city):
    row = plan_of(city.head, city.period, state=PlanState.APPROVED)
    from core.planning.terms import Perspective

    indicator_of(result_of(row, "Layanan prima", perspective=Perspective.SERVICE_RECIPIENT))

    text = text_of(plan_document(system(db), row.id))

    assert "Perspektif" in text
    assert squeezed("Penerima layanan") in squeezed(text)
    assert "diintervensi" not in text


def test_an_evaluation_shows_what_was_reached_said_and_concluded(db, city, plan, evaluation):
    main, extra = results_of(plan)
    first, _ = indicators_of(plan)
    record = ProgressRecord.create(
        plan=plan, work_result=main, indicator=first, happened_on=date(2026, 6, 1), quantity=Decimal("98.75")
    )
    Evidence.create(progress_record=record, kind=EvidenceKind.LINK, title="Rekap loket", url="https://example.id")
    ProgressRecord.create(plan=plan, work_result=extra, happened_on=date(2026, 7, 1), note="Arsip 2019 rapi")
    for result, value, text in (
        (main.id, None, "Cepat dan teliti"),
        (None, BehaviorValue.LOYAL, "Menjaga nama baik"),
        (None, None, "Terus maju"),
    ):  # fmt: skip
        Feedback.create(
            plan=plan, employee=city.officer, giver=city.chief, relation=GiverRelation.SUPERIOR,
            tone=FeedbackTone.POSITIVE, work_result=result, behavior_value=value, text=text, given_on=date(2026, 8, 1),
        )  # fmt: skip

    text = text_of(evaluation_document(system(db), evaluation.id))

    for part in (
        "EVALUASI KINERJA PEGAWAI", "DOKUMEN EVALUASI KINERJA PEGAWAI", "98,75 persen", "Rekap loket",
        "Arsip 2019 rapi", "belum ada", "Cepat dan teliti", "Menjaga nama baik", "Terus maju",
        "Capaian kinerja organisasi: Baik",
        "Rating hasil kerja: Di atas ekspektasi", "Rating perilaku kerja: Sesuai ekspektasi",
        "Predikat kinerja pegawai: Baik", "Melampaui target", "Ketut Wirawan", "Kepala Dinas",
        "Diterima tanggal 12 Januari 2027", "Dibuat tanggal 10 Januari 2027", "Evaluasi tahunan, Tahun 2026".upper(),
    ):  # fmt: skip
        assert squeezed(part) in squeezed(text), part
    assert "RANCANGAN" not in text


def test_a_window_shows_its_own_records_only(db, city, plan):
    main = results_of(plan)[0]
    for day, note in ((date(2026, 2, 1), "Awal tahun"), (date(2026, 5, 1), "Triwulan kedua")):
        ProgressRecord.create(plan=plan, work_result=main, happened_on=day, note=note)
    window = EvaluationWindow.get(EvaluationWindow.number == 2)
    row = Evaluation.create(
        plan=plan, period=city.period, window=window, window_number=2, employee=city.officer, evaluator=city.chief,
        unit=plan.unit_id, kind=EvaluationKind.PERIODIC,
    )  # fmt: skip

    text = text_of(evaluation_document(system(db), row.id))

    assert "Triwulan kedua" in text
    assert "Awal tahun" not in text
    assert "1 April 2026 sampai dengan 30 Juni 2026" in text
    assert "RANCANGAN" in text
    assert BLANK in text


def refused_codes(act):
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize("who", ["clerk", "other", "other_chief"])
def test_strangers_get_nothing(db, city, plan, evaluation, who):
    ctx = call_as(db, getattr(city, who).id)

    assert refused_codes(lambda: plan_document(ctx, plan.id)) == ["NOT_FOUND"]
    assert refused_codes(lambda: evaluation_document(ctx, evaluation.id)) == ["NOT_FOUND"]
    assert refused_codes(lambda: many(ctx, "plan", [plan.id])) == ["NOT_FOUND"]


@pytest.mark.parametrize("who", ["officer", "chief", "head"])
def test_the_holder_and_those_above_get_it(db, city, plan, evaluation, who):
    ctx = call_as(db, getattr(city, who).id)

    assert "Budi Santoso" in text_of(plan_document(ctx, plan.id))
    assert "Budi Santoso" in text_of(evaluation_document(ctx, evaluation.id))


def test_the_rated_person_gets_no_evaluation_before_it_is_final(db, city, plan, evaluation):
    Evaluation.update(state=EvaluationState.RATED).execute()

    assert refused_codes(lambda: evaluation_document(call_as(db, city.officer.id), evaluation.id)) == ["NOT_FOUND"]
    assert "RANCANGAN" in text_of(evaluation_document(call_as(db, city.chief.id), evaluation.id))


def test_what_is_masked_on_the_screen_is_a_line_to_write_on(db, city, plan, evaluation):
    own = text_of(plan_document(call_as(db, city.officer.id), plan.id))

    assert "19900517 201503 1 002" in own
    assert "19800310 200501 2 003" not in own, "the number of the superior is hidden from the officer"
    assert "Siti Aminah" in own
    assert BLANK in own


def test_colleagues_feedback_below_the_minimum_is_not_in_the_form_of_the_rated(db, city, plan, evaluation):
    Feedback.create(
        plan=plan, employee=city.officer, giver=city.clerk, relation=GiverRelation.PEER, tone=FeedbackTone.CONSTRUCTIVE,
        text="Rahasia sejawat", given_on=date(2026, 8, 1),
    )  # fmt: skip

    assert "Rahasia sejawat" not in text_of(evaluation_document(call_as(db, city.officer.id), evaluation.id))
    seen = text_of(evaluation_document(call_as(db, city.chief.id), evaluation.id))
    assert "Rahasia sejawat" in seen
    assert "Rina Wulandari" not in seen


def test_many_come_as_one_archive_of_what_the_caller_sees(db, city, plan):
    other = approved_plan(city, city.other)
    ctx = call_as(db, city.chief.id)

    packed = zipfile.ZipFile(io.BytesIO(many(ctx, "plan", [plan.id, other.id, plan.id])))

    assert packed.namelist() == [f"SKP {plan.id:06d} Budi Santoso.pdf"]
    assert "Budi Santoso" in text_of(packed.read(packed.namelist()[0]))


def test_too_many_at_once_are_refused(db, city, plan):
    assert refused_codes(lambda: many(system(db), "plan", range(1, 102))) == ["TOO_MANY_DOCUMENTS"]


def test_ten_forms_cost_as_many_statements_as_one(db, city, plan, evaluation, monkeypatch):
    monkeypatch.setattr(services, "as_pdf", lambda *_: b"")
    plans = [plan, *(approved_plan(city, one) for one in (city.clerk, city.other, city.other_chief))]
    rows = [evaluation] + [
        Evaluation.create(
            plan=one, period=city.period, employee=one.employee_id, evaluator=one.evaluator_id, unit=one.unit_id,
            kind=EvaluationKind.ANNUAL,
        )
        for one in plans[1:]
    ]  # fmt: skip

    def statements(kind, some):
        with counted_statements() as seen:
            many(system(db), kind, [row.id for row in some])
        return len(seen)

    assert statements("plan", plans) == statements("plan", plans[:1]) == 6
    assert statements("evaluation", rows) == statements("evaluation", rows[:1])


def test_very_long_words_get_places_to_break():
    assert told("a" * 50) == f"{'a' * 24}\u200b{'a' * 24}\u200b{'a' * 2}"
    assert told("pendek\x00") == "pendek"
