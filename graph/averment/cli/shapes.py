"""`averment shapes`: the rules that a graph is held to, in plain words."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from averment.cli.options import as_json_option, counted, one_line, print_json, shapes_option

if TYPE_CHECKING:
    from averment.validate import Described

__all__ = ["shapes"]

_WIDTH = 100
_INDENT = 10


@click.command()
@click.argument("name", required=False, metavar="[RULE]")
@shapes_option
@as_json_option
def shapes(name: str | None, extra: Path | None, *, as_json: bool) -> None:
    """List the rules that a graph is held to: what each is about, why it is there, what to do where it breaks.

    RULE is the name of one, which is then shown with what it looks at.

    \b
    Example:
      averment shapes
      averment shapes claim-has-passage
      averment shapes --shapes house-rules.ttl --json
    """
    from averment.validate import described, find_rule, load_shapes  # noqa: PLC0415 - slow to load

    rules = described(load_shapes(extra))
    if name is not None:
        rule = find_rule(rules, name)
        if as_json:
            print_json(_plain(rule))
        else:
            click.echo("\n".join([_head(rule), *_lines(rule), *_looks_at(rule)]))
    elif as_json:
        print_json([_plain(rule) for rule in rules])
    else:
        click.echo("\n".join(_listing(rules)))


def _plain(rule: "Described") -> dict[str, Any]:
    return {key: value for key, value in asdict(rule).items() if key != "order"}


def _listing(rules: "list[Described]") -> Iterator[str]:
    layered = any(rule.layer for rule in rules)
    for layer, members in groupby(rules, key=lambda rule: rule.layer):
        found = list(members)
        if layered:
            yield from (f"== {one_line(layer or 'without a layer')}: {counted(len(found), 'rule')} ==", "")
        for rule in found:
            yield from (_head(rule), *_lines(rule), "")
    yield f"{counted(len(rules), 'rule')}."


def _head(rule: "Described") -> str:
    return f"{one_line(rule.name)}  {rule.severity}"


def _lines(rule: "Described") -> Iterator[str]:
    yield from _field("about", rule.about)
    yield from _field("why", rule.why)
    yield from _field("to do", rule.message)


def _looks_at(rule: "Described") -> Iterator[str]:
    yield from _field("layer", rule.layer)
    yield from _field("held to", "; ".join(rule.targets))
    yield from _field("looks at", rule.path or "the thing itself")


def _field(name: str, text: str | None) -> Iterable[str]:
    """Give a field in lines that fit a terminal, the later ones under the first."""
    if not text:
        return []
    first = f"  {name}".ljust(_INDENT) + " "
    indent = " " * (_INDENT + 1)
    return wrap(one_line(text), _WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)
