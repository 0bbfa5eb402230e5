#!/bin/sh
# Writes plmc-small.json: plmc's output on six made-up sequences, one of which it drops. Needs git, make, gcc, python3.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
git clone -q https://github.com/debbiemarkslab/plmc && cd plmc
git checkout -q 18c9e55e3bd2f14f4968be19a807b401996c929a
make all-openmp
printf '>one/11-15\n_*^_*\n>two\n_*^^*\n>three\n*^__^\n>four\n^_*^_\n>five\n_*__*\n>six\nZ*__*\n' > small.a2m
./bin/plmc -o small.params -c small.ec -a '_*^' -f one -le 1 -lh 0.1 -m 50 -t 0.3 small.a2m
python3 - "$here/plmc-small.json" <<'PYTHON'
import base64, json, sys
path = sys.argv[1]
reference = json.load(open(path))
reference["alignment"] = open("small.a2m").read()
reference["couplingTable"] = open("small.ec").read()
reference["parameters"] = base64.b64encode(open("small.params", "rb").read()).decode()
open(path, "w").write(json.dumps(reference, indent=2) + "\n")
PYTHON
