"""The figures of the regularization lesson: each `show_…` draws what a cell computed, and says in its alt text what came.

    compare(guess, *measured)        what the reader expected, above what came

Sets are dictionaries {"train": (X, Y), ...}; a network is a dictionary of parameters. The three modules behind this one
follow the lesson: up to L2, from dropout on, and "Go further".
"""

from figures_regularization_borders import (
    compare,
    show_confidence,
    show_costs,
    show_opening,
    show_pull,
    show_sweep,
    show_three_fits,
)
from figures_regularization_dropout import (
    same_masks,
    show_borders,
    show_dropped_units,
    show_mirrored,
    show_rising_costs,
    show_starts,
    show_stopping,
    show_three_borders,
    show_two_ways_to_draw,
)
from figures_regularization_further import (
    draw_field,
    mean_of_thinned,
    show_decay,
    show_ensemble,
    show_more_data,
    show_signal,
    show_sizes_of_weights,
    show_tanh,
)

__all__ = [
    "compare",
    "draw_field",
    "mean_of_thinned",
    "same_masks",
    "show_borders",
    "show_confidence",
    "show_costs",
    "show_decay",
    "show_dropped_units",
    "show_ensemble",
    "show_mirrored",
    "show_more_data",
    "show_opening",
    "show_pull",
    "show_rising_costs",
    "show_signal",
    "show_sizes_of_weights",
    "show_starts",
    "show_stopping",
    "show_sweep",
    "show_tanh",
    "show_three_borders",
    "show_three_fits",
    "show_two_ways_to_draw",
]
