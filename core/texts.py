"""What may hide in a text: characters that nobody sees and that make it read as something else, or as nothing."""

import unicodedata

_WHITE = "\t\n\r"
_TURNING = "\u202d\u202e"
"""Characters that show the text after them in the other direction."""


def hidden_character(text: str) -> str | None:
    """Return the first control character of a text, other than white space, or the first that turns it round."""
    if text.isprintable():
        return None
    return next((character for character in text if _hides(character)), None)


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen: it is empty, white, or made of joiners and marks without width."""
    return not any(unicodedata.category(character) not in {"Cc", "Cf", "Zs", "Zl", "Zp"} for character in text)


def code_point(character: str) -> str:
    """Return a character as people look it up, like U+202E."""
    return f"U+{ord(character):04X}"


def _hides(character: str) -> bool:
    is_control = unicodedata.category(character) == "Cc" and character not in _WHITE
    return is_control or character in _TURNING
