from .audit import AuditChain, AuditEvent
from .entity import Entity, Office
from .framework import (
    Approach,
    Axis,
    FrameworkSection,
    Line,
    Objective,
    Pillar,
    Principle,
    Programme,
    Purpose,
    StrategicFramework,
    Value,
)
from .people import Membership, User

__all__ = [
    "Approach",
    "AuditChain",
    "AuditEvent",
    "Axis",
    "Entity",
    "FrameworkSection",
    "Line",
    "Membership",
    "Objective",
    "Office",
    "Pillar",
    "Principle",
    "Programme",
    "Purpose",
    "StrategicFramework",
    "User",
    "Value",
]
