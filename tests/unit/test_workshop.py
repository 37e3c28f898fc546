"""make and its helpers say what lacks, in English and Chinese, and remove only what they made."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.sites import ROOT

BASH = shutil.which("bash") or "/bin/bash"
LOCKS = ("requirements.lock", "requirements-inspect.lock", "requirements-dev.lock")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The folder of programs of a bare machine whose user is not root."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program(programs, "id", "echo 1000")
    return programs


def program(folder: Path, name: str, script: str) -> None:
    """Put a small program there."""
    path = folder / name
    path.write_text(f"#!{BASH}\n{script}\n", "utf-8")
    path.chmod(0o755)


def needs(machine: Path, *arguments: str) -> tuple[int, str, str]:
    """Run tools/needs.sh there: exit code, what it printed, what it complained of."""
    ran = subprocess.run(
        [BASH, ROOT / "tools" / "needs.sh", *arguments],
        env={"PATH": str(machine)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_a_new_enough_python_is_found_under_any_name(machine: Path) -> None:
    """The first that is new enough and can make a .venv, also where `python3` is an old one."""
    program(machine, "python3", 'case "$1" in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    program(machine, "python3.12", "exit 0")

    assert needs(machine, "python") == (0, f"{machine / 'python3.12'}\n", "")


def test_an_old_python_is_named_with_what_to_install(machine: Path) -> None:
    """In both languages, with Debian's names."""
    program(machine, "python3", 'case "$1" in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    status, _, said = needs(machine, "python")

    assert status == 1
    assert "Python 3.11 or newer is needed; found: Python 3.9.2." in said
    assert "需要 Python 3.11 或更新版本；现有：Python 3.9.2。" in said
    assert said.count("apt-get install python3 python3-venv") == 2


def test_a_python_without_venv_names_debians_package(machine: Path) -> None:
    """Debian ships the module in a package of its own."""
    program(machine, "python3", 'case "$2" in *ensurepip*) exit 1 ;; *) exit 0 ;; esac')
    status, _, said = needs(machine, "python")

    assert status == 1
    assert "python3 has no venv module" in said
    assert "python3 缺少 venv 模块" in said
    assert said.count("apt-get install python3-venv") == 2


def test_a_machine_without_python_is_told_so(machine: Path) -> None:
    """None at all is worded too."""
    status, _, said = needs(machine, "python")

    assert status == 1
    assert "found: none." in said
    assert "现有：无。" in said


def test_all_programs_that_lack_are_named_at_once(machine: Path) -> None:
    """With one command that gets them all."""
    program(machine, "npm", "exit 0")
    status, _, said = needs(machine, "java", "npm", "chromium")

    assert status == 1
    assert "The tests need java chromium," in said
    assert "测试需要 java chromium，" in said
    assert said.count("apt-get install -y default-jre-headless chromium\n") == 2


def test_chromium_is_found_under_its_other_name(machine: Path) -> None:
    """Some systems call it chromium-browser."""
    program(machine, "chromium-browser", "exit 0")

    assert needs(machine, "chromium") == (0, "", "")


def test_root_on_debian_gets_what_lacks(machine: Path) -> None:
    """After an update of the package lists, and said aloud."""
    program(machine, "id", "echo 0")
    program(machine, "java-to-come", "exit 0")
    install = f"[[ $1 == update ]] || {shutil.which('mv')} {machine}/java-to-come {machine}/java"
    program(machine, "apt-get", f'echo "$*" >> {machine}/asked\n{install}')
    status, _, said = needs(machine, "java")

    assert status == 0
    assert (
        machine / "asked"
    ).read_text() == "update -qq\ninstall -y -qq --no-install-recommends default-jre-headless\n"
    assert "Installing default-jre-headless with apt-get" in said


@pytest.mark.parametrize("user", ["1000", "0"])
def test_any_chromium_does_where_the_quick_one_cannot_be_had(machine: Path, user: str) -> None:
    """Without the right to install, or on a system without that package."""
    program(machine, "id", f"echo {user}")
    program(machine, "apt-get", "exit 100")
    program(machine, "chromium", "exit 0")

    assert needs(machine, "browser")[0] == 0


def test_root_on_debian_gets_the_browser_without_windows(machine: Path) -> None:
    """Though another is there: a page takes a third of the time in it."""
    program(machine, "id", "echo 0")
    program(machine, "chromium", "exit 0")
    program(machine, "shell-to-come", "exit 0")
    install = f"[[ $1 == update ]] || {shutil.which('mv')} {machine}/shell-to-come {machine}/chromium-headless-shell"
    program(machine, "apt-get", f'echo "$*" >> {machine}/asked\n{install}')

    assert needs(machine, "browser")[0] == 0
    assert "chromium-headless-shell" in (machine / "asked").read_text()


def test_an_installation_that_fails_ends_in_the_same_advice(machine: Path) -> None:
    """No network, for one."""
    program(machine, "id", "echo 0")
    program(machine, "apt-get", "exit 100")
    status, _, said = needs(machine, "chromium")

    assert status == 1
    assert "The tests need chromium," in said


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the Makefile, its tools and the locks."""
    folder = tmp_path / "a clone"
    (folder / "tools").mkdir(parents=True)
    for name in ("Makefile", *LOCKS, "package.json", "package-lock.json"):
        shutil.copy2(ROOT / name, folder / name)
    for name in ("needs.sh", "lock.sh", "where.sh"):
        shutil.copy2(ROOT / "tools" / name, folder / "tools" / name)
    for name in ("benchmarks", "expoarchive", "tests"):
        (folder / name).mkdir()
    return folder


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make there, as from a terminal of its own."""
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder.parent), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_clean_leaves_what_make_did_not_make(clone: Path) -> None:
    """An environment, modules or an output folder of somebody else's stay, and so does what a link leads to."""
    kept = [
        clone / ".venv" / "mine",
        clone / "node_modules" / "mine",
        clone / "output" / "mine",
        clone.parent / "far" / "x",
    ]
    for path in kept:
        path.parent.mkdir()
        path.write_text("")
    (clone / ".mypy_cache").symlink_to(clone.parent / "far")
    ran = make(clone, "clean")

    assert ran.returncode == 0, ran.stderr
    assert [path for path in kept if not path.exists()] == []
    assert not (clone / ".mypy_cache").is_symlink()


def test_clean_removes_what_make_made(clone: Path) -> None:
    """Known by the marks that make and the build leave."""
    made = [clone / ".venv", clone / "node_modules", clone / "output", clone / "tests" / "__pycache__"]
    made += [clone / "benchmarks" / "__pycache__", clone / "benchmarks" / ".peers"]
    marks = (".made-by-make", ".installed-1", ".expoarchive.json", "x.pyc", "x.pyc", "x")
    for folder, mark in zip(made, marks, strict=True):
        folder.mkdir()
        (folder / mark).write_text("")
    ran = make(clone, "clean")

    assert ran.returncode == 0, ran.stderr
    assert [path for path in made if path.exists()] == []


def test_a_second_run_installs_nothing(clone: Path) -> None:
    """The stamp is named for the lock's content, so a lock that was only touched counts as the same."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    program(clone / ".venv" / "bin", "python", 'echo "$*" >> asked')
    first = make(clone, "site")
    (clone / "asked").unlink()
    (clone / "requirements.lock").touch()
    second = make(clone, "site")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert (clone / "asked").read_text() == "build.py build\n"


def test_a_changed_lock_is_installed_at_once(clone: Path) -> None:
    """Without anything else to run."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    program(clone / ".venv" / "bin", "python", 'echo "$*" >> asked')
    make(clone, "site")
    (clone / "asked").unlink()
    (clone / "requirements.lock").write_text("jinja2==9.9\n")
    make(clone, "site")

    assert "install" in (clone / "asked").read_text()


def test_the_address_of_publication_is_passed_to_the_build(clone: Path) -> None:
    """An empty base path is the host's root, not the configured path. Whatever is in a word stays one word."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    program(clone / ".venv" / "bin", "python", 'echo "$*" >> asked')
    make(clone, "site", ADDRESS="https://example.org", BASE_PATH="/repo")
    make(clone, "site", ADDRESS="https://example.org", BASE_PATH="")
    make(clone, "site", REPOSITORY="https://example.org/a $(touch pasted)")
    asked = (clone / "asked").read_text().splitlines()

    assert not (clone / "pasted").exists()
    assert [line.strip() for line in asked if line.startswith("build.py")] == [
        "build.py build --address https://example.org --base-path /repo",
        "build.py build --address https://example.org --base-path",
        "build.py build --repository https://example.org/a $(touch pasted)",
    ]


def test_make_alone_lists_what_it_can_do(clone: Path) -> None:
    """In both languages."""
    said = make(clone).stdout

    for target in ("site", "serve", "check", "test", "verify", "clean"):
        assert f"\n  {target} " in said
    assert "生成网站" in said


def test_what_takes_hours_is_run_apart_and_says_so(clone: Path) -> None:
    """The long tests are what one sits through."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    program(clone / ".venv" / "bin", "python", "exit 0")
    lines = {line.split()[0]: line for line in make(clone).stdout.splitlines() if line.startswith("  ")}

    assert "(hours)" in lines["mutation"]
    assert "(an hour or two)" in lines["verify"]
    assert "some hours" in make(clone, "mutation").stdout


def runs_pip(clone: Path, wheels: Path) -> dict[str, str]:
    """Let the clone's environment have a pip that finds files in one folder alone, and installs into another."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    program(clone / ".venv" / "bin", "python", f'exec "{sys.executable}" "$@"')
    (clone / "build.py").write_text("print('built')")
    wheels.mkdir()
    target = clone.parent / "installed"
    return {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_TARGET": str(target),
        "PIP_CONFIG_FILE": "/dev/null",
    }


def lay_wheel(folder: Path) -> str:
    """Put a package of one empty module there; the digest of the file."""
    file = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as wheel:
        wheel.writestr("tiny.py", "")
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("tiny-1.0.dist-info/RECORD", "")
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("line", ["tiny==1.0", f"tiny==1.0 --hash=sha256:{'0' * 64}"], ids=["none", "another"])
def test_a_file_whose_digest_is_not_in_the_lock_is_not_installed(clone: Path, line: str) -> None:
    """Whoever serves it. With its digest it is."""
    served = runs_pip(clone, clone.parent / "wheels")
    digest = lay_wheel(clone.parent / "wheels")
    (clone / "requirements.lock").write_text(f"{line}\n")
    refused = make(clone, "site", **served)
    (clone / "requirements.lock").write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
    allowed = make(clone, "site", **served)

    assert "hash" in refused.stderr.lower()
    assert "built" not in refused.stdout
    assert (allowed.returncode, "built" in allowed.stdout) == (0, True), allowed.stderr
    assert (clone.parent / "installed" / "tiny.py").is_file()


def test_nothing_that_is_installed_is_built_from_its_source(clone: Path) -> None:
    """What builds it would be fetched without a digest, and run."""
    served = runs_pip(clone, clone.parent / "wheels")
    files = {
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        "PKG-INFO": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        "backend.py": f"import pathlib\npathlib.Path({str(clone / 'ran')!r}).touch()\n",
    }
    source = clone.parent / "wheels" / "tiny-1.0.tar.gz"
    with tarfile.open(source, "w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"tiny-1.0/{name}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    (clone / "requirements.lock").write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
    ran = make(clone, "site", **served)

    assert ran.returncode != 0
    assert not (clone / "ran").exists()


def lay_packages(clone: Path, **nodes: str) -> None:
    """Name packages in package.json, each of a file beside it that says which Node it is for."""
    listed = {}
    for name, node in nodes.items():
        text = json.dumps({"name": name, "version": "1.0.0", "engines": {"node": node}})
        listed[name] = f"file:{name}.tgz"
        with tarfile.open(clone / f"{name}.tgz", "w:gz") as archive:
            entry = tarfile.TarInfo("package/package.json")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    always, *others = listed.items()
    own = {"name": "checkers", "dependencies": dict([always]), "devDependencies": dict(others)}
    locked = {
        f"node_modules/{name}": {
            "version": "1.0.0",
            "resolved": file,
            "engines": {"node": nodes[name]},
            "dev": name != always[0],
        }
        for name, file in listed.items()
    }
    lock = {"name": "checkers", "lockfileVersion": 3, "requires": True, "packages": {"": own} | locked}
    (clone / "package.json").write_text(json.dumps(own))
    (clone / "package-lock.json").write_text(json.dumps(lock))


def test_a_package_that_is_not_for_this_node_is_an_error(clone: Path) -> None:
    """It is named with the Node it wants, where npm would leave it out or install it all the same."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    program(clone / ".venv" / "bin", "python", "exit 0")
    lay_packages(clone, checker="*", lighthouse=">=9999")
    ran = make(clone, "verify")

    assert ran.returncode != 0
    assert "lighthouse@1.0.0" in ran.stderr
    assert '"node":">=9999"' in ran.stderr


def test_the_long_tests_have_all_packages_and_the_others_fewer(clone: Path) -> None:
    """Whoever runs `make test` need not wait for a hundred that it does not use."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    program(clone / ".venv" / "bin", "python", "exit 0")
    lay_packages(clone, checker="*", lighthouse="*")
    names = []
    for target in ("test", "verify"):
        ran = make(clone, target)
        assert ran.returncode == 0, ran.stderr
        assert "mutation" not in ran.stdout
        names.append(sorted(path.name for path in (clone / "node_modules").iterdir() if path.name[0] != "."))

    assert names == [["checker"], ["checker", "lighthouse"]]


def test_a_package_that_has_gone_since_is_named(clone: Path) -> None:
    """Rather than the tests fail for want of it, one by one."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    program(clone / ".venv" / "bin", "python", "exit 0")
    lay_packages(clone, checker="*", lighthouse="*")
    assert make(clone, "verify").returncode == 0
    shutil.rmtree(clone / "node_modules" / "lighthouse")

    ran = make(clone, "verify")

    assert ran.returncode != 0
    assert "missing: lighthouse@" in ran.stderr
    assert "rm -r node_modules" in ran.stderr
    assert "pytest" not in ran.stdout


# Like the real one, it passes over what has a marker; unlike it in strict mode, it makes nothing of what it lacks.
PIP_AUDIT = f"""#!{sys.executable}
import json, os, re, sys
from pathlib import Path
text = "".join(Path(word.partition("=")[2]).read_text() for word in sys.argv if word.startswith("--requirement="))
pins = re.findall(r"^([a-z0-9-]+)==(\\S+) \\\\$", text, re.MULTILINE)
hole, lacking = os.environ.get("HOLE"), os.environ.get("LACKING")
print(json.dumps({{"dependencies": [
    {{"name": name, "version": version, "vulns": [{{"id": "PYSEC-1"}}] if name == hole else []}}
    for name, version in pins if name != lacking
]}}))
sys.exit(hole is not None)
"""
NPM = {"auditReportVersion": 2, "vulnerabilities": {}}


@pytest.fixture
def audited(clone: Path) -> Path:
    """A clone whose auditors answer what the environment says."""
    programs = clone / ".venv" / "bin"
    programs.mkdir(parents=True)
    program(programs, "python", f'[[ "$2" == pip ]] || exec "{sys.executable}" "$@"')
    (programs / "pip-audit").write_text(PIP_AUDIT)
    (programs / "pip-audit").chmod(0o755)
    program(programs, "npm", 'echo "$NPM"')
    shutil.copy2(ROOT / "tools" / "audit.py", clone / "tools" / "audit.py")
    return clone


def test_all_is_well_if_every_package_was_looked_up(audited: Path) -> None:
    """Those that another system alone would install among them."""
    text = "".join((audited / lock).read_text() for lock in LOCKS)
    ran = make(audited, "audit", NPM=json.dumps(NPM))

    assert "sys_platform == 'win32'" in text
    assert ran.returncode == 0, ran.stderr
    assert f"pip-audit: {text.count('==') - text.count(' == ')} pinned packages, none with a known hole." in ran.stdout


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"HOLE": "jinja2"}, "pip-audit: known holes"),
        ({"LACKING": "jinja2"}, "pip-audit: not every pinned package could be looked up"),
        ({"NPM": '{"vulnerabilities": {"ws": {"severity": "high"}}}'}, "npm audit: known holes"),
        ({"NPM": '{"message": "405 Method Not Allowed"}'}, "npm audit: not every pinned package could be looked up"),
        ({"NPM": ""}, "npm audit: not every pinned package could be looked up"),
    ],
    ids=["hole", "not looked up", "hole of npm", "refused by npm", "silent npm"],
)
def test_a_hole_and_a_package_that_was_not_looked_up_are_failures(
    audited: Path, answers: dict[str, str], said: str
) -> None:
    """Told apart, and the other half of the audit is made all the same."""
    ran = make(audited, "audit", **{"NPM": json.dumps(NPM)} | answers)

    assert ran.returncode != 0
    assert said in ran.stderr
    assert ran.stdout.count("none with a known hole") == 1


def test_an_audit_without_a_network_does_not_say_that_all_is_well(audited: Path) -> None:
    """The real auditors, behind a door that is shut."""
    (audited / ".venv" / "bin" / "npm").unlink()
    (audited / ".venv" / "bin" / "pip-audit").unlink()
    (audited / ".venv" / "bin" / "pip-audit").symlink_to(Path(sys.executable).with_name("pip-audit"))
    ran = make(audited, "audit", HTTPS_PROXY="http://127.0.0.1:9", npm_config_fetch_retries="0")

    assert ran.returncode != 0
    assert ran.stderr.count("not every pinned package could be looked up, so nothing is known.") == 2
    assert ran.stderr.count("未能查询全部锁定的包") == 2
    assert "Traceback" not in ran.stderr
    assert "none with a known hole" not in ran.stdout
