"""The full-batch gradient step in the published JAX form: its time, and its losses beside ours.

    jax_step.py N M PRECISION PROBLEM LOSSES

PROBLEM and LOSSES are what arc_losses wrote. Prints one line of JSON. Exit status 5 if the float64
losses differ from ours by more than rounding.
"""
import json
import sys
import time

import numpy as np

n, m, precision = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]

import jax  # noqa: E402

jax.config.update("jax_enable_x64", precision == "float64")
import jax.numpy as jnp  # noqa: E402

numbers = np.fromfile(sys.argv[4])
ours = np.loadtxt(sys.argv[5])
steps = len(ours) - 1
a, w1, w2, b = numbers[: 4 * m].reshape(4, m)
angles, y = numbers[4 * m :].reshape(2, n)
X = jnp.asarray(np.stack([np.cos(angles), np.sin(angles)], axis=1), dtype=precision)
y = jnp.asarray(y, dtype=precision)
parameters = {
    "W": jnp.asarray(np.stack([w1, w2]), dtype=precision),
    "b": jnp.asarray(b, dtype=precision),
    "a": jnp.asarray(a, dtype=precision),
}
learning_rate = 0.2048 / n


def loss(p):
    f = jax.nn.relu(X @ p["W"] + p["b"]) @ p["a"] / np.sqrt(m).astype(precision)
    return 0.5 * jnp.sum((f - y) ** 2)


def step(p, _):
    value, gradient = jax.value_and_grad(loss)(p)
    return jax.tree_util.tree_map(lambda q, g: q - learning_rate * g, p, gradient), value


def trajectory(count):
    return jax.jit(lambda p: jax.lax.scan(step, p, None, length=count))


def seconds(run):
    start = time.perf_counter()
    jax.block_until_ready(run(parameters))
    return time.perf_counter() - start


run = trajectory(steps + 1)
losses = np.asarray(run(parameters)[1], dtype=float)
difference = float(np.max(np.abs(losses - ours) / ours))

# Steps per call so that a call takes about a second; compiled before the clock starts.
first = seconds(run) / (steps + 1)
count = max(1, min(2000, int(1.0 / first)))
run = trajectory(count)
jax.block_until_ready(run(parameters))
times = [seconds(run) / count for _ in range(3)]

print(json.dumps({"jax": jax.__version__, "n": n, "m": m, "precision": precision, "steps": count,
                  "best": min(times), "median": sorted(times)[1], "loss_difference": difference}))

# Each of the n + m terms of a sum may be off by an eps, and every step adds such errors.
bound = (steps + 1) * (n + m) * np.finfo(precision).eps
if not difference <= (bound if precision == "float64" else max(bound, 1e-3)):
    sys.exit(5)
