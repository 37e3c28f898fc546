"""What the server that tests fork processes from has done before the first: imports, and each template compiled.

Nothing is drawn here, as that starts threads, which a fork would leave behind.
"""

from importlib import import_module

from expoarchive.cli.main import COMMANDS
from expoarchive.render.environment import make_templates
from expoarchive.render.theme import theme_of
from tests.memory import remembered
from tests.sites import ROOT

for _command in COMMANDS:
    import_module(f"expoarchive.cli.{_command}")
# For as long as the server lives.
_memory = remembered()
_memory.__enter__()
_environment = make_templates(theme_of(ROOT)).environment
for _name in _environment.list_templates(extensions=["html"]):
    _environment.get_template(_name)
    assert _environment.loader is not None
    _environment.parse(_environment.loader.get_source(_environment, _name)[0])
