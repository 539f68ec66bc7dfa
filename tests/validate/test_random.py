"""The compiled shapes against pySHACL, on random small graphs and shapes: the same results, whatever the shapes say.

And the results kept in a store against a full run, after random changes. AVERMENT_RANDOM_SHAPES sets how many pairs
are tried, AVERMENT_RANDOM_CHANGES how many changes are made. Where SHACL and pySHACL part ways, the graphs keep out:
dates beside numbers, ill-formed literals beside others, IRIs and blank nodes in sh:lessThan, and sequences backwards.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from averment.store import Store
from averment.validate import Report, Shapes, validate_files
from averment.validate.compiler.run import run
from averment.validate.engine import left_over
from averment.validate.files import read_quads
from averment.validate.finding import Finding
from averment.validate.graphs import graph_of
from averment.validate.shapes import shapes_of
from averment.validate.stored import is_current, kept, stored
from averment.validate.union import Union
from averment.validate.upkeep import Upkeep
from averment.validate.wording import Wording

COUNT = int(os.environ.get("AVERMENT_RANDOM_SHAPES", "150"))
CHANGES = int(os.environ.get("AVERMENT_RANDOM_CHANGES", "150"))
CHANGES_EACH = 10
"""Changes to one store, under one set of shapes."""

EX = "https://example.org/"

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""

TEXTS = ['"a"', '"ab"', '"B"', '""', '"a"@en', '"b"@en', '"c"@en-gb', '"d"@fr']
FAMILIES = [
    ["1", "2", "7", "1.5", '"-5"^^xsd:decimal'],
    ['"2020-02-03"^^xsd:date', '"2021-02-03"^^xsd:date', '"2020-02-30"^^xsd:date'],
    ['"2020-01-01T00:00:00Z"^^xsd:dateTime', '"2020-01-01T00:00:00"^^xsd:dateTime'],
    ["true", "false", '"x"^^xsd:integer'],
]
"""Literals that can be compared: pySHACL puts a date before a number, where SHACL has them not comparable."""
WILD = [
    '"none"^^xsd:boolean',
    '"2021-02-03Z"^^xsd:date',
    '"12:00:00"^^xsd:time',
    '"1E1"^^xsd:double',
    '"NaN"^^xsd:double',
    '"x"^^xsd:date',
    '"a"^^:own',
]
NODES = [":a", ":b", ":c", ":d", ":e", "_:x", "_:y"]
PROPERTIES = [":p", ":q", ":r"]
CLASSES = [":C", ":D", ":E"]


class Dice(random.Random):
    """Chance from a seed, and the literals of one graph and its shapes."""

    def __init__(self, seed: int, *, wild: bool = False) -> None:
        """Begin at `seed`; a wild one mixes all families, and compares what cannot be compared."""
        super().__init__(seed)
        self.wild = wild
        self.family = sum(FAMILIES, WILD) if wild else FAMILIES[seed % len(FAMILIES)]
        self.literals = TEXTS + self.family


def _graph(rng: Dice) -> str:
    lines = [":D rdfs:subClassOf :C .", ":E rdfs:subClassOf :D ."] if rng.random() < 0.7 else []
    lines += [f"{rng.choice(NODES)} a {rng.choice(CLASSES)} ." for _ in range(rng.randint(2, 6))]
    for _ in range(rng.randint(5, 25)):
        value = rng.choice(rng.literals if rng.random() < 0.5 else NODES)
        lines.append(f"{rng.choice(NODES)} {rng.choice(PROPERTIES)} {value} .")
    lines += [f"{rng.choice(NODES)} :n {rng.choice(['1', '2', '3', '2.5'])} ." for _ in range(4)]
    lines += [f"{rng.choice(NODES)} :m {rng.choice(['1', '2', '3', '2.5'])} ." for _ in range(4)]
    return PREFIXES + "\n".join(lines)


def _path(rng: Dice, depth: int = 0) -> str:
    if depth > 2 or rng.random() < 0.5:
        return rng.choice(PROPERTIES)
    inner = [_path(rng, depth + 1) for _ in range(2)]
    return rng.choice(
        [
            f"[ sh:inversePath {inner[0] if rng.wild else rng.choice(PROPERTIES)} ]",
            f"( {inner[0]} {inner[1]} )",
            f"[ sh:alternativePath ( {inner[0]} {inner[1]} ) ]",
            f"[ sh:zeroOrMorePath {inner[0]} ]",
            f"[ sh:oneOrMorePath {inner[0]} ]",
            f"[ sh:zeroOrOnePath {inner[0]} ]",
        ]
    )


def _range(rng: Dice) -> str:
    """Give a bound; what is true, or ill-formed, has none that SHACL and pySHACL agree on."""
    if rng.wild:
        return f"sh:{rng.choice(['min', 'max'])}{rng.choice(['In', 'Ex'])}clusive {rng.choice(rng.literals)}"
    if "true" in rng.family:
        return "sh:nodeKind sh:Literal"
    return f"sh:{rng.choice(['min', 'max'])}{rng.choice(['In', 'Ex'])}clusive {rng.choice(rng.family)}"


def _values(rng: Dice) -> list[str]:
    """Give constraints on each value."""
    datatype = rng.choice(["xsd:string", "xsd:integer", "xsd:decimal", "xsd:date", "xsd:dateTime", "xsd:boolean"])
    kind = rng.choice(["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"])
    languages = " ".join(rng.sample(['"en"', '"fr"', '"en-gb"'], 2))
    listed = " ".join(rng.sample(rng.literals + NODES[:5], 6))
    return [
        f"sh:class {rng.choice(CLASSES)}",
        f"sh:datatype {rng.choice([datatype, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>'])}",
        f"sh:nodeKind sh:{kind}",
        _range(rng),
        f"sh:minLength {rng.randint(1, 3)}",
        f"sh:maxLength {rng.randint(0, 22)}",
        rng.choice(['sh:pattern "b"', 'sh:pattern "^[ab]+$" ; sh:flags "i"', 'sh:pattern "org/"']),
        f"sh:languageIn ( {languages} )",
        f"sh:in ( {listed} )",
        f"sh:hasValue {rng.choice(rng.literals + NODES[:5])}",
        f"sh:equals {rng.choice(PROPERTIES)}",
        f"sh:disjoint {rng.choice(PROPERTIES)}",
        f"sh:closed true ; sh:ignoredProperties ( {rng.choice(PROPERTIES)} <{_TYPE}> )",
    ]


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _sets(rng: Dice, depth: int) -> list[str]:
    """Give constraints on the values taken together, which only property shapes have."""
    count, number = rng.choice(["Min", "Max"]), rng.randint(0, 2)
    disjoint = f"sh:qualifiedValueShapesDisjoint {rng.choice(['true', 'false'])}"
    return [
        f"sh:minCount {rng.randint(0, 3)}",
        f"sh:maxCount {rng.randint(0, 3)}",
        "sh:uniqueLang true",
        f"sh:qualifiedValueShape {_shape(rng, depth + 1)} ; sh:qualified{count}Count {number} ; {disjoint}",
    ]


def _logic(rng: Dice, depth: int) -> list[str]:
    def several() -> str:
        return " ".join(_shape(rng, depth + 1) for _ in range(rng.randint(1, 3)))

    return [
        f"sh:not {_shape(rng, depth + 1)}",
        f"sh:and ( {several()} )",
        f"sh:or ( {several()} )",
        f"sh:xone ( {several()} )",
        f"sh:node {_shape(rng, depth + 1, path=False)}",
        f"sh:property {_shape(rng, depth + 1, path=True)}",
        f"sh:property {_shape(rng, depth + 1, path=True)}",
    ]


def _shape(rng: Dice, depth: int, *, path: bool | None = None) -> str:
    return f"[ {_body(rng, depth, rng.random() < 0.4 if path is None else path)} ]"


def _body(rng: Dice, depth: int, path: bool) -> str:  # noqa: FBT001 - one helper of a helper
    choices: list[Callable[[], list[str]]] = [lambda: _values(rng)]
    if depth < 3:
        choices.append(lambda: _logic(rng, depth))
    if path:
        choices.append(lambda: _sets(rng, depth))
    wanted = [rng.choice(rng.choice(choices)()) for _ in range(rng.randint(1, 2 if depth else 3))]
    seen = {part.split()[0]: part for part in wanted}
    extra = [f"sh:path {_path(rng)}"] if path else []
    extra += [f"sh:severity sh:{rng.choice(['Warning', 'Info', 'Violation'])}"] if rng.random() < 0.3 else []
    extra += ["sh:deactivated true"] if rng.random() < 0.03 else []
    return " ; ".join([*extra, *seen.values()])


def _shapes(rng: Dice) -> str:
    target = rng.choice(
        [
            f"sh:targetClass {rng.choice(CLASSES)}",
            f"sh:targetNode {rng.choice(NODES[:5])}, :absent, {rng.choice(rng.literals)}",
            f"sh:targetSubjectsOf {rng.choice(PROPERTIES)}",
            f"sh:targetObjectsOf {rng.choice(PROPERTIES)}",
        ]
    )
    pair = "[ sh:path :n ; sh:lessThan :m ], [ sh:path :m ; sh:lessThanOrEquals :n ]"
    if rng.wild:
        pair = f"[ sh:path {_path(rng)} ; sh:lessThan{rng.choice(['', 'OrEquals'])} {rng.choice(PROPERTIES)} ]"
    more = [f"sh:property {pair}"] if rng.random() < (0.3 if rng.wild else 0.1) else []
    kind = rng.random() < 0.3
    head = f":S a sh:{'PropertyShape' if kind else 'NodeShape'} ; {target} ; "
    return PREFIXES + head + " ; ".join([_body(rng, 0, kind), *more]) + " ."


def _facts(report: Report) -> set[tuple[str, ...]]:
    """Give what SHACL says of the results; shapes without a name are known by what they find."""
    return {
        tuple(str(part) for part in (it.focus, it.path, it.value, it.component, it.shape, it.severity))
        for it in report.results
    }


@pytest.mark.parametrize("seed", range(COUNT))
def test_random_shapes_find_what_pyshacl_finds(seed: int, tmp_path: Path) -> None:
    """On the whole graph, in the same words but for messages."""
    rng = Dice(seed)
    data, rules = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(_graph(rng), encoding="utf-8")
    rules.write_text(_shapes(rng), encoding="utf-8")
    shapes = shapes_of(graph_of(read_quads([rules])))
    compiled, expected = (_facts(validate_files([data], shapes, engine=engine)) for engine in ("compiled", "pyshacl"))
    assert compiled == expected, rules.read_text(encoding="utf-8") + data.read_text(encoding="utf-8")


def _full(store: Store, shapes: Shapes) -> set[Finding]:
    graph = Union(store.view().engine)
    found = (*run(shapes.plan, graph), *left_over(graph, shapes))
    return {kept(Wording(shapes, graph).worded(finding)) for finding in found}


def _quads(folder: Path, text: str) -> list[ox.Quad]:
    (folder / "data.ttl").write_text(text, encoding="utf-8")
    return read_quads([folder / "data.ttl"])


def _random_quads(rng: Dice, folder: Path) -> list[ox.Quad]:
    """Give quads without blank nodes, some of them in named graphs."""
    found = _quads(folder, _graph(rng).replace("_:", ":"))
    graphs = [ox.DefaultGraph(), ox.NamedNode(EX + "g"), ox.NamedNode(EX + "h")]
    return [ox.Quad(it.subject, it.predicate, it.object, rng.choice(graphs)) for it in found]


@pytest.mark.parametrize("seed", range(-(-CHANGES // CHANGES_EACH)))
def test_after_random_changes_the_results_are_those_of_a_full_run(seed: int, tmp_path: Path) -> None:
    """Each change adds some quads and removes others; the results of the shapes never lag behind."""
    rng = Dice(seed)
    shapes = shapes_of(graph_of(_quads(tmp_path, _shapes(rng))))
    store = Store(follow=lambda: Upkeep(lambda: shapes))
    for _ in range(CHANGES_EACH):
        quads = store.view().all_quads()
        there = sorted((quad for quad in quads if str(quad.subject).startswith(f"<{EX}")), key=str)
        with store.writer() as writer:
            writer.change(
                add=rng.sample(_random_quads(rng, tmp_path), rng.randint(0, 6)),
                remove=rng.sample(there, rng.randint(0, min(6, len(there)))),
            )
        assert set(stored(store.view())) == _full(store, shapes)
        assert is_current(store.view(), shapes)


@pytest.mark.parametrize("seed", range(COUNT))
def test_random_shapes_find_the_same_in_queries_and_node_by_node(seed: int, tmp_path: Path) -> None:
    """In the same words and as often, on values of every kind beside each other."""
    rng = Dice(seed, wild=True)
    data, rules = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(_graph(rng), encoding="utf-8")
    rules.write_text(_shapes(rng), encoding="utf-8")
    shapes = shapes_of(graph_of(read_quads([rules])))
    compiled, direct = (validate_files([data], shapes, engine=engine).results for engine in ("compiled", "direct"))
    assert compiled == direct, rules.read_text(encoding="utf-8") + data.read_text(encoding="utf-8")
