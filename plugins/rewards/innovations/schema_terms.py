"""The terms of innovations as enums of the schema."""

import strawberry

from plugins.rewards.innovations.terms import AuthorRole, EffectCaution, EffectDirection, InnovationStage
from schema.engine import describe_values

__all__ = ["AuthorRole", "EffectCaution", "EffectDirection", "InnovationStage"]

strawberry.enum(InnovationStage, name="InnovationStage", description="Where an innovation stands; the last two end it.")
describe_values(
    InnovationStage,
    PROPOSED="Proposed (diusulkan).",
    TRIED="On trial (diuji coba).",
    ADOPTED="Adopted and in use (diterapkan).",
    DECLINED="Declined, with a reason (ditolak).",
    ENDED="No longer in use, with a reason (berakhir).",
)

strawberry.enum(AuthorRole, name="InnovationAuthorRole", description="What somebody did for an innovation.")
describe_values(
    AuthorRole,
    LEADER="Led it (ketua).",
    MEMBER="Made it with others (anggota).",
    HELPER="Helped (pendukung).",
)

strawberry.enum(EffectDirection, name="InnovationEffectDirection", description="Which way a value is to go.")
describe_values(EffectDirection, LOWER="Down, such as a wait.", HIGHER="Up, such as a share of what was in time.")

strawberry.enum(
    EffectCaution, name="InnovationEffectCaution", description="What is to be kept in mind when an effect is read."
)
describe_values(
    EffectCaution,
    FEW_CASES="There are few cases before or after.",
    UNEQUAL_WINDOWS="The days before and after are not equally many.",
    NO_VALUE_BEFORE="There were no cases before.",
    NO_VALUE_AFTER="There were no cases after.",
    FACT_NOT_OFFERED="The plugin of the fact is off: what was measured stays and cannot be measured again.",
)
