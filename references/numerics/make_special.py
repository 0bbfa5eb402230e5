"""Values of special functions and quadrature rules to 25 digits. Run: python make_special.py > special.json"""
import json
import mpmath as mp

mp.mp.dps = 60


def text(x):
    return mp.nstr(x, 25, min_fixed=1, max_fixed=0)


def table(f, points):
    # Points are float64 numbers: the value belongs to exactly that number.
    return [[x, text(f(mp.mpf(x)))] for x in points]


grid = [k / 7 for k in range(-42, 43)] + [0.46875, 0.468750001, 4.0, 4.0000001, 1e-300, 1e-20, 1e-8, 1e-3]
far = [6.3, 7.7, 9.1, 11.9, 15.3, 19.7, 23.1, 26.1]
tail_grid = [k / 3 for k in range(-30, 112)] + [1e-10, 0.66, 5.66]
log_grid = tail_grid + [-35.7, 40.1, 77.7, 1e3, 1e8]


def tail(x):
    return mp.erfc(x / mp.sqrt(2)) / 2


def log_tail(x):
    return mp.log1p(-tail(-x)) if x < 0 else mp.log(tail(x))


def hermite(order):
    """Nodes and weights for the standard normal weight, by Newton on the polynomial itself."""
    mp.mp.dps = 120
    poly = lambda x: mp.hermite(order, x / mp.sqrt(2))
    roots = []
    if order % 2:
        roots.append(mp.mpf(0))
    # Golub-Welsch at high precision gives the start values.
    jacobi = mp.zeros(order)
    for k in range(1, order):
        jacobi[k - 1, k] = jacobi[k, k - 1] = mp.sqrt(k)
    values = sorted(mp.eigsy(jacobi, eigvals_only=True))
    weights = []
    for x in values:
        p = [mp.mpf(1), x]
        for k in range(1, order - 1):
            p.append((x * p[k] - mp.sqrt(k) * p[k - 1]) / mp.sqrt(k + 1))
        weights.append(1 / mp.fsum(v * v for v in p[:order]))
    mp.mp.dps = 60
    return {"nodes": [text(v) for v in values], "weights": [text(w) for w in weights]}


def legendre(order):
    rule = []
    for x in mp.polyroots(mp.taylor(lambda t: mp.legendre(order, t), 0, order)[::-1], maxsteps=500, extraprec=400):
        slope = order * (x * mp.legendre(order, x) - mp.legendre(order - 1, x)) / (x * x - 1)
        rule.append((mp.re(x), 2 / ((1 - x * x) * slope**2)))
    rule.sort(key=lambda pair: pair[0])
    return {"nodes": [text(x) for x, _ in rule], "weights": [text(mp.re(w)) for _, w in rule]}


print(json.dumps({
    "provenance": {"tool": f"mpmath {mp.__version__}", "script": "make_special.py", "digits": 25,
                   "licence": "values are facts; mpmath is BSD-3-Clause"},
    "erf": table(mp.erf, grid),
    "erfc": table(mp.erfc, grid + far),
    "erfcx": table(lambda x: mp.exp(x * x) * mp.erfc(x), grid + far + [1e3, 1e10, -20.3, -26.2]),
    "gaussianTail": table(tail, tail_grid),
    "logGaussianTail": table(log_tail, log_grid),
    "gaussHermite": {str(n): hermite(n) for n in (2, 5, 32)},
    "gaussLegendre": {str(n): legendre(n) for n in (2, 5, 32)},
}, indent=1))
