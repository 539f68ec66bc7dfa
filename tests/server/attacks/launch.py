"""A server with low limits, as its owner could have set them: launch.py FOLDER PORT SECONDS."""

import sys
from pathlib import Path

from averment.store.limits import Limits, WriteLimits
from averment_server.processes import Service, run
from averment_server.settings import Settings


def main(folder: str, port: str, seconds: str) -> None:
    limits = Limits(seconds=float(seconds), workers=3, answer=1 << 20, memory=256 << 20, patience=5.0)
    writes = WriteLimits(seconds=1.5, memory=256 << 20, body=4 << 20, patience=3.0)
    settings = Settings(writes=writes)
    where = {"folder": Path(folder), "host": "127.0.0.1", "port": int(port)}
    run(Service(**where, settings=settings, limits=limits, log=False), lambda: None)


if __name__ == "__main__":
    main(*sys.argv[1:])
