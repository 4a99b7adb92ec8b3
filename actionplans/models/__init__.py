from .activity import Activity, ActivityVersion, Component, Responsibility, Task
from .imports import ImportRun
from .indicator import Indicator
from .plan import ActionPlan, PlanObjective, PlanSection, PlanVersion

__all__ = [
    "ActionPlan",
    "Activity",
    "ActivityVersion",
    "Component",
    "ImportRun",
    "Indicator",
    "PlanObjective",
    "PlanSection",
    "PlanVersion",
    "Responsibility",
    "Task",
]
