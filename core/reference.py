"""Reference data that comes with the program: grades, kinds of position, holidays, and the law's rule sets."""

from core.database import transaction
from core.law.reference import load as load_law
from core.organisation.reference import load as load_organisation
from core.workdays.reference import load as load_workdays


def load_reference_data() -> None:
    """Bring reference data up to date after a migration; running it again changes nothing."""
    with transaction():
        load_organisation()
        load_workdays()
        load_law()
