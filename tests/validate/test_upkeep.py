"""Results kept in a store: what a change does to them, and that they never lag behind under averment's own shapes."""

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from averment.cli import averment
from averment.store import Store
from averment.validate import Shapes, load_shapes
from averment.validate.compiler.run import run
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.shapes import shapes_of
from averment.validate.stored import REPORT, is_current, kept, stored
from averment.validate.union import Union
from averment.validate.upkeep import Upkeep
from averment.vocabulary import RDFS, SH

EXAMPLES = sorted((Path(__file__).parents[1] / "shapes").glob("**/*.t*"))
EX = "https://example.org/"
SHAPES = f"""
@prefix sh: <http://www.w3.org/ns/shacl#> .
[] a sh:NodeShape ; sh:targetSubjectsOf <{EX}p> ; sh:property [ sh:path ( <{EX}p> <{EX}q> ) ; sh:minCount 1 ;
    sh:severity sh:Warning ; sh:message "No q at the end." ] .
"""
A, B, P, Q = (ox.NamedNode(EX + name) for name in "abpq")
LINK, END = ox.Quad(A, P, B, ox.DefaultGraph()), ox.Quad(B, Q, A, ox.NamedNode(EX + "g"))


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


@pytest.fixture
def small(tmp_path: Path) -> Shapes:
    (tmp_path / "small.ttl").write_text(SHAPES, encoding="utf-8")
    return shapes_of(graph_of(read_quads([tmp_path / "small.ttl"])))


@pytest.mark.parametrize("seed", range(4))
def test_after_changes_to_examples_the_results_are_those_of_a_full_run(seed: int, shapes: Shapes) -> None:
    """Whole examples come, and quads of them go at random: the queries of the shapes see through that too."""
    rng = random.Random(seed)  # noqa: S311 - nothing is secret here
    store = Store(follow=lambda: Upkeep(lambda: shapes))
    held: set[ox.Quad] = set()
    wrong = 0
    for path in rng.sample(EXAMPLES, 12):
        gone = set(rng.sample(sorted(held, key=str), len(held) // 4))
        come = set(read_quads([path]))
        with store.writer() as writer:
            writer.change(add=come, remove=gone)
        held = held - gone | come
        expected = {kept(finding) for finding in run(shapes.plan, Union(store.view().engine))}
        assert set(stored(store.view())) == expected
        wrong += len(expected)
    assert wrong


def test_a_change_elsewhere_is_seen_from_the_thing_that_it_matters_to(small: Shapes) -> None:
    """What comes and goes two steps away changes what is wrong with the thing that a shape is about."""
    upkeep = Upkeep(lambda: small)
    store = Store(follow=lambda: upkeep)
    for change in ({"add": [LINK]}, {"add": [END]}, {"remove": [END]}, {"remove": [LINK]}):
        with store.writer() as writer:
            writer.change(**change)
    assert [(len(news.come.results), news.gone) for news in upkeep.news] == [(1, 0), (0, 1), (1, 0), (0, 1)]
    (result,) = upkeep.news[0].come.results
    assert (result.focus, result.message) == (A, "No q at the end.")


def test_results_are_kept_as_shacl_has_them(small: Shapes) -> None:
    store = Store(follow=lambda: Upkeep(lambda: small))
    with store.writer() as writer:
        writer.change(add=[LINK])
    (node,) = store.view().values(REPORT, SH.result)
    assert store.view().values(node, SH.focusNode) == [A]
    assert store.view().values(node, SH.resultSeverity) == [SH.Warning]
    assert store.view().values(node, SH.resultMessage) == [ox.Literal("No q at the end.")]


def test_whoever_writes_without_looking_takes_the_stamp_away(small: Shapes, tmp_path: Path) -> None:
    """The results are of another state then; the next one who looks begins with everything."""
    folder = tmp_path / "store"
    followed, plain = Store(folder, lambda: Upkeep(lambda: small)), Store(folder)
    with followed.writer() as writer:
        writer.change(add=[LINK])
    assert is_current(plain.view(), small)
    with plain.writer() as writer:
        writer.change(add=[END])
    assert not is_current(plain.view(), small)
    assert len(stored(plain.view())) == 1
    with followed.writer() as writer:
        writer.change(add=[ox.Quad(B, RDFS.label, ox.Literal("b"), ox.DefaultGraph())])
    assert is_current(plain.view(), small)
    assert stored(plain.view()) == {}


def test_results_of_other_shapes_are_replaced(small: Shapes, shapes: Shapes) -> None:
    upkeep = Upkeep(lambda: small)
    store = Store(follow=lambda: upkeep)
    with store.writer() as writer:
        writer.change(add=[LINK])
    upkeep.shapes = shapes
    with store.writer() as writer:
        writer.change(add=[END])
    assert is_current(store.view(), shapes)
    assert upkeep.news[-1].gone == 1


def test_a_change_stays_where_looking_at_it_fails(small: Shapes, tmp_path: Path) -> None:
    """What somebody wrote is not lost; the results are known to be of another state."""

    class Failing(Upkeep):
        def after(self, *_: object) -> tuple[list[ox.Quad], list[ox.Quad]]:
            raise RuntimeError("looked away")

    with Store(tmp_path / "s", lambda: Upkeep(lambda: small)).writer() as writer:
        writer.change(add=[LINK])
    with (
        pytest.raises(RuntimeError, match="looked away"),
        Store(tmp_path / "s", lambda: Failing(lambda: small)).writer() as writer,
    ):
        writer.change(add=[END])
    view = Store(tmp_path / "s").view()
    assert END in set(view.all_quads())
    assert not is_current(view, small)


def test_reading_an_article_says_what_it_breaks_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newsroom's own rule is held against every article; what was wrong before is not said again."""
    rule = """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix sdo: <https://schema.org/> .
        <https://example.org/has-address> a sh:NodeShape ; sh:targetClass sdo:NewsArticle ; sh:property
            <https://example.org/article-has-address> .
        <https://example.org/article-has-address> a sh:PropertyShape ; sh:name "article-has-address" ;
            sh:path sdo:url ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "No address. Give one with --url." .
    """
    (tmp_path / "ours.ttl").write_text(rule, encoding="utf-8")
    monkeypatch.setenv("AVERMENT_SHAPES", str(tmp_path / "ours.ttl"))
    monkeypatch.setenv("AVERMENT_STORE", str(tmp_path / "store"))
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} mayor spoke on Monday.", encoding="utf-8")
        done = CliRunner().invoke(averment, ["ingest", str(tmp_path / f"{name}.txt")])
        assert done.exit_code == 0
        assert "article-has-address" in done.stderr
        assert f"The {name} mayor" in done.stderr
        assert done.stderr.count("warning") == 2  # of the rule, and in the summary
        assert "article-has-address" not in done.stdout
