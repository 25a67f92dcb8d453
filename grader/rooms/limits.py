"""How much of the machine one submission may use."""

from __future__ import annotations

from dataclasses import asdict, dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds on one submission: times in seconds of the room's own (see `clock`), sizes in bytes.

    `turn_s`, if it is not 0, is a short turn: a submission that needs longer is given back without a verdict.

    `cell_s` and `call_s` bound one cell and one call of a graded function; a check may take three calls' time.
    Every time-out halves what the next one may take, down to `least_s`, so a notebook full of endless loops
    still has every answer tried within `submission_s`. Cells may use `cells_s` of that; from then on only given
    cells and answers run. `experiment_s` bounds a training cell where trainings have to be run at all.
    """

    turn_s: float = 0.0
    nice: int = 0  # above 0: others get the processor first
    cell_s: float = 10.0
    call_s: float = 10.0
    least_s: float = 2.0
    cells_s: float = 60.0
    experiment_s: float = 60.0
    submission_s: float = 180.0
    judging_s: float = 20.0
    start_s: float = 20.0
    memory: int = 1536 * MIB
    all_memory: int = 2048 * MIB
    processes: int = 32
    open_files: int = 64  # a pair of sockets may hold 400 KB that count for no process
    file_size: int = 64 * MIB
    scratch: int = 64 * MIB
    output: int = MIB
    all_output: int = 4 * MIB
    losses: int = 12

    def to_json(self) -> dict[str, float]:
        """The form that travels to a room."""
        return asdict(self)
