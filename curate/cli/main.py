"""The command `curate`: parses, calls the library once, shows what came of it."""

from __future__ import annotations

import errno
import signal
import sys
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer

from curate import __version__
from curate.cli import (
    demo,
    diff,
    doctor,
    erase,
    export,
    init,
    plan,
    releases,
    report,
    rollback,
    run,
    show,
    trace,
    trial,
)
from curate.cli.frugal import be_frugal
from curate.errors import CurateError, why_unwritten

app = typer.Typer(
    name="curate",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes:  0 done, 1 failed, 2 wrong use or configuration, 3 a gate refused, 75 try later.",
)
app.command("run", epilog=run.EXAMPLE)(run.run_command)
app.command("plan", epilog=plan.EXAMPLE)(plan.plan_command)
app.command("init", epilog=init.EXAMPLE)(init.init_command)
app.command("demo", epilog=demo.EXAMPLE)(demo.demo_command)
app.command("try", epilog=trial.EXAMPLE)(trial.try_command)
app.command("show", epilog=show.EXAMPLE)(show.show_command)
app.command("releases", epilog=releases.EXAMPLE)(releases.releases_command)
app.command("diff", epilog=diff.EXAMPLE)(diff.diff_command)
app.command("trace", epilog=trace.EXAMPLE)(trace.trace_command)
app.command("rollback", epilog=rollback.EXAMPLE)(rollback.rollback_command)
app.command("erase", epilog=erase.EXAMPLE)(erase.erase_command)
app.command("report", epilog=report.EXAMPLE)(report.report_command)
app.command("export", epilog=export.EXAMPLE)(export.export_command)
app.command("doctor", epilog=doctor.EXAMPLE)(doctor.doctor_command)


_STOPPED = (128 + signal.SIGINT, 128 + signal.SIGTERM)


def _say_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"curate {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """From a company's documents to a fine-tuning set and a retrieval corpus, in one release."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    be_frugal()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know no umlaut
    signal.signal(signal.SIGTERM, _terminate)
    try:
        app(prog_name="curate")
    except CurateError as error:
        _leave(str(error), error.exit_code)
    except OSError as error:  # a full disk, a folder that may not be written
        _leave(_refusal(error), 1)
    except SystemExit as ended:
        if ended.code in _STOPPED:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is on its way out
            said = "\nStopped. Nothing is lost: the same command goes on from here."
            _leave(said, int(ended.code))
        raise


def _terminate(number: int, _frame: object) -> NoReturn:
    """End as by Ctrl-C: what is open is closed on the way, workers too."""
    sys.exit(128 + number)


def _refusal(error: OSError) -> str:
    """Return what the system refused, and what to do where it is about writing."""
    place = f"{error.filename}: " if error.filename else ""
    why = why_unwritten(error)
    if why:
        do = "Name" if error.errno == errno.EROFS else "Free some space, or name"
        return f"{place}could not be written: {why}. {do} another place."
    said = error.strerror or str(error).partition("\n")[0] or type(error).__name__
    return f"{place}{said}."


def _leave(message: str, code: int) -> NoReturn:
    sys.stderr.write(f"{message}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
