"""The contract with client teams: nothing released is taken away, everything is described, and says who may read it."""

import re
from datetime import date

import pytest
from graphql import (
    DangerousChangeType,
    GraphQLEnumType,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
)

from core.plugin_host import build_registry, installed
from core.settings import Settings
from schema.application import application_schema
from schema.engine.fields import Column, Relation
from tests.support.client_code import RELEASED, SDL

REMEDY = (
    "Keep what was released: add beside it, and deprecate the old with a reason and the date after which it goes. Where"
    " the change is meant (before 1.0, or for a new major version), name it in CHANGELOG.md and run "
    "`.venv/bin/python -m tests.support.client_code --accept`."
)
MEANT = frozenset(set(DangerousChangeType) - {DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE})
"""What docs/api.md tells clients to expect: more values of enums, optional arguments and input fields."""

TERMS = {
    "AssignmentKind": "Plt|PLT",
    "BehaviorExpectation": "ekspektasi khusus",
    "BehaviorValue": "BerAKHLAK",
    "CalibrationSession": "kalibrasi",
    "CreditPoints": "angka kredit",
    "Delegation": "pendelegasian",
    "DistributionCheck": "pola distribusi",
    "Employee": "ASN",
    "EmploymentStatus": "status kepegawaian",
    "Evaluation": "evaluasi kinerja",
    "EvaluationPeriod": "periode penilaian",
    "EvaluationWindow": "periodik",
    "Evidence": "bukti dukung",
    "FactMeasurement": "nilai terukur",
    "Feedback": "umpan balik",
    "Grade": "golongan",
    "Indicator": "IKI",
    "IndicatorActual": "realisasi",
    "Objection": "keberatan",
    "OrganizationPerformance": "capaian kinerja organisasi",
    "OrganizationRating": "capaian kinerja organisasi",
    "PerformanceDialogue": "dialog kinerja",
    "PerformancePlan": "sasaran kinerja pegawai, SKP",
    "PlanEvaluator": "pejabat penilai kinerja",
    "PlanState": "SKP",
    "PlanTemplate": "templat",
    "PlanVersion": "SKP",
    "Position": "jabatan",
    "PositionKind": "jenjang jabatan",
    "Predicate": "predikat kinerja",
    "ProgressRecord": "realisasi",
    "Rating": "hasil kerja",
    "ReportingLine": "atasan langsung",
    "RuleVersion": "peraturan",
    "WorkResult": "rencana hasil kerja, RHK",
    "WorkResultKind": "hasil kerja utama",
    "WorkUnit": "unit kerja",
    "Assignment.decreeNumber": "nomor SK",
    "Employee.nip": "NIP",
    "Employee.superior": "atasan langsung",
    "Evaluation.behaviorRating": "perilaku kerja",
    "Evaluation.evaluator": "pejabat penilai kinerja",
    "Evaluation.objection": "keberatan",
    "Evaluation.plan": "SKP",
    "Evaluation.predicate": "predikat kinerja",
    "Evaluation.resultRating": "hasil kerja",
    "Indicator.unitOfMeasure": "satuan",
    "Objection.decider": "atasan pejabat penilai",
    "PerformancePlan.accountabilityScheme": "skema pertanggungjawaban",
    "PerformancePlan.consequences": "konsekuensi",
    "PerformancePlan.evaluator": "pejabat penilai kinerja",
    "PerformancePlan.supportNeeded": "dukungan sumber daya",
    "PerformancePlan.workResults": "hasil kerja",
    "WorkUnit.parent": "unit atasan",
}
"""Types and fields that carry a term of the law, and the Indonesian words that their description has to have."""


@pytest.fixture(scope="module")
def registry():
    return build_registry(Settings(secret_key="x" * 40), list(installed()), web=True)


@pytest.fixture(scope="module")
def schema(registry):
    return application_schema(registry)


@pytest.fixture(scope="module")
def sdl():
    return build_schema(SDL.read_text(encoding="utf-8"))


def differences(released, present):
    """Return what would break a client of the released schema."""
    changes = find_breaking_changes(released, present)
    changes += [change for change in find_dangerous_changes(released, present) if change.type not in MEANT]
    return [f"{change.type.name}: {change.description}" for change in changes]


def test_nothing_that_was_released_is_taken_away(sdl):
    found = differences(build_schema(RELEASED.read_text(encoding="utf-8")), sdl)

    assert not found, "\n".join(["The schema breaks clients of the released one:", *found, REMEDY])


SMALL = """
type Query { name(first: Int = 50): String! kind: Kind }
enum Kind { A B }
input Given { name: String! }
type Mutation { do(input: Given!): Int }
"""


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (" kind: Kind ", " ", "FIELD_REMOVED"),
        (" kind: Kind ", " kind: String ", "FIELD_CHANGED_KIND"),
        ("): String!", "): String", "FIELD_CHANGED_KIND"),
        ("{ A B }", "{ A }", "VALUE_REMOVED_FROM_ENUM"),
        ("input Given {", "input Given { otp: String!", "REQUIRED_INPUT_FIELD_ADDED"),
        ("first: Int = 50", "first: Int = 20", "ARG_DEFAULT_VALUE_CHANGE"),
    ],
)
def test_a_breaking_change_is_found(old, new, kind):
    found = differences(build_schema(SMALL), build_schema(SMALL.replace(old, new)))

    assert [line.partition(":")[0] for line in found] == [kind]


def test_more_of_everything_breaks_nothing():
    more = (
        SMALL.replace("{ A B }", "{ A B C }")
        .replace("input Given {", "input Given { otp: String")
        .replace("first: Int = 50", "first: Int = 50, last: Int")
    )

    assert differences(build_schema(SMALL), build_schema(more)) == []


def described(schema, place):
    kind, _, field = place.partition(".")
    found = schema.type_map[kind]
    return (found.fields[field] if field else found).description


def test_terms_of_the_law_are_given_in_indonesian_as_well(sdl):
    texts = {place: described(sdl, place) for place in TERMS}
    wrong = {place: text for place, text in texts.items() if not re.search(TERMS[place], text)}

    assert wrong == {}


def test_masked_fields_say_who_may_read_them(schema, registry):
    masks = {entry.model: set(entry.masks) for entry in registry.policies}
    wrong, masked = [], 0
    for kind in schema.catalogue.types.values():
        for field in kind.fields.values():
            source = field.source
            column = source.field if isinstance(source, Column) else getattr(source, "key", None)
            if isinstance(source, Column | Relation) and getattr(column, "name", None) in masks.get(kind.model, ()):
                masked += 1
                if not re.search(r"\b[Ss]hown to ", field.graphql.description):
                    wrong.append(f"{kind.name}.{field.name}: {field.graphql.description}")

    assert masked >= 8
    assert wrong == [], "Say in the description to whom the field is shown (“Shown to …; null for others.”)."


def deprecations(schema):
    for name, kind in schema.type_map.items():
        if name.startswith("__"):
            continue
        parts = kind.values if isinstance(kind, GraphQLEnumType) else getattr(kind, "fields", {})
        for key, part in parts.items():
            if part.deprecation_reason is not None:
                yield f"{name}.{key}", part.deprecation_reason
            for argument, given in getattr(part, "args", {}).items():
                if given.deprecation_reason is not None:
                    yield f"{name}.{key}({argument})", given.deprecation_reason


def faults_of_deprecations(schema):
    """Return the deprecations without a remedy, or without the day after which the thing goes."""
    wrong = []
    for place, reason in deprecations(schema):
        days = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d{2}-\d{2}", reason)]
        if not days or not re.search(r"\b(Use|use|instead|No longer)\b", reason):
            wrong.append(f"{place}: {reason}")
    return wrong


def test_deprecations_give_reason_and_date(sdl):
    assert faults_of_deprecations(sdl) == [], 'Write like "Use fullName instead; goes after 2027-06-30."'


def test_a_deprecation_without_a_date_is_found():
    schema = build_schema("""
        type Query {
          bare: Int @deprecated
          dateless: Int @deprecated(reason: "Use whole instead.")
          whole: Int @deprecated(reason: "Use dateless instead; goes after 2027-06-30.")
        }""")

    assert [line.split(":")[0] for line in faults_of_deprecations(schema)] == ["Query.bare", "Query.dateless"]
