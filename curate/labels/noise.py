"""Finding wrong labels without a model of one's own: word and letter statistics, cross-validated.

Probabilities come from folds that keep near copies together, since a copy in the training part
would confirm its own error. cleanlab estimates the noise from them and says which labels to doubt;
classes too rare to judge are left alone. Measured on intent data: dropping doubted rows beats
relabelling them.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

LEAST_OF_A_CLASS = 10
_FOLDS = 5
_SEED = 0
_SHARPNESS = 3.0
_MOST_FEATURES = 60_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """One label in doubt: the row's place, what it should rather be, how sure (0 to 1)."""

    row: int
    suggested: str
    score: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found: doubts by falling score, rows judged, the share of labels estimated wrong."""

    doubts: tuple[Doubt, ...]
    judged: int
    noise: float


def doubts(texts: Sequence[str], labels: Sequence[str], groups: Sequence[bytes]) -> Judgement:
    """Return the labels to doubt.

    Args:
        texts: What each row says.
        labels: The label each row carries.
        groups: Rows of one group are never on both sides of a fold.
    """
    counts = Counter(labels)
    rows = [n for n, label in enumerate(labels) if counts[label] >= LEAST_OF_A_CLASS]
    names = sorted({labels[n] for n in rows})
    kept = [groups[n] for n in rows]
    if len(names) < 2 or len(set(kept)) < _FOLDS:  # noqa: PLR2004 - nothing to mistake, or to fold
        return Judgement((), 0, 0.0)
    features = _features([texts[n] for n in rows])
    if features is None:
        return Judgement((), 0, 0.0)
    import numpy as np

    given = np.array([names.index(labels[n]) for n in rows])
    chances = _probabilities(features, given, kept, classes=len(names))
    return _judge(rows, names, given, chances)


def _probabilities(
    features: Any,  # noqa: ANN401 - scipy's sparse matrix
    given: np.ndarray[Any, Any],
    groups: Sequence[bytes],
    *,
    classes: int,
) -> np.ndarray[Any, Any]:
    """Return out-of-fold class probabilities; equal ones where a fold leaves nothing to learn."""
    import numpy as np
    from sklearn.model_selection import StratifiedGroupKFold
    from sklearn.svm import LinearSVC

    chances = np.full((len(given), classes), 1.0 / classes)
    numbers = {group: number for number, group in enumerate(sorted(set(groups)))}
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    places = folds.split(np.zeros(len(given)), given, [numbers[group] for group in groups])
    for train, test in places:
        if not len(test) or len(set(given[train].tolist())) < 2:  # noqa: PLR2004 - no choice
            continue
        model = LinearSVC(C=1.0, class_weight="balanced", random_state=_SEED)
        model.fit(features[train], given[train])
        chances[np.ix_(test, model.classes_)] = _softmax(model.decision_function(features[test]))
    chances /= chances.sum(axis=1, keepdims=True)
    return chances


def _softmax(margins: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return margins as probabilities; sharpened, since margins of a linear machine lie close."""
    import numpy as np

    wide = margins if margins.ndim > 1 else np.stack([-margins, margins], axis=1)
    sharp = np.exp(_SHARPNESS * (wide - wide.max(axis=1, keepdims=True)))
    shares: np.ndarray[Any, Any] = sharp / sharp.sum(axis=1, keepdims=True)
    return shares


def _features(texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy's sparse matrix
    """Return statistics of words and letters, which see no label; None if there are none."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(
        sublinear_tf=True, ngram_range=(1, 2), min_df=2, max_features=_MOST_FEATURES
    )
    letters = TfidfVectorizer(
        sublinear_tf=True,
        analyzer="char_wb",
        ngram_range=(3, 5),
        min_df=3,
        max_features=_MOST_FEATURES,
    )
    parts = []
    for vectorizer in (words, letters):
        with contextlib.suppress(ValueError):  # no term is left of these texts
            parts.append(vectorizer.fit_transform(texts))
    return hstack(parts, format="csr") if parts else None


def _judge(
    rows: Sequence[int],
    names: Sequence[str],
    given: np.ndarray[Any, Any],
    chances: np.ndarray[Any, Any],
) -> Judgement:
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores

    wrong = find_label_issues(given, chances, filter_by="prune_by_noise_rate", n_jobs=1)
    quality = get_label_quality_scores(given, chances, method="normalized_margin")
    found = [
        Doubt(rows[n], names[int(chances[n].argmax())], round(float(1 - quality[n]), 4))
        for n in range(len(rows))
        if wrong[n]
    ]
    found.sort(key=lambda doubt: (-doubt.score, doubt.row))
    return Judgement(tuple(found), len(rows), round(len(found) / len(rows), 4))
