"""The type of what PDFium hands out: pointers, pages, objects.

They come from a library without types, so that the name is all that can be said of them.
"""

from __future__ import annotations

from typing import Any, TypeAlias

Handle: TypeAlias = Any
