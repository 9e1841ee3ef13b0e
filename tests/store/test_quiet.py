from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from curate.store.quiet import spare_pandas
spare_pandas()
import pyarrow as pa
table = pa.table({"a": [1, None]})
print("pandas" in sys.modules)
print(table.to_pandas().shape)
import pandas
print(pa.array(pandas.Series([1, 2])).to_pylist())
"""


def test_arrow_loads_no_pandas_until_somebody_asks_for_it() -> None:
    call = [sys.executable, "-c", PROGRAM]

    printed = subprocess.run(call, capture_output=True, text=True, check=True, timeout=60).stdout

    assert printed.splitlines() == ["False", "(2, 1)", "[1, 2]"]
