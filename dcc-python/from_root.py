"""Build backend of the root of the repository: maturin, run in this folder."""

import os
from pathlib import Path

os.chdir(Path(__file__).resolve().parent)

from maturin import *  # noqa: E402, F403
