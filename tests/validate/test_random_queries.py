"""Random queries in shapes: asked for all nodes at once they find what they find for each node by itself.

AVERMENT_RANDOM_SHAPES sets how many are tried. How often a result is found is left out: of paths with `|`, and of paths
in circles, the two engines of SPARQL do not agree how often they lead somewhere.
"""

import os
import random
from pathlib import Path

import pytest

from averment.validate import validate_files
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.shapes import shapes_of

COUNT = int(os.environ.get("AVERMENT_RANDOM_SHAPES", "100"))

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <a:> .\n"
VARIABLES = ["$this", "?a", "?b", "?value"]
TERMS = [*VARIABLES, ":n1", ":n2"]
PATHS = [":p", ":q", ":p/:q", "^:p", ":p*", "(:p|:q)"]
NODES = [":n1", ":n2", ":n3", "_:x"]


def _filter(rng: random.Random) -> str:
    one, other = rng.choice(TERMS), rng.choice(TERMS)
    tests = [f"{one} = {other}", f"{one} != {other}", f"bound({rng.choice(VARIABLES)})", "isBlank($this)"]
    return rng.choice(tests)


def _group(rng: random.Random, depth: int = 0) -> str:
    few = range(rng.randint(0 if depth else 1, 2))
    parts = [f"{rng.choice(VARIABLES)} {rng.choice(PATHS)} {rng.choice(TERMS)} ." for _ in few]
    for number in range(rng.randint(0, 2)):
        inner = _group(rng, depth + 1) if depth < 3 else ""
        kinds = [
            f"FILTER ({_filter(rng)})",
            f"OPTIONAL {{ {inner} }}",
            f"{{ {inner} }} UNION {{ FILTER ({_filter(rng)}) }}",
            f"FILTER EXISTS {{ {inner} }}",
            f"FILTER NOT EXISTS {{ {inner} }}",
            f"BIND ({rng.choice(TERMS)} AS ?z{depth}{number})",
            f"{{ SELECT $this ?a WHERE {{ {inner} }} }}",
        ]
        parts.append(rng.choice(kinds))
    return " ".join(parts)


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_random_query_finds_the_same_for_all_nodes_at_once(seed: int, tmp_path: Path) -> None:
    """Wherever it is held to be the same, and so compiled."""
    rng = random.Random(seed)  # noqa: S311 - chance for tests
    data, rules = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    ends = [*NODES, "1", '"t"']
    triples = [f"{rng.choice(NODES)} {rng.choice([':p', ':q'])} {rng.choice(ends)} ." for _ in range(8)]
    data.write_text(PREFIXES + "\n".join(triples), encoding="utf-8")
    query = f"PREFIX : <a:> SELECT {rng.choice(['', 'DISTINCT '])}$this ?value WHERE {{ {_group(rng)} }}"
    targets = "sh:targetSubjectsOf :p ; sh:targetObjectsOf :q" if rng.random() < 0.7 else 'sh:targetNode :n2, "t"'
    rules.write_text(f'{PREFIXES}:S {targets} ; sh:sparql [ sh:select """{query}""" ] .', encoding="utf-8")
    shapes = shapes_of(graph_of(read_quads([rules])))
    compiled, direct = (
        {(result.focus, result.value) for result in validate_files([data], shapes, engine=engine).results}
        for engine in ("compiled", "direct")
    )
    assert compiled == direct, query
