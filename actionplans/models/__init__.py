from .act import ApprovalAct
from .activity import Activity, ActivityVersion, Component, Responsibility, Task
from .imports import ColumnTemplate, FormTemplate, ImportRun, ImportSource, ImportState
from .indicator import Indicator
from .job import Job
from .plan import ActionPlan, PlanVersion
from .texts import PlanObjective, PlanSection

__all__ = [
    "ActionPlan",
    "Activity",
    "ActivityVersion",
    "ApprovalAct",
    "ColumnTemplate",
    "Component",
    "FormTemplate",
    "ImportRun",
    "ImportSource",
    "ImportState",
    "Indicator",
    "Job",
    "PlanObjective",
    "PlanSection",
    "PlanVersion",
    "Responsibility",
    "Task",
]
