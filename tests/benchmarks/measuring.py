"""How benchmarks measure and print. They compare inside one run on one machine; they are not tests of speed."""

import gc
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


def processor_milliseconds(*calls, repeats: int = REPEATS) -> list[float]:
    """Median processor time of each of `calls`, taken in turns, so that what disturbs the machine disturbs all."""
    times = [[] for _ in calls]
    for call in calls:
        call()
    for _ in range(repeats):
        for call, own in zip(calls, times, strict=True):
            gc.collect()
            began = time.process_time()
            call()
            own.append(1000 * (time.process_time() - began))
    return [statistics.median(own) for own in times]


def report(capsys, line: str) -> None:
    with capsys.disabled():
        print(f"\n  {line}", end="")
