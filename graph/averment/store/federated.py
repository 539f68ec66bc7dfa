"""A worker for a query that asks other servers: `python -m averment.store.federated FD PIPE`.

It may make connections, so it is used once: whatever it is told out there is gone with it.
"""

from averment.store import worker

__all__: list[str] = []

if __name__ == "__main__":
    worker.main(asks_others=True)
