"""Where things lie: the only module that knows.

Read-only data (`resources/`, `db/`) in a checkout, a wheel and a frozen bundle; the person's own
files (settings, logs, crash reports, backups, caches) in the platform's places. No other module
builds such a path.
"""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

APP = "report-annotator"


@functools.cache
def _data_root() -> Path:
    """The folder that holds `resources/` and `db/`.

    A wheel or a frozen bundle carries them in `annotator/_data`; a checkout (and an editable
    install) has them beside the package.
    """
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    for root in (package / "_data", *([Path(bundle) / "annotator" / "_data"] if bundle else []), package.parent):
        if (root / "resources").is_dir() and (root / "db").is_dir():
            return root
    raise FileNotFoundError(f"the program's data folders (resources, db) are not beside {package}; install it again")


def resources() -> Path:
    """Icons, styles, translations, lexicons, schemas, examples."""
    return _data_root() / "resources"


def migrations() -> Path:
    """The folder of `NNNN_name.sql` files."""
    return _data_root() / "db" / "migrations"


def _own(kind: str) -> Path:
    """A folder of the person's, by platformdirs; `ANNOTATOR_HOME` puts all of them in one place."""
    home = os.environ.get("ANNOTATOR_HOME")
    if home:
        return Path(home) / kind
    import platformdirs  # late: a millisecond that the first paint need not pay

    folders = platformdirs.PlatformDirs(APP, appauthor=False)
    return {
        "config": folders.user_config_path,
        "data": folders.user_data_path,
        "state": folders.user_state_path,
        "log": folders.user_log_path,
        "cache": folders.user_cache_path,
    }[kind]


def settings_file() -> Path:
    """The one TOML file of settings."""
    return _own("config") / "settings.toml"


def crash_folder() -> Path:
    """Crash reports; they hold no report text."""
    return _own("log") / "crashes"


def backup_folder() -> Path:
    """Automatic backups of projects."""
    return _own("data") / "backups"


def cache_folder() -> Path:
    """What can be thrown away."""
    return _own("cache")


def sample_project() -> Path:
    """The sample project that the program opens when it is tried for the first time."""
    return _own("data") / "sample.annodb"
