"""`grader collect`: any platform's download into submissions/, by content and roster."""

from .command import add_arguments, run

__all__ = ["add_arguments", "run"]
