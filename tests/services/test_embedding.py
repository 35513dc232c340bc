"""The embedding of a folder: read when it is needed, one vector of each text, and plain words when it is none."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from aigov import checks
from annotations.services import embedding
from tests.services import tiny_model

WITHOUT = "the parts of the embedding are not installed (make install_embedding)"
ROOT = Path(__file__).resolve().parents[2]


def numbers(vector: bytes) -> list[float]:
    return list(struct.unpack(f"<{len(vector) // 2}e", vector))


@pytest.fixture
def read(tmp_path: Path) -> Any:
    for name in embedding.PACKAGES:
        pytest.importorskip(name, reason=WITHOUT)
    return lambda **how: embedding.Embedding(tiny_model.write(tmp_path / "m", "abc人工", **how))


def test_a_vector_is_the_mean_of_the_tokens_and_of_length_one(read: Any) -> None:
    [one] = read().vectors(["aab"])
    assert numbers(one) == pytest.approx([0, 0, 2 / sqrt(5), 1 / sqrt(5), 0, 0, 0], abs=1e-3)


def test_the_company_of_a_text_does_not_change_its_vector(read: Any) -> None:
    model = read()
    texts = ["a", "abcabc", "人工", "b", "", "cc" * 40, *("ab" * n for n in range(1, 40))]
    assert model.vectors(texts) == [model.vectors([text])[0] for text in texts]


@pytest.mark.parametrize("how", [{"ready": True}, {"first": True}])
def test_what_the_model_says_of_itself_is_kept_to(read: Any, how: dict[str, bool]) -> None:
    [one] = read(**how).vectors(["bca"])
    assert numbers(one) == [0, 0, 0, 1, 0, 0, 0]


def test_a_long_text_is_cut_where_the_model_ends(read: Any) -> None:
    assert read(limit=2).vectors(["abcccc"]) == read().vectors(["ab"])
    assert read().vectors(["a" * embedding.TOKENS + "b" * 9_000]) == read().vectors(["a"])


def test_the_digest_is_of_all_that_counts(tmp_path: Path) -> None:
    folder = tiny_model.write(tmp_path / "m", "abc")
    before = embedding.digest_of(folder)
    assert len(before) == 16 and embedding.digest_of(tiny_model.write(tmp_path / "n", "abc")) == before
    assert embedding.digest_of(tiny_model.write(folder, "abc", first=True)) != before
    assert embedding.digest_of(tiny_model.write(tmp_path / "o", "acb")) != before


@pytest.fixture
def present(monkeypatch: pytest.MonkeyPatch) -> None:
    """All packages are there, wherever this runs."""
    monkeypatch.setattr(embedding, "find_spec", lambda name: object())


def test_unset_there_is_no_embedding_and_no_trouble() -> None:
    assert embedding.trouble() is None and not embedding.enabled() and embedding.load() is None
    assert embedding.digest() == "" and checks.check_embedding(None) == []


def test_missing_packages_are_named(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.AIGOV_EMBEDDING = tiny_model.write(tmp_path / "m", "abc")
    monkeypatch.setattr(embedding, "find_spec", lambda name: None if name == "onnxruntime" else object())
    [error] = checks.check_embedding(None)
    assert error.id == "aigov.E003" and "onnxruntime" in error.msg and "make install_embedding" in str(error.hint)


@pytest.mark.usefixtures("present")
def test_a_folder_without_a_model_is_named(settings: Any, tmp_path: Path) -> None:
    settings.AIGOV_EMBEDDING = tmp_path / "nowhere"
    [error] = checks.check_embedding(None)
    assert "no model.onnx" in error.msg and "AIGOV_EMBEDDING" in str(error.hint) and not embedding.enabled()
    settings.AIGOV_EMBEDDING = folder = tiny_model.write(tmp_path / "m", "abc")
    assert checks.check_embedding(None) == []
    (folder / "model.onnx").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 94834549\n")
    assert "too small" in checks.check_embedding(None)[0].msg


@pytest.mark.parametrize("torn", ["model.onnx", "tokenizer.json"])
def test_a_torn_model_is_left_out_in_words(settings: Any, tmp_path: Path, torn: str, read: Any) -> None:
    settings.AIGOV_EMBEDDING = folder = tiny_model.write(tmp_path / "torn", "abcdefghijklmnopqrstuvwxyz")
    assert checks.check_embedding_in_depth(None) == []
    (folder / torn).write_bytes((folder / torn).read_bytes()[:300])
    [error] = checks.check_embedding_in_depth(None)
    assert "cannot be used" in error.msg and str(folder) in error.msg
    assert embedding.enabled()  # nothing speaks against it before it is read
    assert embedding.load() is None and not embedding.enabled()


def test_nothing_of_it_is_imported_where_none_is_set(tmp_path: Path) -> None:
    said = (
        "import django, sys; django.setup(); from django.core.management import call_command; call_command('check');"
        "import annotations.jobs, annotations.urls;"
        "print(sorted({'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    )
    outside = {key: value for key, value in os.environ.items() if key not in ("AIGOV_EMBEDDING", "DATABASE_URL")}
    env = outside | {"AIGOV_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "aigov.settings"}
    ran = subprocess.run([sys.executable, "-c", said], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.stdout.splitlines()[-1] == "[]", ran.stderr


def test_a_real_model_knows_what_means_the_same(settings: Any) -> None:
    if not settings.REAL_EMBEDDING:
        pytest.skip("no model is named in AIGOV_EMBEDDING")
    model = embedding.Embedding(Path(settings.REAL_EMBEDDING))
    one, same, other = map(
        numbers,
        model.vectors(
            ["截至2024年底，已有27个国家出台了人工智能法律。", "到2024年末，二十七国制定了AI法。", "早餐在八点供应。"]
        ),
    )
    assert sum(a * a for a in one) == pytest.approx(1, abs=0.01)
    assert sum(a * b for a, b in zip(one, same, strict=True)) > 0.1 + sum(
        a * b for a, b in zip(one, other, strict=True)
    )
