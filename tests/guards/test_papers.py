"""What the papers promise exists: README, changelog, environment variables and the lock files."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READERS = re.compile(r"env\.(?:text|words|flag|number|choice|url|numbers)\(\s*\"([A-Z_]+)\"")
TARGETS = ("install", "install_embedding", "run", "test", "check", "bench", "faults", "lock", "messages")


def variables() -> set[str]:
    """Every environment variable that settings read."""
    found = {name for path in (ROOT / "aigov").glob("*.py") for name in READERS.findall(path.read_text())}
    return found | {"AIGOV_SECRET_KEY"}


def test_env_example_lists_every_variable() -> None:
    text = (ROOT / ".env.example").read_text()
    listed = set(re.findall(r"^#?\s?([A-Z][A-Z_]+)=", text, re.M))
    found = variables()
    assert len(found) > 10
    assert {name for name in found if not any(known.startswith(name) for known in listed)} == set()
    assert {name for name in listed if not any(name.startswith(known) for known in found)} == set()


def test_env_example_holds_no_secret() -> None:
    values = re.findall(r"^[A-Z][A-Z_]*(?:KEY|PASSWORD|TOKEN)[A-Z_]*=(.+)$", (ROOT / ".env.example").read_text(), re.M)
    assert values == []


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_its_targets(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M)


@pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="no README yet")
def test_readme_names_the_commands_that_work() -> None:
    text = (ROOT / "README.md").read_text()
    known = set(re.findall(r"^([a-z_]+):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"\bmake ([a-z_]+)\b(?=[^\n]*`|\n|\s*#)", text))
    assert {"run", "test"} <= named
    assert named - known == set()


def test_changelog_has_an_entry() -> None:
    assert re.search(r"^## ", (ROOT / "CHANGELOG.md").read_text(), re.M)


@pytest.mark.parametrize(
    ("name", "least"), [("requirements.txt", 30), ("requirements-dev.txt", 30), ("requirements-embedding.txt", 5)]
)
def test_locks_have_hashes_and_name_no_registry(name: str, least: int) -> None:
    text = (ROOT / name).read_text()
    pins = re.findall(r"^([a-z0-9][\w.\[\],-]*)==", text, re.M | re.I)
    blocks = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.M)
    assert len(pins) > least
    assert [
        block.split()[0] for block in blocks if "==" in block.split("\n")[0] and "--hash=sha256:" not in block
    ] == []
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", text) == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in", "requirements-embedding.in"])
def test_direct_requirements_are_locked(name: str) -> None:
    lines = [line.split("#")[0].split(";")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    wanted = {re.split(r"[\[<>=~ ]", line)[0].lower() for line in lines if line and not line.startswith("-")}
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / name.replace(".in", ".txt")).read_text(), re.M | re.I))
    assert wanted and {item.replace("_", "-") for item in wanted} - locked == set()
