"""Whether a pinned package has a known hole: ``python -m tools.audit``, which ``make audit`` and a weekly run do.

The answer is good only if every package of the locks was looked up. A database that cannot be reached, or that lacks a
package, says nothing: that fails too, with a message of its own.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-inspect.lock", "requirements-dev.lock")
WELL = "{name}: {count} pinned packages, none with a known hole. / {count} 个锁定的包均无已知漏洞。"
HOLES = (
    "{name}: known holes in pinned packages. Renew these, by make lock PACKAGES='…' or in package.json.\n"
    "锁定的包有已知漏洞，请更新："
)
UNKNOWN = (
    "{name}: not every pinned package could be looked up, so nothing is known. Is there a network? {why}\n"
    "未能查询全部锁定的包，有无漏洞不得而知。网络是否可用？"
)


class Unknown(Exception):
    """Why not every package could be looked up."""


def main() -> int:
    """Ask about Python's and npm's packages; 0 if all were looked up and none has a hole."""
    fine = True
    for name, audit in (("pip-audit", python_holes), ("npm audit", npm_holes)):
        fine &= is_well(name, audit)
    return 0 if fine else 1


def is_well(name: str, audit: Callable[[], tuple[int, list[str]]]) -> bool:
    """Print the result of one of the two."""
    try:
        count, holes = audit()
    except Unknown as error:
        print(UNKNOWN.format(name=name, why=error), file=sys.stderr)
        return False
    if holes:
        print(HOLES.format(name=name), *holes, sep="\n  ", file=sys.stderr)
        return False
    print(WELL.format(name=name, count=count))
    return True


def python_holes() -> tuple[int, list[str]]:
    """How many Python packages were looked up, and the holes."""
    texts = {lock: (ROOT / lock).read_text("utf-8") for lock in LOCKS}
    with TemporaryDirectory() as folder:
        for lock, text in texts.items():
            # Without markers: pip-audit skips what only another system or another Python would install.
            (Path(folder) / lock).write_text(re.sub(r" ;[^\\\n]*", " ", text), "utf-8")
        options = ["--strict", "--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json"]
        report = report_of("pip-audit", *options, *(f"--requirement={Path(folder) / lock}" for lock in LOCKS))
    pinned = {pin for text in texts.values() for pin in re.findall(r"^([a-z0-9-]+==[^ \n]+)", text, re.MULTILINE)}
    answers = {f"{one['name']}=={one['version']}": one["vulns"] for one in report["dependencies"] if "vulns" in one}
    if lacking := sorted(pinned - answers.keys()):
        raise Unknown(", ".join(lacking))
    return len(pinned), [f"{pin}: {hole['id']}" for pin, holes in answers.items() for hole in holes]


def npm_holes() -> tuple[int, list[str]]:
    """How many npm packages were looked up, and which have holes."""
    pinned = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"].keys() - {""}
    report = report_of("npm", "audit", "--json", "--include=dev")
    if "vulnerabilities" not in report:
        raise Unknown(str(report.get("message") or report.get("error")))
    return len(pinned), [f"{name}: {one['severity']}" for name, one in sorted(report["vulnerabilities"].items())]


def report_of(*command: str) -> dict[str, Any]:
    """The report of an auditor. Its exit code is no help: it fails both with holes and without an answer."""
    try:
        process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Unknown(f"{command[0]}: {error.strerror}") from None
    try:
        report: dict[str, Any] = json.loads(process.stdout)
    except ValueError:
        raise Unknown(process.stderr.strip().rpartition("\n")[2]) from None
    return report


if __name__ == "__main__":
    sys.exit(main())
