"""The terms of facts as enums of the schema."""

import strawberry

from core.facts.terms import FactState, FactSubject
from schema.engine import describe_values

__all__ = ["FactState", "FactSubject"]

strawberry.enum(FactSubject, name="FactSubject", description="Whom or what a fact is measured of.")
strawberry.enum(
    FactState, name="FactMeasurementState", description="Whether the superior has decided on a measured value."
)
describe_values(FactSubject, UNIT="The unit of the plan (unit kerja).", EMPLOYEE="The holder of the plan (pegawai).")
describe_values(
    FactState,
    PROPOSED="Waits for the superior (diusulkan).",
    ACCEPTED="Became progress (diterima).",
    REJECTED="Counts nowhere (ditolak).",
)
