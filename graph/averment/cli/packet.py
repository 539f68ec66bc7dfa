"""`averment packet`: what another checker needs to replicate the work."""

from hashlib import sha256
from pathlib import Path

import click

from averment.claims import find_claim
from averment.cli.options import as_json_option, counted, print_json, store_option
from averment.errors import InputError
from averment.review import Reviewed, Status, reviewed
from averment.store import Store, View

__all__ = ["packet"]

_ALL = "all"


@click.command()
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option(
    "--status",
    "wanted",
    type=click.Choice([*(status.value for status in Status), _ALL]),
    default=_ALL,
    show_default=True,
    help="Only claims whose review has come so far.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("packet"),
    show_default=True,
    help="The folder to write.",
)
@store_option
@as_json_option
def packet(claims: tuple[str, ...], wanted: str, output: Path, store: Store, *, as_json: bool) -> None:
    """Write a folder with what another checker needs: packet.html, claims.csv, packet.trig and their digests.

    Each claim has its passage, its chain, its source with address, digest and archived copy, its evidence, its checks
    and its review. Without CLAIM all claims are in it. The same graph gives the same bytes.

    \b
    Example:
      averment packet --status accepted -o packet
      averment packet 3f2a91c0/120-190 -o one-claim
    """
    from averment.packet import files_of, write_folder  # noqa: PLC0415

    view = store.view()
    chosen = [claim for claim in _named(view, claims) if wanted in (claim.status.value, _ALL)]
    if not chosen:
        raise InputError("no claim is " + (wanted if wanted != _ALL else "in the store"))
    files = files_of(view, chosen)
    write_folder(output, files)
    if as_json:
        digests = {name: sha256(data).hexdigest() for name, data in files.items()}
        print_json({"folder": str(output), "claims": [claim.iri for claim in chosen], "files": digests})
        return
    click.echo(f"{output}: {counted(len(chosen), 'claim')}, {', '.join(sorted(files))}")


def _named(view: View, names: tuple[str, ...]) -> list[Reviewed]:
    found = reviewed(view)
    if not names:
        return found
    wanted = {find_claim(view, name).value for name in names}
    return [claim for claim in found if claim.iri in wanted]
