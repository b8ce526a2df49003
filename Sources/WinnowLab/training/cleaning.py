"""Cleans pages with the command, for what is trained or measured on its records."""
import subprocess


def clean(winnow, source, model, output, *options):
    """Cleans with the models of a folder; the records' lines. Exit code 1: some inputs failed, such as an empty text;
    they have records."""
    code = subprocess.run([winnow, "clean", *source, "--quiet", "--model", model, "-o", output, *options]).returncode
    if code > 1:
        raise SystemExit(f"winnow clean ended with {code}")
    with open(output, encoding="utf-8") as records:
        return list(records)
