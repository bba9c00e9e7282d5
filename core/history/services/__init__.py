"""The history: checked, shown for one row, and used to bring rows back."""

from core.history.services.restoring import history_of, restore, restore_field
from core.history.services.undoing import undo_batch
from core.history.services.verifying import Fault, Verification, verify

__all__ = ["Fault", "Verification", "history_of", "restore", "restore_field", "undo_batch", "verify"]
