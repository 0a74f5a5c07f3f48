"""Starts one program and prints what it costs: CPU seconds, wall seconds, peak memory in MiB.

    python3 -I -S benches/starter.py PROGRAM ARGUMENT...

CPU is user and system time of the program and of those that it starts and waits for. Linux counts
the peak of a new process from the memory of the process that starts it. Therefore this script
imports next to nothing: its own 9 MiB are less than any program here needs.
"""

import os
import sys
import time

silence = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
start = time.monotonic()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silence)
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - start
print(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
