"""Files in and out of the command ``dcc``."""

from __future__ import annotations

import errno
import glob
import os
import sys
import threading
import time
from pathlib import Path
from typing import Callable, List, Optional, Sequence, TextIO, TypeVar

T = TypeVar("T")

STANDARD = "-"


def read(path: str) -> bytes:
    """The bytes of a file, or of the standard input for ``-``."""
    if path == STANDARD:
        try:
            return sys.stdin.buffer.read()
        except OSError as error:
            error.filename = "entrée standard"
            raise
    if os.path.isdir(path):
        # said alike on every system
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    return Path(path).read_bytes()


def expand(paths: Sequence[str]) -> List[str]:
    """The files that patterns stand for, where the shell leaves them to the program."""
    found: List[str] = []
    for path in paths:
        is_pattern = os.name == "nt" and glob.has_magic(path) and not os.path.exists(path)
        found += (sorted(glob.glob(path)) if is_pattern else []) or [path]
    return found


def write(path: str, data: bytes) -> None:
    """Writes a file whole or not at all; ``-`` is the standard output."""
    try:
        if path == STANDARD:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        # a link stays one, a device or a pipe is written as it is
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)
            return
        # a short name: a long one may leave no room for more
        partial = target.with_name(f".{os.getpid()}.{threading.get_ident()}.partial")
        try:
            with open(partial, "wb") as file:
                file.write(data)
            os.replace(partial, target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        # the file in fault is the one asked for
        error.filename = "sortie standard" if path == STANDARD else path
        raise


# what the system says, by the name of its number
REASONS = {
    "ENOENT": "fichier introuvable",
    "EACCES": "accès refusé",
    "EPERM": "opération interdite",
    "EISDIR": "c'est un dossier",
    "ENOTDIR": "ce n'est pas un dossier",
    "EEXIST": "le fichier existe déjà",
    "ENAMETOOLONG": "le nom est trop long",
    "ENOSPC": "il n'y a plus de place",
    "EDQUOT": "le quota est dépassé",
    "EFBIG": "le fichier est trop grand",
    "EROFS": "le volume ne s'écrit pas",
    "EIO": "le volume a une erreur de lecture ou d'écriture",
    "EMFILE": "trop de fichiers sont ouverts",
    "ENFILE": "trop de fichiers sont ouverts",
    "ELOOP": "les liens tournent en rond",
    "EBUSY": "le fichier est occupé",
    "ETXTBSY": "le fichier est occupé",
    "EXDEV": "le fichier est sur un autre volume",
    "ENODEV": "le périphérique est absent",
    "ENXIO": "le périphérique est absent",
    "ENOMEM": "la mémoire manque",
    "EINVAL": "le système refuse ce nom ou cette opération",
    "EBADF": "le flux est fermé",
    "ESTALE": "le volume du réseau a changé",
    "ETIMEDOUT": "le volume du réseau ne répond pas",
    "EPIPE": "le lecteur est parti",
}


def reason(error: OSError) -> str:
    """Why a file cannot be read or written, in French."""
    name = errno.errorcode.get(error.errno or 0, "")
    said = REASONS.get(name)
    if said is not None:
        return said
    # EAGAIN and others that no file should give: what the system says of them, between brackets
    detail = " ".join(filter(None, [name, error.strerror or str(error)]))
    return f"le système le refuse ({detail})"


def targets(inputs: Sequence[str], output: Optional[str], suffix: str) -> List[str]:
    """Where the result of each input goes.

    Without `output` the result of one input goes to the standard output; a
    folder, which several inputs need, receives one file an input.

    Raises
    ------
    ValueError
        Several inputs without a folder, or two for one name.
    """
    folder = output is not None and output != STANDARD and (
        len(inputs) > 1 or output.endswith(("/", os.sep)) or Path(output).is_dir()
    )
    if not folder or output is None:
        if len(inputs) > 1:
            raise ValueError("plusieurs fichiers : indiquez un dossier de sortie avec -o DOSSIER")
        return [STANDARD if output is None else output]
    made = []
    for path in inputs:
        stem = "document" if path == STANDARD else Path(path).stem
        made.append(str(Path(output) / f"{stem}{suffix}"))
    for path, other in zip(sorted(made), sorted(made)[1:]):
        if path == other:
            raise ValueError(f"deux fichiers d'entrée donneraient {path}")
    Path(output).mkdir(parents=True, exist_ok=True)
    return made


class Progress:
    """A progress bar on a terminal; nothing elsewhere, nor for one file."""

    def __init__(self, total: int, stream: Optional[TextIO] = None) -> None:
        self.stream = sys.stderr if stream is None else stream
        self.total = total
        self.done = 0
        self.shown = False
        self.last = 0.0
        self.active = total > 1 and self.stream.isatty()

    def step(self) -> None:
        """One more is done."""
        self.set(self.done + 1)

    def set(self, done: int) -> None:
        """So many are done."""
        self.done = done
        now = time.monotonic()
        if self.active and (now - self.last > 0.1 or done == self.total):
            self.last = now
            width = 30
            full = width * done // self.total if self.total else width
            bar = "█" * full + "·" * (width - full)
            self.stream.write(f"\r{bar} {done}/{self.total}")
            self.stream.flush()
            self.shown = True

    def grow(self, done: int, steps: int) -> None:
        """The last one is done in steps, so many of which are done."""
        if done <= 1:
            self.total = self.done + steps
        self.set(self.total - steps + done)

    def clear(self) -> None:
        """Takes the bar away, so that a line can be written."""
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.shown = False


def each(work: Callable[[int], T], count: int, done: Callable[[int, T], None]) -> None:
    """Does `work` of 0 to `count` on every processor; `done` is told in order.

    The library releases the GIL, so threads are enough.
    """
    progress = Progress(count)
    workers = min(count, os.cpu_count() or 1)
    if workers <= 1:
        for index in range(count):
            done(index, work(index))
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(workers) as pool:
        for index, result in enumerate(pool.map(work, range(count))):
            progress.clear()
            done(index, result)
            progress.step()
    progress.clear()
