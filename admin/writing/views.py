"""The pages of this folder that stand in the menu."""

from admin.writing.approvals import ApprovalsView
from admin.writing.bin import BinView
from admin.writing.runs import RunsView
from core.approval.models import ChangeRequest
from core.bin.models import BinEntry
from core.i18n import N_
from core.plugin_api import AdminView
from core.runs.models import BulkRun

VIEWS = [
    AdminView("approvals", lambda: ApprovalsView(ChangeRequest, N_("Approvals"), "approvals")),
    AdminView("runs", lambda: RunsView(BulkRun, N_("Bulk changes"), "runs")),
    AdminView("bin", lambda: BinView(BinEntry, N_("Bin"), "bin")),
]
