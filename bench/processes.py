"""What processes cost: CPU time and memory, asked from the operating system."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

_NANO = 1e-9


@dataclass(frozen=True)
class Running:
    """A process: its memory (resident, in megabytes of 10⁶ bytes) and its command line."""

    pid: int
    parent: int
    megabytes: float
    command: str


def cpu_seconds(pid: int) -> float:
    """CPU time that the process has used so far: to the nanosecond on Linux, else to 10 ms."""
    threads = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
    if threads:
        return sum(int(thread.read_text().split()[0]) for thread in threads) * _NANO
    minutes, _colon, seconds = _ps("-o", "time=", "-p", str(pid)).strip().rpartition(":")
    *hours, left = (int(part) for part in minutes.split(":"))
    return (sum(hours) * 60 + left) * 60 + float(seconds)


def family(pid: int) -> list[Running]:
    """The process and all that it or its children have started, itself first."""
    everyone = [_running(line) for line in _ps("-A", "-o", "pid=,ppid=,rss=,args=").splitlines()]
    found = [one for one in everyone if one.pid == pid]
    for parent in found:
        found.extend(one for one in everyone if one.parent == parent.pid)
    return found


def _running(line: str) -> Running:
    pid, parent, kilobytes, *command = line.split(None, 3)
    return Running(int(pid), int(parent), int(kilobytes) * 1024 / 1e6, "".join(command))


def _ps(*arguments: str) -> str:
    return subprocess.run(["ps", *arguments], capture_output=True, text=True, check=True).stdout
