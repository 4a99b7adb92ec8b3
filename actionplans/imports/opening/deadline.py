"""How long reading a file may take, whatever it holds."""

import time
from collections.abc import Callable
from io import BytesIO

from actionplans.imports.opening.file_kind import Refused

SECONDS = 20.0
"""Far enough below half a minute for the step that is under way and for a busy machine."""
TOO_SLOW = (
    "El libro tarda demasiado en leerse y se dejó de leer. Copie solo la hoja del plan, con sus valores, "
    "en un libro nuevo y cargue ese."
)


class Deadline:
    """Raises Refused once its time is over; whoever works in a loop asks it again and again."""

    def __init__(self, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def check(self) -> None:
        if self._clock() > self._end:
            raise Refused(TOO_SLOW)


NEVER = Deadline(float("inf"))


class Watched(BytesIO):
    """Bytes that may be read only until the deadline, for those who read them where we cannot ask."""

    def __init__(self, data: bytes, deadline: Deadline) -> None:
        super().__init__(data)
        self._deadline = deadline

    def read(self, size: int | None = -1) -> bytes:
        self._deadline.check()
        return super().read(size)
