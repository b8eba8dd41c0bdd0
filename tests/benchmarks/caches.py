"""The caches that remember pieces of reports, so that a measurement can begin as if for the first time.

In: the modules that are loaded.  Out: their bounded caches; forms and wordings stay.
"""

from __future__ import annotations

import sys
from typing import Any


def content_caches() -> list[Any]:
    found = [one for name, module in sys.modules.items() if name.startswith("parsing") for one in vars(module).values()]
    caches = [one for one in found if hasattr(one, "cache_clear") and one.cache_parameters()["maxsize"] is not None]
    return list({id(one): one for one in caches}.values())
