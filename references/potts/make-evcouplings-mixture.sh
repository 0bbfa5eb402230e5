#!/bin/sh
# Writes evcouplings-mixture.json: EVcouplings' mixture of skew-normal noise and lognormal signal, fitted to its own
# example PABP_YEAST (notebooks/example) and to 400 made-up scores. Needs git, python3 with numpy, pandas and scipy.
# SOURCE names a clone that is already there.
set -e
here=$(cd "$(dirname "$0")" && pwd)
source=${SOURCE:-https://github.com/debbiemarkslab/EVcouplings}
commit=fd0572e37f1eb3b9fb14acaa3465d29e285976d4
work=$(mktemp -d)
git clone -q --no-checkout "$source" "$work/evc"
git -C "$work/evc" checkout -q $commit -- evcouplings/couplings/pairs.py notebooks/example/PABP_YEAST_CouplingScores.csv
python3 - "$here/evcouplings-mixture.json" "$work/evc" "$commit" <<'PYTHON'
import importlib.util, json, sys, types
import numpy, pandas, scipy
path, clone, commit = sys.argv[1:]
# The mixture needs neither plots nor the logistic regression: modules that only those use may be missing.
for name in ("pkg_resources", "matplotlib", "matplotlib.pyplot", "sklearn", "sklearn.linear_model",
             "evcouplings", "evcouplings.utils", "evcouplings.utils.calculations", "evcouplings.utils.config"):
    module = sys.modules[name] = types.ModuleType(name)
    module.__getattr__ = lambda attribute: None
spec = importlib.util.spec_from_file_location("pairs", clone + "/evcouplings/couplings/pairs.py")
pairs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pairs)

def fit(scores):
    model = pairs.ScoreMixtureModel(scores)
    names = ("noiseShare", "noiseScale", "noiseSkew", "signalMean", "signalDeviation")
    density = model.mixture_pdf(scores, *model.params)
    return {"mixture": dict(zip(names, map(float, model.params))), "logLikelihood": float(numpy.log(density).sum()),
            "probabilities": [float(p) for p in model.probability(scores)]}

generator = numpy.random.default_rng(4)
noise, signal = generator.gamma(4, 0.1, 370) - 0.4, numpy.exp(generator.normal(0.3, 0.3, 30))
made = numpy.round(numpy.concatenate([noise, signal]), 6)
table = pandas.read_csv(clone + "/notebooks/example/PABP_YEAST_CouplingScores.csv")
published = fit(table["cn"].values)
published["probabilities"] = published["probabilities"][:300]
json.dump({
    "tool": "EVcouplings", "version": commit, "source": "https://github.com/debbiemarkslab/EVcouplings", "licence": "MIT",
    "command": "pairs.ScoreMixtureModel(scores).probability(scores)",
    "precision": f"float64; EM to 1e-4 in log-likelihood, numpy {numpy.__version__}, scipy {scipy.__version__}",
    "generator": "make-evcouplings-mixture.sh",
    "made": {"scores": made.tolist(), **fit(made)},
    "PABP_YEAST": published,
}, open(path, "w"), indent=1)
open(path, "a").write("\n")
PYTHON
rm -rf "$work"
