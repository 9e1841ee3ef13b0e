"""Workers as real processes: what one document does to its worker never reaches another document."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from curate import ids
from curate.engine.local import LocalEngine
from curate.engine.recipe import recipe
from curate.engine.work import Given, Item, Tool
from curate.errors import ToolError
from curate.stage import Resources, describe
from curate.tables.wire import unpacked
from tests.engine.orders import Broken, Order, Said, obey, obey_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PRELOAD = ("curate.engine.worker", "tests.engine.orders")
LIMITS = Resources(cpu_seconds=1.5, wall_seconds=4.0, memory=192 << 20)
WAYS_TO_FAIL = {
    "leave": "crashed",
    "kill": "crashed",
    "segfault": "crashed",
    "abort": "crashed",
    "spin": "timeout",
    "sleep": "timeout",
    "eat": "memory_limit",
    "recurse": "too_deep",
    "raise": "failed_ZeroDivisionError",
    "exit": "failed_SystemExit",
    "refuse": "failed_Refusal",
    "decline": "encrypted",
    "surrogate": "failed_UnicodeEncodeError",
    "misfit": "failed_OverflowError",
}

Results = dict[str, tuple[str, tuple[Said, ...]]]


@pytest.fixture
def engine() -> Iterator[LocalEngine]:
    made = LocalEngine(workers=2, preload=PRELOAD)
    yield made
    made.close()


def results(engine: LocalEngine, orders: Sequence[Order], limits: Resources = LIMITS) -> Results:
    """Return code and rows by word; each word is answered exactly once."""
    job = recipe(describe(obey), resources=limits).job
    items = [Item(ids.digest("test", order.word), (Given(order),)) for order in orders]
    words = {ids.digest("test", order.word): order.word for order in orders}
    found: Results = {}
    for table in engine.run(job, items):
        columns = (table.column(name).to_pylist() for name in ("key", "code", "data"))
        for key, code, data in zip(*columns, strict=True):
            assert words[key] not in found
            found[words[key]] = code, unpacked(Said, data)
    assert found.keys() == set(words.values())
    return found


def good(count: int, act: str = "say") -> list[Order]:
    return [Order(act, f"word{number}") for number in range(count)]


def spoken(count: int) -> Results:
    words = [f"word{number}" for number in range(count)]
    return {word: ("", (Said(word.upper(), len(word)),)) for word in words}


def test_each_row_that_fails_is_one_result_with_its_code_and_others_are_unharmed(
    engine: LocalEngine,
) -> None:
    orders = [Order(act, act) for act in WAYS_TO_FAIL]
    for place, order in enumerate(good(60)):
        orders.insert(place * 2 % len(orders), order)

    found = results(engine, orders)

    assert {act: found.pop(act) for act in WAYS_TO_FAIL} == {
        act: (code, ()) for act, code in WAYS_TO_FAIL.items()
    }
    assert found == spoken(60)


@pytest.mark.slow
def test_every_way_to_fail_gives_the_same_code_with_one_worker_and_with_four() -> None:
    orders = [Order(act, f"{act}{n}") for n in range(2) for act in WAYS_TO_FAIL] + good(50)
    found = []
    for workers in (1, 4):
        engine = LocalEngine(workers=workers, preload=PRELOAD)
        found.append(results(engine, orders))
        engine.close()

    assert found[0] == found[1]
    assert {act: found[0][f"{act}1"][0] for act in WAYS_TO_FAIL} == WAYS_TO_FAIL


def test_rows_that_ran_before_the_one_that_kills_its_worker_are_not_run_again(
    engine: LocalEngine,
) -> None:
    orders = [*good(10, "nap")[:3], Order("leave", "bad"), *good(10)[3:]]

    found = results(engine, orders)

    assert found["bad"] == ("crashed", ())
    assert {word: found[word] for word in spoken(10)} == spoken(10)


def test_workers_killed_from_outside_change_no_result(engine: LocalEngine) -> None:
    killed: list[int] = []

    def hunt() -> None:
        while len(killed) < 4:
            time.sleep(0.5)
            for process in _workers(engine)[:1]:
                process.kill()
                killed.append(process.pid)

    engine.warm().fork().end()
    hunter = threading.Thread(target=hunt)
    hunter.start()
    found = results(engine, good(16, "nap"))
    hunter.join()

    assert found == spoken(16)


def test_a_worker_killed_while_it_sends_a_long_result_loses_nothing(engine: LocalEngine) -> None:
    orders = [Order("long", f"word{number}") for number in range(4)]
    job = recipe(describe(obey), resources=LIMITS).job
    items = [Item(ids.digest("test", order.word), (Given(order),)) for order in orders]
    running = engine.run(job, items)
    rows = 0

    for table in running:
        rows += table.num_rows
        if rows == 1:
            time.sleep(0.5)  # the next results fill the pipe meanwhile
            for process in _workers(engine):
                process.kill()

    assert rows == 4


def test_a_server_that_cannot_import_ends_with_a_tool_error_and_no_hang() -> None:
    engine = LocalEngine(workers=2, preload=("no_such_module_anywhere",))
    started = time.monotonic()

    with pytest.raises(ToolError, match="curate doctor") as error:
        results(engine, good(3))
    engine.close()

    assert error.value.exit_code == 1
    assert time.monotonic() - started < 20


def test_a_tool_that_cannot_be_built_ends_the_run_and_blames_no_document(
    engine: LocalEngine,
) -> None:
    tools = {"tool": Tool(Broken, (), "1")}
    job = recipe(describe(obey_with), tools=tools, resources=LIMITS).job
    item = Item(ids.digest("test", "a"), (Given(Order("say", "a")),))

    with pytest.raises(ToolError, match=r"obey_with: .*this tool is not installed") as error:
        list(engine.run(job, [item]))
    assert error.value.exit_code == 1


def test_what_a_library_prints_about_a_document_reaches_no_terminal(
    engine: LocalEngine, capfd: pytest.CaptureFixture[str]
) -> None:
    found = results(engine, [Order("print", "a")])

    out, err = capfd.readouterr()
    assert found["a"][0] == ""
    assert "secret" not in out + err


def test_a_job_that_nobody_listens_to_any_more_leaves_no_answers_behind(
    engine: LocalEngine,
) -> None:
    job = recipe(describe(obey), resources=LIMITS).job
    items = [Item(ids.digest("test", o.word), (Given(o),)) for o in good(200, "nap")]
    running = iter(engine.run(job, items))
    next(running)
    running.close()  # type: ignore[attr-defined]

    assert results(engine, good(5)) == spoken(5)


def test_nothing_is_imported_from_the_folder_a_run_starts_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyarrow.py", "psutil.py", "curate.py"):
        (tmp_path / name).write_text("open('loaded', 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    engine = LocalEngine(workers=1, preload=PRELOAD)

    found = results(engine, good(2))
    engine.close()

    assert found == spoken(2)
    assert not (tmp_path / "loaded").exists()


def test_memory_is_counted_from_the_start_of_the_worker_and_not_for_all_rows_together(
    engine: LocalEngine,
) -> None:
    orders = [Order("long", f"word{number}") for number in range(100)]

    found = results(engine, orders, replace(LIMITS, memory=64 << 20))

    assert {code for code, _ in found.values()} == {""}


@pytest.mark.parametrize("way", ["interrupt", "terminate", "kill"])
def test_when_the_parent_goes_no_process_stays(tmp_path: Path, way: str) -> None:
    program = tmp_path / "parent.py"
    program.write_text(_PARENT)
    root = str(Path(__file__).parents[2])
    parent = subprocess.Popen(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert parent.stdout is not None
    parent.stdout.readline()
    family = psutil.Process(parent.pid).children(recursive=True)

    {
        "interrupt": lambda: parent.send_signal(2),
        "terminate": parent.terminate,
        "kill": parent.kill,
    }[way]()
    parent.wait(timeout=10)
    parent.stdout.close()
    _, alive = psutil.wait_procs(family, timeout=5)

    assert len(family) >= 3
    assert alive == []


def _workers(engine: LocalEngine) -> list[psutil.Process]:
    server = engine.warm()._process
    return psutil.Process(server.pid).children()


_PARENT = """
import threading, time, psutil
from curate import ids
from curate.engine.local import LocalEngine
from curate.engine.recipe import recipe
from curate.engine.work import Given, Item
from curate.stage import Resources, describe
from tests.engine.orders import Order, obey

def tell():
    while len(psutil.Process().children(recursive=True)) < 3:
        time.sleep(0.05)
    time.sleep(0.3)
    print("ready", flush=True)

engine = LocalEngine(workers=2, preload=("curate.engine.worker", "tests.engine.orders"))
items = [Item(ids.digest("test", str(n)), (Given(Order("spin", str(n))),), 1 << 30) for n in range(4)]
threading.Thread(target=tell, daemon=True).start()
try:
    for table in engine.run(recipe(describe(obey), resources=Resources(600, 600, 1 << 30)).job, items):
        pass
finally:
    engine.close()
"""
