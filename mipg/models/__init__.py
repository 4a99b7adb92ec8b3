from .answers import Actor, InstitutionalPlan, PolicyLeadership
from .catalogue import Adoption, Dimension, InstitutionalPlanKind, ModelVersion, Policy

__all__ = [
    "Actor",
    "Adoption",
    "Dimension",
    "InstitutionalPlan",
    "InstitutionalPlanKind",
    "ModelVersion",
    "Policy",
    "PolicyLeadership",
]
