"""Back office: what a person can see and why."""

from collections.abc import Sequence
from typing import Any

import peewee as pw
from flask import request
from flask_admin import expose

from admin import access
from admin.show import filled, shown
from admin.system.page import SystemPage, number_given
from core.actor import EVERYWHERE, Actor
from core.i18n import N_, translate
from core.identity.actors import actor_for_account
from core.identity.models import Account, RoleGrant
from core.identity.sight import Because, Part, parts_of, row_seen, rows_seen
from core.organisation.models import WorkUnit
from core.policy import as_condition, fetch, is_confidential, visible
from core.registry import active_registry
from core.verbs.declare import Does
from core.verbs.performing import is_offered, verbs_of

_FOUND = 20
_OPENING = ("identity.grant", "identity.manage", "system.manage")
AREAS = {
    "organisation": N_("Units and people"),
    "planning": N_("Plans"),
    "progress": N_("Progress and feedback"),
    "appraisal": N_("Evaluations"),
    "identity": N_("Accounts and roles"),
    "history": N_("History"),
    "law": N_("Rules"),
    "workdays": N_("Holidays"),
    "attendance": N_("Attendance"),
}
"""The areas of core by the name of their folder; the rest counts to the system."""
_REST = "system"
_BECAUSE = {
    Because.LOGGED_IN: N_("everybody who is logged in"),
    Because.SELF: N_("being this person"),
    Because.HEADSHIP: N_("heading {place}"),
    Because.ROLE: N_("the role {role} over {place}"),
}


class SightPage(SystemPage):
    """Roles and grants of a person, and what follows from each of them."""

    def __init__(self) -> None:
        """Stand at /admin/system/sight/."""
        super().__init__(N_("What a person sees"), "sight")

    def is_open_to(self, who: Actor) -> bool:
        """Let in who gives roles, manages accounts or runs the system for the whole institution."""
        return any(EVERYWHERE in who.paths(permission) for permission in _OPENING)

    @expose("/")
    def index(self) -> Any:
        """Find a person; show one, one area of it, and whether it sees one record."""
        words = request.args.get("search", "").strip()
        if not request.args.get("account"):
            return self.page("sight", words=words, found=_found(access.actor(), words))
        account = fetch(Account, number_given("account"), access.context())
        who = actor_for_account(account, access.actor().today)
        titles = self._titles()
        areas = _areas()
        area = request.args.get("area", "")
        models = areas.get(area, [])
        places = _Places(who)
        return self.page(
            "person",
            account=account,
            grants=_grants(account, who),
            places=places,
            parts_held=[places.because(part) for part in parts_of(who) if part.because is not Because.LOGGED_IN],
            areas=[(name, _area_title(name)) for name in areas],
            area=area,
            rows=[self._row(who, model, titles, places) for model in models],
            models=sorted(((name, titles.get(name, name)) for name in _models()), key=lambda pair: pair[1]),
            record=self._record(who, titles, places),
        )

    def _row(self, who: Actor, model: type[pw.Model], titles: dict[str, str], places: "_Places") -> dict[str, Any]:
        seen = rows_seen(who, model)
        return {
            "title": titles.get(model.__name__, model.__name__),
            "seen": seen,
            "parts": [(places.because(part), count) for part, count in seen.parts],
            "hidden": [name for name, rule in seen.readable.items() if rule is False],
            "partly": [name for name, rule in seen.readable.items() if rule is None],
            "acts": [verb.title for verb in verbs_of(model) if verb.does is Does.CREATE and is_offered(who, verb)],
        }

    def _record(self, who: Actor, titles: dict[str, str], places: "_Places") -> dict[str, Any] | None:
        """Say whether the person sees the record that is asked for, None when none is."""
        name, key = request.args.get("model", ""), number_given("id")
        model = _models().get(name)
        if model is None or not key:
            return None
        answer = {"title": titles.get(name, name), "name": name, "id": key, "seen": None}
        seen = row_seen(who, model, key)
        if seen is None:
            return answer
        verbs = [verb for verb in verbs_of(model) if verb.does is not Does.CREATE] if seen.is_visible else []
        return answer | {
            "seen": seen,
            "parts": [places.because(part) for part in seen.parts],
            "hidden": [name for name, is_readable in seen.readable.items() if not is_readable],
            "acts": [verb.title for verb in verbs if is_offered(who, verb, seen.row)],
        }

    def _titles(self) -> dict[str, str]:
        """Return how the pages of the back office call the models."""
        views: Sequence[Any] = self.admin._views  # noqa: SLF001 - no public list
        return {view.model.__name__: translate(view.name) for view in views if getattr(view, "model", None) is not None}


class _Places:
    """Names of units by their paths, read at once for all that an actor holds."""

    def __init__(self, who: Actor) -> None:
        wanted = {*who.headed_paths, *(grant.unit_path for grant in who.grants)} - {EVERYWHERE}
        rows: Any = WorkUnit.select(WorkUnit.path, WorkUnit.name).where(WorkUnit.path.in_(wanted)).tuples()
        self._names: dict[str, str] = dict(rows) if wanted else {}
        self._roles = {role.name: role.title for role in active_registry().roles}

    def name(self, path: str) -> str:
        """Return the name of the unit at `path`."""
        return translate(N_("the whole institution")) if path == EVERYWHERE else self._names.get(path, path)

    def because(self, part: Part) -> str:
        """Return a part in words."""
        role = translate(self._roles.get(part.role, part.role))
        return filled(_BECAUSE[part.because], role=role, place=self.name(part.place))


def _found(who: Actor, words: str) -> list[Account]:
    if not words:
        return []
    query = Account.select().where(as_condition(visible(who, Account)))
    for word in words.split():
        query = query.where(Account.username.contains(word) | Account.display_name.contains(word))
    return list(query.order_by(Account.display_name, Account.id).limit(_FOUND))


def _grants(account: Account, who: Actor) -> list[dict[str, Any]]:
    """Return the roles of an account with their places and permissions, those that hold today marked."""
    roles = {role.name: role for role in active_registry().roles}
    titles = {permission.name: permission.title for permission in active_registry().permissions}
    rows = (
        RoleGrant.select(RoleGrant, WorkUnit)
        .join(WorkUnit, pw.JOIN.LEFT_OUTER)
        .where((RoleGrant.account == account.id) & as_condition(visible(access.actor(), RoleGrant)))
        .order_by(RoleGrant.valid_from.desc(), RoleGrant.id)
    )
    settings = active_registry().settings
    given = {name: [translate(titles.get(one, one)) for one in role.permissions] for name, role in roles.items()}
    return [
        {
            "title": translate(roles[grant.role].title) if grant.role in roles else grant.role,
            "place": grant.unit.name if grant.unit else translate(N_("the whole institution")),
            "since": shown(grant.valid_from, settings),
            "until": shown(grant.valid_to, settings),
            "holds": grant.valid_from <= who.today and (grant.valid_to is None or grant.valid_to >= who.today),
            "permissions": given.get(grant.role, []),
        }
        for grant in rows
    ]


def _models() -> dict[str, type[pw.Model]]:
    return {model.__name__: model for model in active_registry().models if not is_confidential(model)}


def _areas() -> dict[str, list[type[pw.Model]]]:
    """Return the models by area, in the order of the areas; each plugin is an area of its own."""
    found: dict[str, list[type[pw.Model]]] = {name: [] for name in AREAS}
    built_in = {plugin.record.name for plugin in active_registry().plugins if plugin.is_built_in}
    for owner, model in active_registry().owned("register_models"):
        if is_confidential(model):
            continue
        folder = model.__module__.split(".")[1]
        name = owner if owner not in built_in else (folder if folder in AREAS else _REST)
        found.setdefault(name, []).append(model)
    return {name: models for name, models in found.items() if models}


def _area_title(name: str) -> str:
    plugins = {plugin.record.name: plugin.record.title for plugin in active_registry().plugins}
    return translate(AREAS.get(name) or plugins.get(name) or N_("System"))
