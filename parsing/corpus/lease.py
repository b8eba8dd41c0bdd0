"""The right to write in an object store: an object that names its holder and that the holder keeps renewing.

In: an object store.  Out: a `Lease`, held by one program at a time.  Refused (`StoreError`): a lease that another
holds, with who and since when.

Nobody's clock is trusted.  Whoever waits for the lease watches it: when it has not changed for `EXPIRY` seconds by his
own count, its holder is taken for dead.  A holder on this very machine is looked up at once.  Taking, renewing and
giving back replace exactly the version that was seen, so of two who try only one succeeds.
"""

from __future__ import annotations

import json
import os
import platform
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from threading import Event, Thread
from typing import Any, NamedTuple

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import ObjectStore

from parsing.corpus.errors import StoreError

LOCK = "lock.json"
# Seconds: how often a holder renews its lease, after how long without change it is free, how often one who waits looks.
RENEWAL, EXPIRY, LOOKING = 15.0, 60.0, 1.0


class Overtaken(Exception):
    """Another writer has changed what was to be replaced."""


class Version(NamedTuple):
    """A version of an object, as the store tells them apart."""

    e_tag: str | None
    version: str | None

    @classmethod
    def of(cls, facts: Any) -> Version:
        return cls(facts["e_tag"], facts["version"])


def put_expecting(objects: ObjectStore, name: str, data: bytes, expected: Version | None) -> Version:
    """Put an object in place of the expected version, or of nothing; `Overtaken` where something else is.

    A put whose answer was lost on the way is sent again by the client and then meets itself, which is no other writer.
    """
    mode: Any = "create" if expected is None else {key: one for key, one in expected._asdict().items() if one}
    try:
        return Version.of(obstore.put(objects, name, data, mode=mode, use_multipart=False))
    except (AlreadyExistsError, PreconditionError) as error:
        found = obstore.get(objects, name)
        if bytes(found.bytes()) != data:
            raise Overtaken(name) from error
        return Version.of(found.meta)


@dataclass(slots=True)
class Lease:
    """The right to write in a store, and its renewal in a thread."""

    objects: ObjectStore
    address: str
    facts: dict[str, Any] = field(default_factory=dict)
    version: Version | None = None
    is_lost: bool = False
    is_over: Event = field(default_factory=Event)
    thread: Thread | None = None

    def take(self, wait_seconds: float) -> None:
        """Wait for the right to write, at most so long."""
        began = since = time.monotonic()
        seen: Version | None = None
        self.facts = {
            "host": platform.node(), "pid": os.getpid(), "process": process_mark(os.getpid()),
            "since": datetime.now(UTC).isoformat(timespec="seconds"), "token": token_hex(8), "renewals": 1,
        }  # fmt: skip
        while True:
            holder, version = self._look()
            now = time.monotonic()
            if version != seen:
                seen, since = version, now
            if not holder or is_dead(holder) or now - since >= EXPIRY:
                if self._replace(version):
                    break
                # Another was quicker: who is it?
                continue
            if now - began >= wait_seconds:
                raise StoreError(describe(holder, self.address))
            time.sleep(min(LOOKING, max(wait_seconds - (now - began), 0.01)))
        self.thread = Thread(target=self._renew, daemon=True)
        self.thread.start()

    def give_back(self) -> None:
        """End the right; the object stays, without holder."""
        self.is_over.set()
        if self.thread:
            self.thread.join()
        if not self.is_lost:
            self.facts = {}
            # Where it cannot be reached the lease ends by itself.
            with suppress(BaseError, FileNotFoundError):
                self._replace(self.version)

    def _look(self) -> tuple[dict[str, Any], Version | None]:
        """Who holds the lease; nobody where there is none or what is there says nothing."""
        try:
            found = obstore.get(self.objects, LOCK)
        except FileNotFoundError:
            return {}, None
        try:
            facts = json.loads(bytes(found.bytes()))
        except ValueError:
            facts = {}
        return facts if isinstance(facts, dict) else {}, Version.of(found.meta)

    def _replace(self, seen: Version | None) -> bool:
        """Write the lease over the version that was seen; False where another was quicker."""
        try:
            self.version = put_expecting(self.objects, LOCK, json.dumps(self.facts).encode(), seen)
        except Overtaken:
            return False
        return True

    def _renew(self) -> None:
        """Show that the holder lives, until it is over; what cannot be reached now is tried again the next time."""
        while not self.is_over.wait(RENEWAL):
            try:
                self.is_lost = not self._replace(self.version)
            except (BaseError, FileNotFoundError):
                # What is sent the next time is the same, and knows itself if it arrived after all.
                continue
            if self.is_lost:
                return
            self.facts["renewals"] += 1


def process_mark(pid: object) -> str:
    """What a process is on Linux, unlike any other on this or another machine; "" where it is not there."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        state, *rest = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        # The 22nd field is when it started; a number is given to another process later.
        return "" if state == "Z" else f"{boot} {os.readlink('/proc/self/ns/pid')} {rest[18]}"
    except (OSError, IndexError, ValueError):
        return ""


def is_dead(holder: dict[str, Any]) -> bool:
    """Whether the holder ran on this machine, among the processes that this one sees, and is no more."""
    theirs, own = str(holder.get("process", "")), process_mark(os.getpid())
    is_here = bool(own) and theirs.split(" ")[:2] == own.split(" ")[:2]
    return is_here and process_mark(holder.get("pid")) != theirs


def describe(holder: dict[str, Any], address: str) -> str:
    who = f"{holder.get('host', '?')} 上的进程 {holder.get('pid', '?')}，自 {holder.get('since', '?')} 起"
    advice = f"若它已经中断，{EXPIRY:g} 秒没有动静后即可接管：用 --wait {EXPIRY * 2:g} 重新运行。"
    return f"另一个程序（{who}）正在写入 {address}。请等它结束后再运行，或用 --wait 秒数 等待。{advice}"
