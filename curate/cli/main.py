"""The command `curate`: parses, calls the library once, shows what came of it."""

from __future__ import annotations

import sys

import typer

from curate.cli import demo, doctor, export, init, plan, report, run, show, trial
from curate.errors import CurateError

app = typer.Typer(
    name="curate",
    help="From a company's documents to a fine-tuning set and a retrieval corpus, in one release.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("run", epilog=run.EXAMPLE)(run.run_command)
app.command("plan", epilog=plan.EXAMPLE)(plan.plan_command)
app.command("init", epilog=init.EXAMPLE)(init.init_command)
app.command("demo", epilog=demo.EXAMPLE)(demo.demo_command)
app.command("try", epilog=trial.EXAMPLE)(trial.try_command)
app.command("show", epilog=show.EXAMPLE)(show.show_command)
app.command("report", epilog=report.EXAMPLE)(report.report_command)
app.command("export", epilog=export.EXAMPLE)(export.export_command)
app.command("doctor", epilog=doctor.EXAMPLE)(doctor.doctor_command)


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app(standalone_mode=True)
    except CurateError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Nothing is lost: the same command goes on from here.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
