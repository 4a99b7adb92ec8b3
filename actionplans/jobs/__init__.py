"""Long work, done outside the request: asked for with `start`, worked off by `manage.py run_jobs`."""

from .contract import Cancelled, JobRefused, Kind, Outcome, Says
from .running import cancel, start

__all__ = ["Cancelled", "JobRefused", "Kind", "Outcome", "Says", "cancel", "start"]
