"""What a wheel of the generator holds besides its modules. All else about it is in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

# Of the project's files, those that ``new site`` lays out and ``upgrade`` reads: by their own paths, in
# ``expoarchive/project/``.
PROJECT = (
    ".github/dependabot.yml",
    ".github/workflows",
    "CHANGELOG.md",
    "build.py",
    "docs/*.md",
    "docs/reference",
    "requirements.lock",
    "tests/expo",
)


class BuildPackage(build_py):
    """Builds the package, and lays the project's files into it."""

    def run(self) -> None:
        """Also where an earlier build was; not where a clone is used as it stands (``pip install --editable``)."""
        if self.editable_mode:
            super().run()
            return
        shutil.rmtree(Path(self.build_lib, "expoarchive"), ignore_errors=True)
        super().run()
        for source in [path for pattern in PROJECT for path in Path().glob(pattern)]:
            target = Path(self.build_lib, "expoarchive", "project", source)
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)


if __name__ == "__main__":
    setup(
        packages=[*find_packages(include=["expoarchive", "expoarchive.*"]), "expoarchive.theme"],
        package_dir={"expoarchive.theme": "templates"},
        # What MANIFEST.in names is for archives of sources; setuptools would warn of each of its folders.
        include_package_data=False,
        package_data={"": ["*", "**/*"]},
        exclude_package_data={"": ["*.py[cod]", "**/*.py[cod]"]},
        cmdclass={"build_py": BuildPackage},
    )
