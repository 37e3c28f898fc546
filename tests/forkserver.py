"""What the server that tests fork processes from has done before the first: imports, each template compiled, a check.

What that holds is exempt from collection: to traverse it would give each process a copy of its own, for more than most
commands cost.

Nothing is drawn here, as that starts threads, which a fork would leave behind.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from expoarchive.build import check
from expoarchive.cli.main import grammar_of
from expoarchive.render.environment import make_templates
from expoarchive.render.theme import theme_of
from tests.memory import never_swept, remembered
from tests.sites import ROOT, lay_files

# Every command has its own arguments declared, and so is imported.
grammar_of()
# For as long as the server lives.
_memory = remembered()
_memory.__enter__()
_environment = make_templates(theme_of(ROOT)).environment
for _name in _environment.list_templates(extensions=["html"]):
    _environment.get_template(_name)
    assert _environment.loader is not None
    _environment.parse(_environment.loader.get_source(_environment, _name)[0])
with TemporaryDirectory() as _folder:
    _config = (ROOT / "tests/expo/site_config.yaml").read_text("utf-8")
    lay_files(Path(_folder), {"site_config.yaml": f"{_config}without: [cards]\n"})
    assert check(Path(_folder)).ok
_swept = never_swept()
_swept.__enter__()
_threads = Path("/proc/self/task")
assert not _threads.exists() or len(list(_threads.iterdir())) == 1
