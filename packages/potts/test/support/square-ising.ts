/**
 * log Z of the Ising model on a torus of n × m sites at coupling K, by the closed form of Kaufman (1949).
 * @source kaufman1949
 */
export function kaufmanLogZ(n: number, m: number, coupling: number): number {
  const gamma = (l: number) => {
    if (l === 0) return 2 * coupling + Math.log(Math.tanh(coupling));
    const c = Math.cosh(2 * coupling) / Math.tanh(2 * coupling) - Math.cos((Math.PI * l) / n);
    return Math.acosh(c);
  };
  const parts = [1, 0].flatMap((odd) => {
    let cosh = 0;
    let sinh = 0;
    let sign = 1;
    for (let r = 0; r < n; r++) {
      const x = (m / 2) * gamma(2 * r + odd);
      cosh += Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x)));
      sinh += Math.abs(x) + Math.log(-Math.expm1(-2 * Math.abs(x)));
      sign *= Math.sign(x);
    }
    return [
      { log: cosh, sign: 1 },
      { log: sinh, sign },
    ];
  });
  const top = Math.max(...parts.map(({ log }) => log));
  const sum = parts.reduce((total, { log, sign }) => total + sign * Math.exp(log - top), 0);
  return top + Math.log(sum) - Math.LN2 + ((n * m) / 2) * Math.log(2 * Math.sinh(2 * coupling));
}

/** ⟨E⟩ per site on that torus, by a central difference good to 1e-9. */
export function kaufmanEnergy(n: number, m: number, coupling: number): number {
  const step = 1e-4;
  const at = (shift: number) => kaufmanLogZ(n, m, coupling + shift * step);
  const slope = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step);
  return (-slope * coupling) / (n * m);
}

/** ⟨E⟩/K per site of the infinite square lattice. @source onsager1944 */
export function onsagerEnergy(coupling: number): number {
  const modulus = (2 * Math.sinh(2 * coupling)) / Math.cosh(2 * coupling) ** 2;
  const weight = 2 * Math.tanh(2 * coupling) ** 2 - 1;
  return -(1 + (2 / Math.PI) * weight * ellipticK(modulus)) / Math.tanh(2 * coupling);
}

/** The complete elliptic integral of the first kind by the arithmetic-geometric mean. */
function ellipticK(modulus: number): number {
  let [a, b] = [1, Math.sqrt(1 - modulus * modulus)];
  for (let k = 0; k < 40; k++) [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
  return Math.PI / (2 * a);
}
