from __future__ import annotations
def find_aligned(items): return items
