#!/usr/bin/env python3
"""Writes numeric_dual.csv: E phi(u) phi(v) and E phi'(u) phi'(v) of activations without a closed form,
by double integrals of the definition in 25 digits. Smooth functions: polar coordinates, the angle
cut where u or v vanishes. hard_tanh: the inner integral in closed form, the outer cut at its corners.
Needs mpmath 1.3; some minutes.

    python3 numeric_dual.py > numeric_dual.csv
"""
import mpmath as mp

mp.mp.dps = 25
SELU_SCALE = mp.mpf("1.0507009873554804934193349852946")
SELU_ALPHA = mp.mpf("1.6732632423543772848170429916717")


def logistic(x):
    return 1 / (1 + mp.exp(-x))


FUNCTIONS = {
    "tanh": (mp.tanh, lambda x: mp.sech(x) ** 2),
    "sigmoid": (logistic, lambda x: logistic(x) * logistic(-x)),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), logistic),
    "silu": (lambda x: x * logistic(x), lambda x: logistic(x) + x * logistic(x) * logistic(-x)),
    "elu": (lambda x: x if x > 0 else mp.expm1(x), lambda x: 1 if x > 0 else mp.exp(x)),
    "selu": (lambda x: SELU_SCALE * (x if x > 0 else SELU_ALPHA * mp.expm1(x)),
             lambda x: SELU_SCALE * (1 if x > 0 else SELU_ALPHA * mp.exp(x))),
}


def gauss_legendre(n):
    rule = []
    for i in range(n):
        x = mp.cos(mp.pi * (i + mp.mpf(3) / 4) / (n + mp.mpf(1) / 2))
        for _ in range(8):
            p0, p1 = mp.mpf(1), x
            for k in range(2, n + 1):
                p0, p1 = p1, ((2 * k - 1) * x * p1 - (k - 1) * p0) / k
            slope = n * (x * p1 - p0) / (x * x - 1)
            x -= p1 / slope
        rule.append((x, 2 / ((1 - x * x) * slope**2)))
    return rule


RULE = gauss_legendre(24)


def panels(ends, parts):
    for a, b in zip(ends, ends[1:]):
        for i in range(parts):
            low, high = a + (b - a) * i / parts, a + (b - a) * (i + 1) / parts
            for x, w in RULE:
                yield (low + high) / 2 + (high - low) / 2 * x, (high - low) / 2 * w


def polar(f, q1, q2, theta, parts):
    """Both halves of the plane at once: the angle runs over half a turn. One entry per function."""
    r1, r2 = mp.sqrt(q1), mp.sqrt(q2)
    radial = [(r, w * r * mp.exp(-r * r / 2) / (2 * mp.pi))
              for r, w in panels([mp.mpf(0), mp.mpf(1), mp.mpf(3), mp.mpf(6), mp.mpf(11)], parts)]
    totals = [mp.mpf(0) for _ in f]
    for width, sign in ((mp.pi - theta, 1), (theta, -1)):
        for x, w in panels([mp.mpf(0), width], parts):
            u, v = r1 * mp.sin(width - x), sign * r2 * mp.sin(x)
            for r, wr in radial:
                for i, g in enumerate(f):
                    totals[i] += w * wr * (g(u * r) * g(v * r) + g(-u * r) * g(-v * r))
    return totals


def hard_tanh(q1, q2, theta):
    r1, r2, rho, sigma = mp.sqrt(q1), mp.sqrt(q2), mp.cos(theta), mp.sin(theta)

    def inner(z):
        m, d = r2 * rho * z, r2 * sigma
        a, b = (-1 - m) / d, (1 - m) / d
        inside = mp.ncdf(b) - mp.ncdf(a)
        return m * inside + d * (mp.npdf(a) - mp.npdf(b)) + mp.ncdf(-b) - mp.ncdf(a), inside
    ends = sorted({mp.mpf(-12), mp.mpf(12), mp.mpf(0), -1 / r1, 1 / r1, -1 / (r2 * rho), 1 / (r2 * rho)})
    ends = [z for z in ends if abs(z) <= 12]
    K = Kdot = mp.mpf(0)
    for z, w in panels(ends, 12):
        value, slope = inner(z)
        K += w * mp.npdf(z) * max(-1, min(1, r1 * z)) * value
        Kdot += w * mp.npdf(z) * (1 if abs(r1 * z) < 1 else 0) * slope
    return K, Kdot


# q1, q2, s, opposite
PAIRS = [(0.5, 0.5, 0.05, 0), (0.5, 1.25, 0.3, 0), (1.0, 1.0, 0.4, 1), (2.5, 0.75, 0.01, 1)]


def main():
    print("family,q1,q2,smaller,opposite,K,Kdot,agreement")
    for q1, q2, smaller, opposite in PAIRS:
        m = mp.mpf(smaller)
        theta = mp.acos(2 * m - 1 if opposite else 1 - 2 * m)
        key = f"{q1!r},{q2!r},{smaller!r},{opposite}"
        Q1, Q2 = mp.mpf(q1), mp.mpf(q2)
        for name, pair in FUNCTIONS.items():
            coarse, fine = polar(pair, Q1, Q2, theta, 1), polar(pair, Q1, Q2, theta, 2)
            agreement = max(abs(a - b) for a, b in zip(coarse, fine))
            print(f"{name},{key},{mp.nstr(fine[0], 20)},{mp.nstr(fine[1], 20)},{mp.nstr(agreement, 2)}", flush=True)
        K, Kdot = hard_tanh(Q1, Q2, theta)
        print(f"hard_tanh,{key},{mp.nstr(K, 20)},{mp.nstr(Kdot, 20)},0", flush=True)


if __name__ == "__main__":
    main()
