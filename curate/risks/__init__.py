"""Text that misleads a machine: hidden from people, planted as orders, tricked in its encoding."""

from curate.risks.encoding import tricks
from curate.risks.injection import planted
from curate.risks.scanning import scan_document

__all__ = ["planted", "scan_document", "tricks"]
