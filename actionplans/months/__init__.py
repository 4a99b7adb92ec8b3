from .value import MONTH_NAMES, MonthSet

__all__ = ["MONTH_NAMES", "MonthSet"]
