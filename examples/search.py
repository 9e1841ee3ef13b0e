"""Search the corpus by words, as one reader may.  python examples/search.py WORKSPACE GROUP WORDS..."""

import sys

import lance

import curate

MOST = 3
USAGE = "python examples/search.py WORKSPACE GROUP WORDS..."


def main(workspace: str, group: str, *words: str) -> None:
    """Print the chunks that hold the words and that a group may read, the best first.

    Where no source says who may read, everybody may: there every chunk's access is `unstated`.
    """
    release = curate.open(workspace)
    corpus = lance.dataset(release.workspace.corpus, version=f"release-{release.number}")
    asked = {word.lower() for word in words}
    rows = corpus.to_table(
        columns=["chunk_id", "address", "heading_path", "index_text"],
        filter=f"array_has_any(access, ['{group}', 'unstated'])"
        if group.isidentifier()
        else "false",
    ).to_pylist()
    ranked = sorted(rows, key=lambda row: (-_score(row["index_text"], asked), row["chunk_id"]))
    for row in ranked[:MOST]:
        print(row["address"], *row["heading_path"], sep=" › ")


def _score(text: str, asked: set[str]) -> float:
    words = [word.strip(".,:;?!()").lower() for word in text.split()]
    return len(asked & set(words)) + sum(word in asked for word in words) / (len(words) + 1)


if __name__ == "__main__":
    if len(sys.argv) < 4:  # noqa: PLR2004
        raise SystemExit(f"Usage: {USAGE}")
    main(*sys.argv[1:])
