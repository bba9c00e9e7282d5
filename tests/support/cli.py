"""Calls of the command line inside the test's process."""

from core.cli import run


def answer(capsys, *arguments):
    """Run `kinerja` with `arguments`; return its exit code, standard output and standard error."""
    capsys.readouterr()
    code = run(arguments)
    shown = capsys.readouterr()
    return code, shown.out, shown.err
