from .act import ApprovalAct
from .activity import Activity, ActivityVersion, Component, Responsibility, Task
from .imports import FormTemplate, ImportRun
from .indicator import Indicator
from .plan import ActionPlan, PlanVersion
from .texts import PlanObjective, PlanSection

__all__ = [
    "ActionPlan",
    "Activity",
    "ActivityVersion",
    "ApprovalAct",
    "Component",
    "FormTemplate",
    "ImportRun",
    "Indicator",
    "PlanObjective",
    "PlanSection",
    "PlanVersion",
    "Responsibility",
    "Task",
]
