"""What peers fail at, as scenarios that run on curate and, where a peer is installed, on the peer.

`make conformance` makes the peers' environments and prints who passes what, as it was really seen;
`python -m tests.conformance.main` prints the same with the environments that are there. The default
test run holds curate to its side of every scenario, without any peer.

`scenarios.py` is the list. A scenario's tests build a small share of real files, run it and look at
what was published. A peer's script in `peers/` runs in an environment of its own, without a network,
and prints what it saw; it imports nothing of curate. The packages are pinned in `peers/*.txt`.

Scenarios of features that do not exist yet are not here. They come with the feature:

- 18 (argilla 2.8.0: pushing changed text under an old id keeps the old answer), and that pushes go
  one way (distilabel, unstructured): comes with the review round trip;
- the second half of 15 (what is gone leaves the vector store too): comes with `curate sync`;
- synthetic-data-kit's judge that never sees the source: comes with judging by a model.
"""
