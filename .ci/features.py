"""Prints the features of a package of this workspace, one per line: features.py PACKAGE"""

import json
import subprocess
import sys

command = ["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"]
packages = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["packages"]
for package in packages:
    if package["name"] == sys.argv[1]:
        print("\n".join(name for name in package["features"] if name != "default"))
