from .act import ApprovalAct
from .activity import Activity, ActivityVersion, Component, Responsibility, Task
from .closing import ClosedFigure, Closing, Reopening
from .evidence import Evidence
from .imports import ColumnTemplate, FormTemplate, ImportRun, ImportSource, ImportState
from .indicator import Indicator
from .issued import IssuedFile
from .job import Job
from .light import IndicatorLight
from .offline import OfflineUpload
from .period import Extension, ReportingPeriod
from .plan import ActionPlan, PlanVersion
from .reminder import ReminderSent
from .report import (
    Contribution,
    Correction,
    Measurement,
    Report,
    ReportDraft,
    ReportRevision,
    Validation,
    Verification,
)
from .search import SearchEntry
from .texts import PlanObjective, PlanSection

__all__ = [
    "ActionPlan",
    "Activity",
    "ActivityVersion",
    "ApprovalAct",
    "ClosedFigure",
    "Closing",
    "ColumnTemplate",
    "Component",
    "Contribution",
    "Correction",
    "Evidence",
    "Extension",
    "FormTemplate",
    "ImportRun",
    "ImportSource",
    "ImportState",
    "Indicator",
    "IndicatorLight",
    "IssuedFile",
    "Job",
    "Measurement",
    "OfflineUpload",
    "PlanObjective",
    "PlanSection",
    "PlanVersion",
    "ReminderSent",
    "Reopening",
    "Report",
    "ReportDraft",
    "ReportRevision",
    "ReportingPeriod",
    "Responsibility",
    "SearchEntry",
    "Task",
    "Validation",
    "Verification",
]
