"""Known minima and SciPy's effort on standard test functions. Run: python make_minima.py > minima.json"""
import json

import numpy as np
import scipy
from scipy.optimize import minimize

# name: (objective with gradient, start, published minimum); functions of More, Garbow and Hillstrom (1981).
def rosenbrock(x):
    a, b = 10 * (x[1::2] - x[::2] ** 2), 1 - x[::2]
    g = np.empty_like(x)
    g[::2], g[1::2] = -40 * a * x[::2] - 2 * b, 20 * a
    return (a @ a + b @ b), g


def powell_singular(x):
    a, b, c, d = x
    r = np.array([a + 10 * b, 5**0.5 * (c - d), (b - 2 * c) ** 2, 10**0.5 * (a - d) ** 2])
    j = np.array([[1, 10, 0, 0], [0, 0, 5**0.5, -(5**0.5)], [0, 2 * (b - 2 * c), -4 * (b - 2 * c), 0],
                  [10**0.5 * 2 * (a - d), 0, 0, -(10**0.5) * 2 * (a - d)]])
    return r @ r, 2 * j.T @ r


def beale(x):
    y = np.array([1.5, 2.25, 2.625])
    k = np.array([1, 2, 3])
    r = y - x[0] * (1 - x[1] ** k)
    j = np.stack([-(1 - x[1] ** k), x[0] * k * x[1] ** (k - 1)], axis=1)
    return r @ r, 2 * j.T @ r


def wood(x):
    a, b, c, d = x
    r = np.array([10 * (b - a * a), 1 - a, 90**0.5 * (d - c * c), 1 - c, 10**0.5 * (b + d - 2), 10**-0.5 * (b - d)])
    j = np.zeros((6, 4))
    j[0, 0], j[0, 1], j[1, 0] = -20 * a, 10, -1
    j[2, 2], j[2, 3], j[3, 2] = -2 * 90**0.5 * c, 90**0.5, -1
    j[4, 1] = j[4, 3] = 10**0.5
    j[5, 1], j[5, 3] = 10**-0.5, -(10**-0.5)
    return r @ r, 2 * j.T @ r


cases = {
    "rosenbrock 2": (rosenbrock, [-1.2, 1]),
    "rosenbrock 100": (rosenbrock, [-1.2, 1] * 50),
    "powell singular": (powell_singular, [3, -1, 0, 1]),
    "beale": (beale, [1, 1]),
    "wood": (wood, [-3, -1, -3, -1]),
}
out = {}
for name, (f, start) in cases.items():
    r = minimize(f, np.array(start, dtype=float), jac=True, method="L-BFGS-B",
                 options=dict(maxcor=8, gtol=1e-6, ftol=0, maxiter=5000, maxfun=10000))
    out[name] = {"start": start, "minimum": 0, "evaluations": int(r.nfev), "value": float(r.fun)}
print(json.dumps({
    "provenance": {"tool": f"scipy {scipy.__version__}, L-BFGS-B, maxcor 8, gtol 1e-6, ftol 0", "script": "make_minima.py",
                   "licence": "functions: More, Garbow, Hillstrom 1981"},
    "cases": out,
}, indent=1))
