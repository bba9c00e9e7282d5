"""The built-in plugin that shows core in the browser."""

from collections.abc import Sequence
from pathlib import Path

from core.plugin_api import (
    N_,
    AdminView,
    MigrationSource,
    Pages,
    Plugin,
    PolicyEntry,
    TranslationSource,
    hookimpl,
)

PLUGIN = Plugin(
    name="admin",
    title=N_("Back office"),
    description=N_("Pages at /admin for employees, leaders and the HR office."),
    kinerja=">=0.1",
)


@hookimpl
def register_models() -> Sequence[type]:
    """How people look at lists."""
    from admin.listing.models import ListPreference, SavedFilter

    return [SavedFilter, ListPreference]


@hookimpl
def register_migrations() -> Sequence[MigrationSource]:
    """The history of those tables."""
    return [MigrationSource(Path(__file__).parent / "migrations")]


@hookimpl
def register_policies() -> Sequence[PolicyEntry]:
    """Who sees their rows."""
    from admin.listing.policies import ENTRIES

    return ENTRIES


@hookimpl
def register_admin_views() -> Sequence[AdminView]:
    """The views of every area of core, in the order of the menu."""
    from admin import (
        appraisal,
        attendance,
        certificates,
        facts,
        history,
        identity,
        notes,
        operations,
        organisation,
        people,
        plan_parts,
        planning,
        platform,
        progress,
        rules,
    )
    from admin.account import own as own_account
    from admin.dashboard import late
    from admin.imports import view as imports
    from admin.system import views as system
    from admin.writing import views as changing

    areas = (
        late,
        people,
        organisation,
        attendance,
        planning,
        plan_parts,
        progress,
        facts,
        appraisal,
        certificates,
        changing,
        history,
        rules,
        operations,
        identity,
        platform,
        notes,
        imports,
        system,
        own_account,
    )
    return [view for area in areas for view in area.VIEWS]


@hookimpl
def register_pages() -> Sequence[Pages]:
    """The back office itself."""
    from admin.mount import mount

    return [Pages("/admin", mount)]


@hookimpl
def register_translations() -> Sequence[TranslationSource]:
    """Its Indonesian texts."""
    return [TranslationSource(Path(__file__).parent / "translations")]
