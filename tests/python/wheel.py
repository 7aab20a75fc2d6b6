"""Makes a wheel of the package around an extension module that cargo has already built.

    python wheel.py SOURCES EXTENSION VERSION OUT_DIR

The wheel that users get is made by maturin; this one saves the tests a second
compilation of the same code. It prints its path.
"""

import base64
import hashlib
import sys
import sysconfig
import zipfile
from pathlib import Path

sources, extension, version, out = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
info = f"dcc-{version}.dist-info"

files = {f"dcc/{path.relative_to(sources)}": path.read_bytes() for path in sorted(sources.rglob("*.py*")) if path.is_file()}
files = {name: data for name, data in files.items() if "__pycache__" not in name}
files["dcc/py.typed"] = b""
files["dcc/_dcc.pyd" if sys.platform == "win32" else "dcc/_dcc.abi3.so"] = extension.read_bytes()
files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: dcc\nVersion: {version}\n".encode()
files[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp39-abi3-{platform}\n".encode()
files[f"{info}/entry_points.txt"] = b"[console_scripts]\ndcc = dcc.__main__:main\n"

record = []
for name, data in files.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    record.append(f"{name},sha256={digest},{len(data)}")
record.append(f"{info}/RECORD,,")
files[f"{info}/RECORD"] = "\n".join(record).encode()

wheel = out / f"dcc-{version}-cp39-abi3-{platform}.whl"
with zipfile.ZipFile(wheel, "w", zipfile.ZIP_STORED) as archive:
    for name, data in files.items():
        archive.writestr(name, data)
print(wheel)
