"""Example data: a year of follow-up in motion, made by the verbs that people use, on the day it is loaded."""
