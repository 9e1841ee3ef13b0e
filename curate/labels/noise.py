"""Finding wrong labels without a model of one's own: word and letter statistics, cross-validated.

Probabilities come from folds that keep near copies together, since a copy in the training part
would confirm its own error. A row's fold follows from its own text, so that neither a key nor the
order of rows nor a few rows more move it, and the mean of three divisions evens out the luck of
one. cleanlab estimates from them how many labels are wrong; so many are doubted, those first that
lie furthest from what they carry, and all that another class is far likelier for. Classes too rare
to judge are left alone, and of small ones only what is surer is doubted: a dozen texts teach a class
badly. Measured on intent data: choosing among all rows finds more at the same
precision than choosing class by class, and dropping doubted rows beats relabelling them.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

LEAST_OF_A_CLASS = 10
_FOLDS = 5
_DIVISIONS = 3
_SEED = 0
_EVEN = 0.5  # normalised margin: below it another class is likelier than the given one
_FAR = 0.25  # the same: what is below it is doubted however few were estimated wrong
_SMALL, _LARGE = 50, 75  # rows of a class: how much surer a doubt must be falls to nothing between
_SHARPNESS = 3.0
_MOST_FEATURES = 60_000
_NEAR = 0.01  # of the optimum; labels that nothing tells apart take for ever to come nearer


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
    marks = _marks(texts, groups)
    rows = _judged(labels, marks)
    names = sorted({labels[n] for n in rows})
    if len(names) < 2 or len({groups[n] for n in rows}) < _FOLDS:  # noqa: PLR2004 - none to mistake
        return Judgement((), 0, 0.0)
    features = _features([texts[n] for n in rows])
    if features is None:
        return Judgement((), 0, 0.0)
    import numpy as np

    given = np.array([names.index(labels[n]) for n in rows])
    together = [marks[n][0] for n in rows]
    parts = [_divided(features, given, _folds(together, k)) for k in range(_DIVISIONS)]
    return _judge(rows, names, given, np.mean(parts, axis=0))


def _marks(texts: Sequence[str], groups: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    """Return for each row the mark of its group, which is the least of its rows', and its own.

    They are plain digests of texts, so that no key decides, and never leave the process.
    """
    own = [hashlib.blake2b(t.encode("utf-8", "surrogatepass")).digest() for t in texts]
    least: dict[bytes, bytes] = {}
    for group, mark in zip(groups, own, strict=True):
        least[group] = min(mark, least.get(group, mark))
    return [(least[group], mark) for group, mark in zip(groups, own, strict=True)]


def _judged(labels: Sequence[str], marks: Sequence[tuple[bytes, bytes]]) -> list[int]:
    """Return the rows of classes that are large enough, in an order of their contents alone."""
    counts = Counter(labels)
    rows = [n for n, label in enumerate(labels) if counts[label] >= LEAST_OF_A_CLASS]
    return sorted(rows, key=lambda n: (marks[n], labels[n]))


def _folds(together: Sequence[bytes], division: int) -> np.ndarray[Any, Any]:
    """Return each row's fold, drawn by its group's mark."""
    import numpy as np

    drawn = (hashlib.blake2b(mark, digest_size=8, salt=bytes([division])) for mark in together)
    return np.array([int.from_bytes(one.digest(), "big") % _FOLDS for one in drawn])


def _divided(
    features: Any,  # noqa: ANN401 - scipy's sparse matrix
    given: np.ndarray[Any, Any],
    folds: np.ndarray[Any, Any],
) -> np.ndarray[Any, Any]:
    """Return out-of-fold class probabilities; equal ones where a row's class is not learnt."""
    import numpy as np
    from sklearn.svm import LinearSVC

    classes = int(given.max()) + 1
    chances = np.full((len(given), classes), 1.0 / classes)
    for fold in range(_FOLDS):
        test, train = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        if not len(test) or len(set(given[train].tolist())) < 2:  # noqa: PLR2004 - no choice
            continue
        model = LinearSVC(tol=_NEAR, class_weight="balanced", random_state=_SEED)
        model.fit(features[train], given[train])
        test = test[np.isin(given[test], model.classes_)]  # else there is nothing to tell it by
        if len(test):
            found = _softmax(model.decision_function(features[test]))
            chances[test] = 0.0
            chances[np.ix_(test, model.classes_)] = found
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
    import numpy as np
    from cleanlab.rank import get_label_quality_scores

    quality = get_label_quality_scores(given, chances, method="normalized_margin")
    wrong = quality < _FAR
    wrong[np.argsort(quality, kind="stable")[: _estimated(given, chances)]] = True
    other = chances.argmax(axis=1)
    sure = quality < _EVEN - _caution(given, other, len(names))
    found = [
        Doubt(rows[n], names[int(other[n])], round(float(1 - quality[n]), 4))
        for n in np.flatnonzero(wrong & sure).tolist()
    ]
    found.sort(key=lambda doubt: (-doubt.score, doubt.row))
    return Judgement(tuple(found), len(rows), round(len(found) / len(rows), 4))


def _caution(
    given: np.ndarray[Any, Any], other: np.ndarray[Any, Any], classes: int
) -> np.ndarray[Any, Any]:
    """Return how much surer a doubt must be, by how few rows taught either class: a standard error."""
    import numpy as np

    rows = np.bincount(given, minlength=classes)
    one, two = rows[given], rows[other]
    small = np.clip((_LARGE - np.minimum(one, two)) / (_LARGE - _SMALL), 0, 1)
    cautious: np.ndarray[Any, Any] = small * np.sqrt(1 / one + 1 / two)
    return cautious


def _estimated(given: np.ndarray[Any, Any], chances: np.ndarray[Any, Any]) -> int:
    """Return how many labels are estimated wrong: the joint distribution off its diagonal."""
    from cleanlab.count import compute_confident_joint, estimate_joint

    confident = compute_confident_joint(given, chances)
    joint = estimate_joint(given, chances, confident_joint=confident)
    return round(float(joint.sum() - joint.trace()) * len(given))
