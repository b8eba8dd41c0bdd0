"""A visitor of the running app without a browser: speaks the app's own protocol and says how long the server took.

In: the address of an app, and what is asked for.  Out: seconds from the question to the end of the script, the bytes
that came, and what a next question can press.  Refused (`PageFailed`): a page that shows an exception.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE = 600


class PageFailed(AssertionError):
    """A page showed an exception."""


@dataclass(slots=True)
class View:
    """What a run of a page's script took, and the pagers that it drew."""

    seconds: float
    size: int = 0
    pagers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Visitor:
    """One session."""

    socket: ClientConnection

    def open(self, stem: str, **parameters: str) -> View:
        """A page by its address, as from a link."""
        return self.run(stem, parameters, {})

    def turn(self, stem: str, view: View, page: int, **parameters: str) -> View:
        """Another page of the first long table on the screen."""
        return self.run(stem, parameters, {view.pagers[0]: page})

    def run(self, stem: str, parameters: dict[str, str], pressed: dict[str, int]) -> View:
        message = BackMsg()
        message.rerun_script.query_string = urlencode(parameters)
        message.rerun_script.page_name = stem
        for widget, number in pressed.items():
            message.rerun_script.widget_states.widgets.add(id=widget, int_value=number)
        began = time.perf_counter()
        self.socket.send(message.SerializeToString())
        return self.wait(View(0), began)

    def wait(self, view: View, began: float) -> View:
        """Everything until the script has ended of itself; one that leads to another page runs again."""
        while True:
            data = self.socket.recv(timeout=PATIENCE)
            assert isinstance(data, bytes)
            view.size += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self.look_at(message, view)
            if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                view.seconds = time.perf_counter() - began
                return view

    @staticmethod
    def look_at(message: ForwardMsg, view: View) -> None:
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise PageFailed(element.exception.message)
        if element.WhichOneof("type") == "pagination":
            view.pagers.append(element.pagination.id)


@contextmanager
def visit(address: str) -> Iterator[Visitor]:
    """A new visitor."""
    place = address.replace("http://", "ws://", 1)
    with connect(f"{place}/_stcore/stream", subprotocols=["streamlit"], max_size=None, origin=None) as socket:
        yield Visitor(socket)
