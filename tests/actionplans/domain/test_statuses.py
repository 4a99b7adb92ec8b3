"""Who writes the status of a version, a report or a period: the doorway of steps, and the moves beside it."""

import ast
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).parents[3] / "actionplans"
DOORWAY = {("domain/workflow.py", "perform")}
MOVES = {
    ("domain/plan.py", "publish_document"),
    ("domain/plan.py", "_supersede_the_one_in_force"),
    ("domain/following/closing/closing.py", "close_period"),
    ("domain/following/closing/closing.py", "reopen_period"),
}
LOAD = {("management/load/closings.py", "close")}
"""Synthetic load writes whole rows, and closes their periods at once."""
IN_MEMORY = {("domain/following/figures/as_of.py", "as_of")}  # reports as they were, read and never saved
JOBS = "jobs/"  # long work has a life of its own


def writers() -> Iterator[tuple[str, str]]:
    """The module and function of each `something.status = …` and `….update(status=…)` of the app."""
    for path in sorted(APP.rglob("*.py")):
        name = str(path.relative_to(APP))
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef) and any(map(writes_a_status, ast.walk(function))):
                yield name, function.name


def writes_a_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        targets = [part for target in node.targets for part in getattr(target, "elts", [target])]
        return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        return any(keyword.arg == "status" for keyword in node.keywords)
    return False


def test_nothing_else_writes_a_status():
    found = {(module, function) for module, function in writers() if not module.startswith(JOBS)}
    assert found - IN_MEMORY == DOORWAY | MOVES | LOAD
