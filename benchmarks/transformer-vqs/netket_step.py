"""Times NetKet's optimisation step with a transformer wave function, for the table beside ours.

Usage: netket_step.py SIDE WIDTH LAYERS HEADS SAMPLES DTYPE STEPS
Prints one JSON object: seconds and CPU seconds of each step after compilation, and the energy per site at the end.
The network is the one of @spinformer/transformer-vqs with `attention: 'factored'`: patches of 2 x 2, positional weights
that are translation invariant, complex head; the driver is VMC_SR with exchange moves, as in the tutorial of the
paper's authors in NetKet's documentation.
"""
import json
import os
import sys
import time

side, width, layers, heads, samples = map(int, sys.argv[1:6])
dtype_name = sys.argv[6]
steps = int(sys.argv[7])
if dtype_name == "float32":
    os.environ["NETKET_ENABLE_X64"] = "0"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import flax.linen as nn  # noqa: E402
import netket as nk  # noqa: E402
import optax  # noqa: E402

PATCH = 2
dtype = getattr(jnp, dtype_name)
xavier = nn.initializers.xavier_uniform()


def dense(features):
    return nn.Dense(features, kernel_init=xavier, param_dtype=dtype, dtype=dtype)


def norm():
    return nn.LayerNorm(dtype=dtype, param_dtype=dtype)


class FactoredAttention(nn.Module):
    """out_i = sum_j alpha_{j-i} V x_j for every head, with j-i on the torus of patches."""

    @nn.compact
    def __call__(self, x):
        tokens = x.shape[-2]
        extent = side // PATCH
        alpha = self.param("alpha", xavier, (heads, tokens), dtype)
        row, column = jnp.divmod(jnp.arange(tokens), extent)
        shift = ((row[None] - row[:, None]) % extent) * extent + (column[None] - column[:, None]) % extent
        value = dense(width)(x).reshape(*x.shape[:-1], heads, width // heads)
        mixed = jnp.einsum("hij,...jhd->...ihd", alpha[:, shift], value)
        return dense(width)(mixed.reshape(x.shape))


class Block(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = x + FactoredAttention()(norm()(x))
        return x + dense(width)(nn.gelu(dense(4 * width)(norm()(x))))


def log_cosh(z):
    z = jnp.where(z.real < 0, -z, z)
    return z + jnp.log1p(jnp.exp(-2 * z)) - jnp.log(2.0)


class Transformer(nn.Module):
    @nn.compact
    def __call__(self, spins):
        extent = side // PATCH
        x = spins.reshape(-1, extent, PATCH, extent, PATCH).transpose(0, 1, 3, 2, 4)
        x = dense(width)(x.reshape(x.shape[0], extent * extent, PATCH * PATCH).astype(dtype))
        for _ in range(layers):
            x = Block()(x)
        z = norm()(x.sum(axis=-2))
        real, imaginary = norm()(dense(width)(z)), norm()(dense(width)(z))
        return log_cosh(real + 1j * imaginary).sum(axis=-1)


graph = nk.graph.Square(side, max_neighbor_order=2)
hilbert = nk.hilbert.Spin(s=1 / 2, N=graph.n_nodes, total_sz=0)
hamiltonian = nk.operator.Heisenberg(hilbert, graph, J=[1.0, 0.5], sign_rule=[False, False]).to_jax_operator()
sampler = nk.sampler.MetropolisExchange(
    hilbert, graph=graph, d_max=1, n_chains=samples, sweep_size=graph.n_nodes, dtype=jnp.int8
)
state = nk.vqs.MCState(
    sampler, Transformer(), n_samples=samples, n_discard_per_chain=0, seed=1, sampler_seed=2,
    chunk_size=min(samples, 1024),
)
driver = nk.driver.VMC_SR(
    hamiltonian, optax.sgd(0.0075), diag_shift=1e-3, variational_state=state, mode="complex"
)
driver.run(2, out=(), show_progress=False)
jax.block_until_ready(state.parameters)
walls, cpus = [], []
for _ in range(steps):
    wall, cpu = time.perf_counter(), time.process_time()
    driver.run(1, out=(), show_progress=False)
    jax.block_until_ready(state.parameters)
    walls.append(time.perf_counter() - wall)
    cpus.append(time.process_time() - cpu)
print(json.dumps({
    "netket": nk.__version__, "jax": jax.__version__, "parameters": state.n_parameters, "dtype": dtype_name,
    "seconds": walls, "cpuSeconds": cpus,
    "energyPerSite": float(state.expect(hamiltonian).mean.real) / 4 / graph.n_nodes,
}))
