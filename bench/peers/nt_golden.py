"""The nets of docs/howto/coming_from_neural_tangents.md by neural-tangents, in float64.

    build/peers/nt/bin/python bench/peers/nt_golden.py
"""
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp  # noqa: E402
import neural_tangents as nt  # noqa: E402
from neural_tangents import stax  # noqa: E402

X = jnp.array([[1.0, 2.0, -1.0], [0.5, -1.0, 3.0]])
y = jnp.array([[1.0], [-1.0]])


def show(name, layers):
    kernel_fn = stax.serial(*layers)[2]
    kernels = kernel_fn(X, None, ("nngp", "ntk"))
    print(f"{name}: K12 {kernels.nngp[0, 1]:.16g}  Theta12 {kernels.ntk[0, 1]:.16g}  Theta11 {kernels.ntk[0, 0]:.16g}")
    return kernels


first = show("relu", [stax.Dense(1), stax.Relu(), stax.Dense(1)])
show("erf", [stax.Dense(1, W_std=1.5, b_std=0.05), stax.Erf(), stax.Dense(1, W_std=1.5, b_std=0.05)])
show("standard", [stax.Dense(512, W_std=1.5, b_std=0.1, parameterization="standard"), stax.Relu(),
                  stax.Dense(1, W_std=1.5, b_std=0.1, parameterization="standard")])
predict = nt.predict.gradient_descent_mse(first.ntk, y)
print("flow at t = 2:", *(f"{v:.16g}" for v in predict(2.0, jnp.zeros((2, 1)))[:, 0]))
