"""Measures how long `milepost serve` takes from a saved file to the changed page."""

import http.client
import os
import re
import subprocess
import sys
import time
from urllib.parse import urlsplit

LONGEST_WAIT = 120  # seconds
POLL = 0.002  # seconds
QUIET = 0.3  # seconds without work after which a preview counts as idle


class Preview:
    """A running `milepost serve` for one site."""

    def __init__(self, milepost, site, log):
        """Starts the preview and waits for its address, which the program prints to `log`."""
        self.log = log
        with open(log, "wb") as output:
            command = [milepost, "serve", site, "--port", "0"]
            self.process = subprocess.Popen(command, stdout=output, stderr=output)
        self.address = self.wait_for_address()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def wait_for_address(self):
        deadline = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < deadline and self.process.poll() is None:
            text = self.log.read_text(encoding="utf-8")
            if found := re.search(r"http://\S+:\d+", text):
                return urlsplit(found[0]).netloc
            time.sleep(0.01)
        sys.exit(f"`milepost serve` printed no address: {self.log.read_text(encoding='utf-8')}")

    def page(self, path):
        connection = http.client.HTTPConnection(self.address, timeout=LONGEST_WAIT)
        connection.request("GET", path)
        body = connection.getresponse().read()
        connection.close()
        return body.decode()

    def cpu_ticks(self):
        """User and system time so far, in the kernel's unit of 10 ms."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def wait_until_idle(self):
        """Waits while the preview works: after each change it renders all pages once."""
        before = -1
        while before != (now := self.cpu_ticks()):
            before = now
            time.sleep(QUIET)


def milliseconds_of_edit(preview, file, page, marker):
    """Puts `marker` at the start of the title in `file`. Returns the time until `page` has it."""
    original = file.read_text(encoding="utf-8")
    changed = original.replace('title = "', f'title = "{marker} ', 1)
    preview.wait_until_idle()
    start = time.monotonic()
    file.write_text(changed, encoding="utf-8")
    while marker not in preview.page(page):
        if time.monotonic() - start > LONGEST_WAIT:
            sys.exit(f"`milepost serve` does not show a change of {os.path.basename(file)}")
        time.sleep(POLL)
    elapsed = time.monotonic() - start
    file.write_text(original, encoding="utf-8")
    return elapsed * 1000


def milliseconds_of_edits(milepost, site, commitments, log):
    """The times of one edit of each of these commitments, in one preview."""
    times = []
    with Preview(milepost, site, log) as preview:
        for number in commitments:
            file = site / f"content/commitments/plan/{number}.toml"
            page = f"/commitments/plan/{number}/"
            times.append(milliseconds_of_edit(preview, file, page, f"Edit{number}"))
    return times
