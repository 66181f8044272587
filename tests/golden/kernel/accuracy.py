"""accuracy_inputs.csv and accuracy.csv: K and Theta of deep networks in 150 digits, from the covariance formulas.

Pairs of rows of 64 features (doubles, exact in the file): equal, 1e-9, 1e-6, 1e-3 and 0.1 apart, generic, opposite, and
a scaled copy. Networks: W = 1.5, b = 0.1 (erf20: W = 20), `depth` activations between dense layers. Columns: network, depth,
pair, nngp, ntk, and both diagonals of both rows, 25 digits each.
"""
import csv
import random
import mpmath as mp

mp.mp.dps = 150
random.seed(4)
pi = mp.pi
d = 64


def relu(q1, q2, k):
    D = mp.sqrt(abs(q1 * q2 - k * k))
    theta = mp.atan2(D, k)
    return (D + (pi - theta) * k) / (2 * pi), (pi - theta) / (2 * pi)


def absolute(q1, q2, k):
    D = mp.sqrt(abs(q1 * q2 - k * k))
    theta = mp.atan2(D, k)
    slope = 1 - 2 * theta / pi
    return 2 * D / pi + k * slope, slope


def erf(q1, q2, k):
    root = mp.sqrt((1 + 2 * q1) * (1 + 2 * q2) - 4 * k * k)
    return 2 / pi * mp.atan2(2 * k, root), 4 / pi / root


def gelu(q1, q2, k):
    P = (1 + q1) * (1 + q2)
    C = mp.sqrt(P - k * k)
    w = mp.atan2(k, C)
    K = k / 4 + ((k * k + q1 * q2 * C * C) / (P * C) + k * w) / (2 * pi)
    return K, mp.mpf(1) / 4 + w / (2 * pi) + k / (2 * pi * C) * (1 / C**2 + (2 + q1 + q2) / P)


NETS = {"relu": ([relu], 1.5), "abs": ([absolute], 1.5), "erf": ([erf], 1.5), "gelu": ([gelu], 1.5),
        "erf-relu": ([erf, relu], 1.5), "erf20": ([erf], 20.0)}
DEPTHS = (1, 4, 10, 30)

x = [random.gauss(0, 1) for _ in range(d)]


def near(r):
    return [v + r * random.gauss(0, 1) for v in x]


PAIRS = {"equal": x, "1e-9": near(1e-9), "1e-6": near(1e-6), "1e-3": near(1e-3), "0.1": near(0.1),
         "generic": [random.gauss(0, 1) for _ in range(d)], "opposite": [-v for v in x], "scaled": [1.7 * v for v in x]}

with open("accuracy_inputs.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["pair"] + [f"x{i}" for i in range(d)])
    out.writerow(["first"] + [repr(v) for v in x])
    for name, z in PAIRS.items():
        out.writerow([name] + [repr(v) for v in z])


def covariance(a, b):
    return mp.fsum(mp.mpf(u) * mp.mpf(v) for u, v in zip(a, b)) / d


with open("accuracy.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow("network depth pair nngp ntk nngp_first nngp_second ntk_first ntk_second".split())
    for net, (activations, w) in NETS.items():
        W2, b2 = mp.mpf(w) ** 2, mp.mpf(0.1) ** 2
        for name, z in PAIRS.items():
            q1, q2, k = covariance(x, x), covariance(z, z), covariance(x, z)
            q1, q2, k = (W2 * v + b2 for v in (q1, q2, k))
            t1, t2, t = q1, q2, k
            for depth in range(1, DEPTHS[-1] + 1):
                phi = activations[(depth - 1) % len(activations)]
                (k1, s1), (k2, s2), (k, s) = phi(q1, q1, q1), phi(q2, q2, q2), phi(q1, q2, k)
                q1, q2, k = (W2 * v + b2 for v in (k1, k2, k))
                t1, t2, t = q1 + W2 * t1 * s1, q2 + W2 * t2 * s2, k + W2 * t * s
                if depth in DEPTHS:
                    out.writerow([net, depth, name] + [mp.nstr(v, 25) for v in (k, t, q1, q2, t1, t2)])
