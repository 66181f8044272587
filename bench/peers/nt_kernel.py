"""Both kernels of a deep ReLU network by neural-tangents: their time, and the values of some pairs.

    nt_kernel.py DEPTH PRECISION FOLDER

FOLDER holds what `kernel_grams inputs` wrote; FOLDER/nt-DEPTH-PRECISION gets nngp and ntk of the pairs.
Prints one line of JSON: seconds of the jitted call after it was compiled (median of five, result on the
host), and of one unjitted call.
"""
import functools
import json
import os
import sys
import time

import numpy as np

depth, precision, folder = int(sys.argv[1]), sys.argv[2], sys.argv[3]

import jax  # noqa: E402

jax.config.update("jax_enable_x64", precision == "float64")
import neural_tangents as nt  # noqa: E402
from neural_tangents import stax  # noqa: E402

with open(os.path.join(folder, "size.txt")) as file:
    n, d = map(int, file.read().split())
X = np.fromfile(os.path.join(folder, "x.f32"), dtype=np.float32).reshape(n, d).astype(precision)
pairs = np.loadtxt(os.path.join(folder, "pairs.txt"), dtype=int)

layers = [stax.Dense(1)]
for _ in range(depth):
    layers += [stax.Relu(), stax.Dense(1)]
_, _, kernel_fn = stax.serial(*layers)
both = functools.partial(kernel_fn, x2=None, get=("nngp", "ntk"))


def seconds(call):
    start = time.perf_counter()
    result = call(X)
    result = [np.asarray(result.nngp), np.asarray(result.ntk)]
    return time.perf_counter() - start, result


unjitted, _ = seconds(both)
jitted = jax.jit(both)
seconds(jitted)
times = [seconds(jitted) for _ in range(5)]
nngp, ntk = times[-1][1]
np.savetxt(os.path.join(folder, f"nt-{depth}-{precision}"),
           np.stack([nngp[pairs[:, 0], pairs[:, 1]], ntk[pairs[:, 0], pairs[:, 1]]], axis=1).astype(float),
           fmt="%.17g")
print(json.dumps({"depth": depth, "precision": precision, "neural_tangents": nt.__version__, "jax": jax.__version__,
                  "jitted": sorted(t for t, _ in times)[2], "unjitted": unjitted}))
