"""Show examples beside the words they rest on.  python examples/cite.py [WORKSPACE [HOW MANY]]."""

import sys

import curate


def main(workspace: str = "examples/company", most: str = "3") -> None:
    """Print questions and answers, and for each the slices of chunks that hold the evidence."""
    release = curate.open(workspace)
    chunks = {row["chunk_id"]: row for row in release.corpus.collect().iter_rows(named=True)}
    for example in release.examples[: int(most)]:
        question, answer = (message["content"] for message in example["messages"])
        print(f"Q  {question}\nA  {answer}")
        for evidence in example["evidence"]:
            chunk = chunks[evidence["chunk_id"]]
            words = chunk["text"][evidence["start"] : evidence["end"]]
            print(f"   {chunk['address']}, page {chunk['page'] or '-'}: {words!r}")
        print()


if __name__ == "__main__":
    main(*sys.argv[1:])
