#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Build, check or serve the archive: see ``python build.py --help``.

Any Python can read this file, to say which one is needed. Where ``.venv`` has what this one lacks, it is used.
"""

import os
import sys

if __name__ == "__main__":
    try:
        lacking = "python"
        if sys.version_info >= (3, 11):
            from expoarchive.cli import start

            sys.exit(start())
    except ImportError as error:
        if (error.name or "").startswith("expoarchive."):
            raise
        lacking = "packages"
    except KeyboardInterrupt:
        sys.exit(130)

    file = os.path.abspath(__file__)
    venv = os.path.join(os.path.dirname(file), ".venv")
    windows = os.name == "nt"
    python = os.path.join(venv, "Scripts", "python.exe") if windows else os.path.join(venv, "bin", "python")
    if os.path.exists(python) and os.path.realpath(sys.prefix) != os.path.realpath(venv):
        arguments = [python, file] + sys.argv[1:]
        if windows:
            import subprocess

            sys.exit(subprocess.call(arguments))
        os.execv(python, arguments)

    # One line, whatever shell it is typed into.
    maker = "python3.11" if lacking == "python" else os.path.basename(sys.executable)
    cure = maker + " -m venv .venv && .venv/bin/python -m pip install -r requirements.lock"
    if windows:
        cure = 'cmd /c "py -m venv .venv && .venv\\Scripts\\python -m pip install -r requirements.lock"'
    version = "%d.%d" % sys.version_info[:2]
    says = {
        "python": "Python 3.11 or newer is needed, this is " + version + ". With a newer one run:\n"
        "需要 Python 3.11 或更新版本，现为 " + version + "。请用新版本运行：\n",
        "packages": "The packages that the generator needs are not installed. Run this, then try again:\n"
        "生成器所需的程序包尚未安装。请先运行下面这一行，再重试：\n",
    }
    sys.stderr.write(says[lacking] + "  " + cure + "\n")
    sys.exit(1)
