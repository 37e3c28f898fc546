"""``new site``: a small working archive of another expo, with everything that makes it.

What it begins with is the expo of the generator's own tests: it is built at every change, so it works.
"""

import argparse
import shutil
from pathlib import Path

from expoarchive.cli.main import complain, is_path, say

PROJECT = Path(__file__).resolve().parents[2]
STARTER = "tests/expo"
# All that a build and its publication need. The tests stay behind: they look at the archive they are kept with.
COPIED = (
    ".gitignore",
    "Makefile",
    "build.py",
    "expoarchive",
    "templates",
    "tools/audit.py",
    "tools/lock.sh",
    "tools/needs.sh",
    "requirements.in",
    "requirements.lock",
    "requirements-dev.in",
    "requirements-dev.lock",
    "package.json",
    "package-lock.json",
    ".github/dependabot.yml",
    ".github/workflows/audit.yml",
)
WORKFLOW = ".github/workflows/pages.yml"
MADE = {
    "en": "made {folder}: the archive of an invented fair, to be replaced by yours.\n"
    "Next: cd {folder}, python build.py serve; docs/another-expo.md of the generator walks you through it.",
    "zh": "已建立 {folder}：一个虚构展会的档案，请逐步换成您的内容。\n"
    "接下来：cd {folder}，运行 python build.py serve；生成器的 docs/another-expo.md 有逐步说明。",
}
BAD_NAME = {"en": "“{folder}” cannot be the name of a folder", "zh": "“{folder}”不能作文件夹的名称"}
TAKEN = {"en": "{folder} is there and not empty: nothing was changed", "zh": "{folder} 已存在且不为空，未作改动"}
BARE = {
    "en": "this copy of the generator has no {name}: use a whole clone of it",
    "zh": "这份生成器中没有 {name}，请使用完整的克隆",
}


def run_new_site(root: Path, options: argparse.Namespace, language: str) -> int:
    """Lay out the new archive in a folder of its own, which must be empty or not there."""
    if not is_path(options.name):
        complain(BAD_NAME[language].format(folder=options.name))
        return 2
    folder = root / options.name
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        complain(TAKEN[language].format(folder=options.name))
        return 1
    lacking = next((name for name in (STARTER, WORKFLOW, *COPIED) if not (PROJECT / name).exists()), None)
    if lacking is not None:
        complain(BARE[language].format(name=lacking))
        return 1
    shutil.copytree(PROJECT / STARTER, folder, dirs_exist_ok=True)
    for name in COPIED:
        _copy(PROJECT / name, folder / name)
    (folder / WORKFLOW).write_text(published(), "utf-8")
    say(MADE[language].format(folder=options.name))
    return 0


def published() -> str:
    """The workflow that publishes, which checks the content where the generator's own runs its tests."""
    text = (PROJECT / WORKFLOW).read_text("utf-8")
    text = text.replace("# Tests every push to main; publishes the site on GitHub Pages if they pass.", _ABOUT)
    return text.replace(
        "- name: Test\n        run: make test\n", "- name: Check\n        run: make check FORMAT=github\n"
    )


_ABOUT = "# Checks every push to main; publishes the site on GitHub Pages if nothing is wrong."


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)
