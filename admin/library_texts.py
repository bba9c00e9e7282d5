"""The words of Flask-Admin and WTForms, in the caller's language and from our own catalogue."""

from flask_admin import babel

from core.i18n import translate


class _OurTexts:
    """Looks like a catalogue of gettext, as both libraries ask for one."""

    def ugettext(self, text: str) -> str:
        return translate(text)

    def ungettext(self, singular: str, plural: str, number: int) -> str:
        return translate(singular if number == 1 else plural)


def speak_for_libraries() -> None:
    """Let both libraries look up their texts here: neither has an Indonesian catalogue."""
    texts = _OurTexts()
    for domain in (babel.domain, babel.wtforms_domain):
        # Their modules hold the domain's own functions, which ask it for its catalogue at each text.
        domain.get_translations = lambda: texts
