"""How benchmarks measure and print. They compare inside one run on one machine; they are not tests of speed."""

import statistics
import time

REPEATS = 7


def milliseconds(call, repeats: int = REPEATS) -> float:
    """Median wall time of several calls, after one that warms up."""
    call()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def report(capsys, line: str) -> None:
    with capsys.disabled():
        print(f"\n  {line}", end="")
