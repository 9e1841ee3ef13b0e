"""Labels that look wrong: cleanlab over probabilities that no row had a part in."""

from curate.labels.noise import Doubt, Judgement, doubts

__all__ = ["Doubt", "Judgement", "doubts"]
