"""Each module says what it is for, each function has types, and no room outgrows its size."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES = {".py": 250, ".js": 200, ".html": 120}
FUNCTION_LINES = 40  # 30 is the aim; a table of calls may be longer
EXCEPTIONS: dict[str, int] = {}  # path -> lines; empty is the aim, each entry needs its reason beside it
FOLDERS = ("aigov", "annotations", "tests", "benchmarks")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(suffix: str, *folders: str) -> list[Path]:
    """Files of these folders, without generated ones."""
    found = [path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}")]
    return sorted(path for path in found if not {"migrations", "vendor"} & set(path.parts))


def functions(tree: ast.Module) -> Iterator[Function]:
    """All functions and methods."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def untyped(function: Function) -> Iterator[str]:
    """Parameters without a type (self and cls need none) and a missing return type."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    missing = [item.arg for item in named if item is not None and item.annotation is None]
    yield from (name for name in missing if name not in {"self", "cls"})
    if function.returns is None:
        yield "return"


def test_first_line_says_what_the_module_is_for() -> None:
    paths = files(".py", *FOLDERS) + [ROOT / "manage.py"]
    assert len(paths) > 40
    wrong = []
    for path in paths:
        tree = ast.parse(path.read_text())
        empty_package = path.name == "__init__.py" and not tree.body
        if not empty_package and not ast.get_docstring(tree):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_every_function_is_typed() -> None:
    paths = files(".py", *FOLDERS)
    wrong, count = [], 0
    for path in paths:
        for function in functions(ast.parse(path.read_text())):
            count += 1
            if missing := list(untyped(function)):
                wrong.append(f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {', '.join(missing)}")
    assert count > 100
    assert wrong == []


def test_the_guard_sees_missing_types() -> None:
    tree = ast.parse("def f(a, *b, c: int = 0, **d): pass\nclass A:\n    def g(self) -> None: pass")
    assert [list(untyped(function)) for function in functions(tree)] == [["a", "b", "d", "return"], []]


def test_files_keep_their_size() -> None:
    wrong, count = [], 0
    for suffix, limit in LINES.items():
        for path in files(suffix, "aigov", "annotations", "benchmarks"):
            count += 1
            name, lines = str(path.relative_to(ROOT)), path.read_text().count("\n")
            if lines > EXCEPTIONS.get(name, limit):
                wrong.append(f"{name}: {lines} lines, at most {limit}")
    assert count > 40
    assert wrong == []


def test_functions_keep_their_size() -> None:
    wrong, count = [], 0
    for path in files(".py", "aigov", "annotations"):
        for function in functions(ast.parse(path.read_text())):
            count += 1
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > FUNCTION_LINES:
                wrong.append(f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {lines} lines")
    assert count > 50
    assert wrong == []
