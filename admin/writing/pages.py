"""The pages of a view on which its rows are changed: one form for every verb that makes, corrects or acts on a row."""

from typing import Any

import peewee as pw
from flask import flash, request, url_for
from flask_admin import expose

from admin import access
from admin.writing.attempt import Attempt
from admin.writing.bulk import Bulk
from core.actor import Actor
from core.digits import whole_number
from core.errors import not_found
from core.i18n import translate
from core.policy import fetch, may
from core.verbs.declare import Does, Verb
from core.verbs.performing import is_offered, verbs_of


class WritingPages:
    """What a view adds to its list and its rows for those who may change them."""

    model: Any
    endpoint: Any
    columns: Any

    def offered_verbs(self, row: Any = None) -> list[dict[str, Any]]:
        """Return title and address of each verb that the caller is offered for a row, or for making one."""
        who = access.actor()
        verbs = [verb for verb in verbs_of(self.model) if (verb.does is Does.CREATE) is (row is None)]
        if not verbs:
            return []
        subject = fetch(self.model, row.id, access.context()) if row is not None else None
        return [
            {
                "title": translate(verb.title),
                "url": url_for(f"{self.endpoint}.do_view", verb=verb.name, id=row.id if row is not None else None),
                "does": verb.does.value,
                "is_grave": verb.is_grave or verb.does is Does.ARCHIVE,
                "help": verb.help,
            }
            for verb in verbs
            if is_offered(who, verb, subject)
        ]

    def row_title(self, key: int) -> str:
        """Return what a visible row is called, nothing for one that is hidden or gone."""
        view: Any = self
        row = view.get_one(key)
        return view.shown(row, self.columns[0].name) if row is not None else ""

    def bulk_verbs(self) -> list[dict[str, Any]]:
        """Return title and address of each verb that the caller may try on many rows: which of them, each row says."""
        return [
            {
                "title": translate(verb.title),
                "url": url_for(f"{self.endpoint}.bulk_view", verb=verb.name),
                "does": verb.does.value,
                "is_grave": verb.is_grave or verb.does is Does.ARCHIVE,
            }
            for verb in verbs_of(self.model)
            if _may_try(access.actor(), verb)
        ]

    @expose("/bulk/<verb>", methods=("POST",))
    def bulk_view(self, verb: str) -> Any:
        """Ask what is to be done to the rows that were chosen in the list, and start a run."""
        found = next((one for one in verbs_of(self.model) if one.name == verb), None)
        if found is None or not _may_try(access.actor(), found):
            raise not_found("input", "verb", id=verb)
        bulk = Bulk(self, found)
        if not access.has_form_token():
            flash(translate(access.FORM_TOO_OLD), "bad")
            return bulk.page(403)
        return bulk.start() if "_start" in request.form and "_look" not in request.form else bulk.page(200)

    @expose("/do/<verb>", methods=("GET", "POST"))
    def do_view(self, verb: str) -> Any:
        """Ask for what a verb needs, and do it."""
        attempt = Attempt(self, *self._wanted(verb))
        if request.method == "GET":
            return attempt.page(200)
        if not access.has_form_token():
            flash(translate(access.FORM_TOO_OLD), "bad")
            return attempt.page(403)
        if "_look" in request.form:
            return attempt.page(200)
        return attempt.finish()

    def _wanted(self, name: str) -> tuple[Verb, pw.Model | None]:
        """Return the verb of this view and its row; what the caller is not offered is as absent as what is hidden."""
        verb = next((one for one in verbs_of(self.model) if one.name == name), None)
        if verb is None:
            raise not_found("input", "verb", id=name)
        row = None if verb.does is Does.CREATE else self._row(request.values.get("id", ""))
        if not self._is_allowed(verb, row):
            raise not_found("input", "verb", id=name)
        return verb, row

    def _row(self, text: str) -> pw.Model:
        found: pw.Model = fetch(self.model, whole_number(text) or 0, access.context(), "input", "id")
        return found

    def _is_allowed(self, verb: Verb, row: pw.Model | None) -> bool:
        who = access.actor()
        if row is None or request.method == "GET":
            return is_offered(who, verb, row)
        # The row may have moved on since the form was opened: then the service says so, and what was typed stays.
        return not verb.permission or may(who, verb.permission, verb.subject(row))


def _may_try(who: Actor, verb: Verb) -> bool:
    """Whether a role, or heading a unit, gives the actor anything to do in the area of a verb for many rows."""
    if not verb.may_be_bulk or verb.does is Does.CREATE:
        return False
    area = f"{verb.permission.partition('.')[0]}."
    held = {name for grant in who.grants for name in grant.permissions}
    return bool(who.headed_paths) or any(name.startswith(area) and not name.endswith(".read") for name in held)
