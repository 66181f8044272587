#!/usr/bin/env python3
"""Writes dual.csv: dual functions of every closed family to 25 digits, from the textbook formulas in
covariances with 200 digits, where nothing is lost to cancellation. Nothing of the half angle enters
but its definition rho = 1 - 2s. `python3 dual.py check` compares the formulas with double integrals
of the definition E[phi(u) phi(v)] instead. Needs mpmath 1.3; a minute.

    python3 dual.py > dual.csv
"""
import sys

import mpmath as mp

mp.mp.dps = 200
PI = mp.pi


def corner(a, b):
    def K(q1, q2, k):
        root = mp.sqrt(q1 * q2)
        theta = mp.acos(k / root)
        Kdot = (a * a + b * b) / 2 - (a - b) ** 2 * theta / (2 * PI)
        return (a - b) ** 2 * root * mp.sin(theta) / (2 * PI) + k * Kdot, Kdot
    return K, lambda x: a * min(x, 0) + b * max(x, 0)


def error_function(a, b, c):
    def K(q1, q2, k):
        q1, q2, k = b * b * q1, b * b * q2, b * b * k
        P = (1 + 2 * q1) * (1 + 2 * q2)
        return (a * a * 2 / PI * mp.asin(2 * k / mp.sqrt(P)) + c * c,
                a * a * b * b * 4 / PI / mp.sqrt(P - 4 * k * k))
    return K, lambda x: a * mp.erf(b * x) + c


def gelu():
    def K(q1, q2, k):
        P = (1 + q1) * (1 + q2)
        C = mp.sqrt(P - k * k)
        w = mp.asin(k / mp.sqrt(P))
        return (k / 4 + ((k * k + q1 * q2 * C * C) / (P * C) + k * w) / (2 * PI),
                mp.mpf(1) / 4 + w / (2 * PI) + k / (2 * PI * C) * (1 / C**2 + (2 + q1 + q2) / P))
    return K, lambda x: x * mp.ncdf(x)


def wave(a, b, c):
    def K(q1, q2, k):
        k, damp = b * b * k, mp.exp(-b * b * (q1 + q2) / 2)
        s, o = mp.sin(c) ** 2, mp.cos(c) ** 2
        return (a * a * damp * (s * mp.cosh(k) + o * mp.sinh(k)),
                a * a * b * b * damp * (s * mp.sinh(k) + o * mp.cosh(k)))
    return K, lambda x: a * mp.sin(b * x + c)


def rbf(g):
    def K(q1, q2, k):
        value = mp.exp(-g * (q1 + q2 - 2 * k))
        return value, 2 * g * value
    return K, lambda x: mp.sqrt(2) * mp.sin(mp.sqrt(2 * g) * x + PI / 4)


def exponential(a, b):
    def K(q1, q2, k):
        value = a * a * mp.exp(b * b * ((q1 + q2) / 2 + k))
        return value, b * b * value
    return K, lambda x: a * mp.exp(b * x)


def gaussian(a, b):
    def K(q1, q2, k):
        G = mp.sqrt((1 - 2 * b * q1) * (1 - 2 * b * q2) - 4 * b * b * k * k)
        return a * a / G, 4 * a * a * b * b * k / G**3
    return K, lambda x: a * mp.exp(b * x * x)


def gabor():
    def K(q1, q2, k):
        S, e = q1 + q2, 4 * (q1 * q2 - k * k)
        F = 2 * S + e + 1
        E, R = mp.exp(-(S + e + 2 * k) / (2 * F)), mp.exp(2 * k / F)
        A, B = 1 + 2 * S + 4 * (k * k + q1 * q2), 4 * k * (e + 3 * S + 2)
        return E * (R - 1) / (2 * mp.sqrt(F)), E * ((A - B) + R * (A + B)) / (2 * F ** mp.mpf(2.5))
    return K, lambda x: mp.exp(-x * x) * mp.sin(x)


def sign():
    def K(q1, q2, k):
        return 1 - 2 * mp.acos(k / mp.sqrt(q1 * q2)) / PI, mp.mpf(0)
    return K, lambda x: mp.sign(x)


def step():
    def K(q1, q2, k):
        return (PI - mp.acos(k / mp.sqrt(q1 * q2))) / (2 * PI), mp.mpf(0)
    return K, lambda x: 1 if x > 0 else 0


def polynomial(c):
    def p(l, q):
        return sum(c[l + 2 * i] * mp.factorial(l + 2 * i) * q**i / (2**i * mp.factorial(i))
                   for i in range((len(c) - l + 1) // 2)) / mp.sqrt(mp.factorial(l))

    def K(q1, q2, k):
        products = [p(l, q1) * p(l, q2) for l in range(len(c))]
        return (sum(x * k**l for l, x in enumerate(products)),
                sum(l * x * k ** (l - 1) for l, x in enumerate(products) if l > 0))
    return K, lambda x: mp.polyval(c[::-1], x)


def monomial(n):
    return polynomial([mp.mpf(0)] * n + [mp.mpf(1)])


def hermite(n):
    c = [mp.mpf(0)] * (n + 1)
    for i in range(n // 2 + 1):
        c[n - 2 * i] = (mp.sqrt(mp.factorial(n)) * (-1) ** i /
                        (mp.factorial(i) * mp.factorial(n - 2 * i) * 2**i))
    return polynomial(c)


def rectified_moment(a, b, q1, q2, k, seen):
    """E[u+^a v+^b] by Gaussian integration by parts."""
    if (a, b) in seen:
        return seen[a, b]
    root = mp.sqrt(q1 * q2)
    psi = PI - mp.acos(k / root)
    Delta = root * mp.sin(psi)
    M = lambda a, b: rectified_moment(a, b, q1, q2, k, seen)

    def e(b, q):
        return (Delta / mp.sqrt(q)) ** b * mp.mpf(2) ** (mp.mpf(b) / 2 - 1) * mp.gamma(mp.mpf(b + 1) / 2) / (
            PI * mp.sqrt(2 * q))
    if a >= 2:
        value = q1 * (a - 1) * M(a - 2, b) + (k * b * M(a - 1, b - 1) if b else 0)
    elif a == 1:
        value = q1 * e(b, q1) + (k * b * M(0, b - 1) if b else 0)
    elif b >= 2:
        value = q2 * (b - 1) * M(0, b - 2) + k * e(b - 1, q1)
    elif b == 1:
        value = q2 * e(0, q2) + k * e(0, q1)
    else:
        value = psi / (2 * PI)
    seen[a, b] = value
    return value


def rectified(n):
    def K(q1, q2, k):
        seen = {}
        value = rectified_moment(n, n, q1, q2, k, seen)
        return value, n * n * rectified_moment(n - 1, n - 1, q1, q2, k, seen) if n else mp.mpf(0)
    return K, lambda x: x**n if x > 0 else 0


def exp_normalized(g, shift):
    def K(q1, q2, k):
        root = mp.sqrt(q1 * q2)
        power = mp.exp(g * (k / root + shift))
        return root * power, g * power
    return K, None


def numbers(*values):
    return [mp.mpf(float(v)) for v in values]


def cases():
    """(family, parameters, K, phi, largest variance)"""
    def case(name, parameters, maker, largest=1e9):
        K, phi = maker(*numbers(*parameters))
        return name, parameters, K, phi, largest

    half, root = mp.mpf(1) / 2, mp.sqrt(2)
    width = mp.mpf(2.4020563531719796)
    yield ("relu", []) + corner(0, 1) + (1e9,)
    yield case("leaky_relu", [0.2], lambda alpha: corner(alpha, 1))
    yield ("abs", []) + corner(-1, 1) + (1e9,)
    yield case("abrelu", [-0.5, 2], corner)
    yield case("erf", [1, 1, 0], error_function)
    yield case("erf", [1.3, 0.7, 0.4], error_function)
    yield ("probit", []) + error_function(half, 1 / root, half) + (1e9,)
    yield ("sigmoid_like", []) + error_function(half, 1 / width, half) + (1e9,)
    yield ("gelu", []) + gelu() + (1e9,)
    yield case("sin", [1, 1, 0], wave)
    yield case("sin", [0.8, 1.7, 0.6], wave)
    yield case("cos", [1, 1, 0], lambda a, b, c: wave(a, b, c + PI / 2))
    yield case("cos", [1.1, 0.5, 0.3], lambda a, b, c: wave(a, b, c + PI / 2))
    yield case("rbf", [1], rbf)
    yield case("rbf", [0.3], rbf)
    yield case("exp", [1, 1], exponential, 100)
    yield case("exp", [0.5, 0.3], exponential, 100)
    yield case("gaussian", [1, -1], gaussian)
    yield case("gaussian", [0.7, 0.05], gaussian, 4)
    yield ("gabor", []) + gabor() + (1e9,)
    yield ("sign", []) + sign() + (1e9,)
    yield ("step", []) + step() + (1e9,)
    for n in (0, 1, 2, 3, 6, 11):
        yield ("monomial", [n]) + monomial(n) + (1e9,)
    for n in (0, 1, 2, 3, 6):
        yield ("rectified_monomial", [n]) + rectified(n) + (1e9,)
    for n in (0, 1, 2, 3, 7):
        yield ("hermite", [n]) + hermite(n) + (1e9,)
    yield case("polynomial", [1, 0, -0.5], lambda *c: polynomial(list(c)))
    yield case("polynomial", [0.2, 1, 0.3, -0.1], lambda *c: polynomial(list(c)))
    yield case("exp_normalized", [1, -1], exp_normalized)
    yield case("exp_normalized", [2.5, 0.3], exp_normalized)


VARIANCES = [(1e-8, 1e-8), (1e-8, 3e-8), (0.7, 0.7), (0.7, 0.9), (1.0, 2.5), (0.01, 1.3), (1.0, 1.000000001),
             (1e8, 1e8), (1e8, 1.3e8), (1e-8, 1e8)]
# (the smaller of s and c, whether that is c)
ANGLES = [(0.0, 0), (1e-18, 0), (1e-6, 0), (0.3, 0), (0.5, 0), (0.3, 1), (1e-6, 1), (1e-18, 1), (0.0, 1)]


def row(K, q1, q2, smaller, opposite):
    q1, q2, m = numbers(q1, q2, smaller)
    rho = 2 * m - 1 if opposite else 1 - 2 * m
    k, slope = K(q1, q2, rho * mp.sqrt(q1 * q2))
    v1, w1 = K(q1, q1, q1)
    v2, w2 = K(q2, q2, q2)
    N = mp.sqrt(v1 * v2)
    return [(N - k) / (2 * N), (N + k) / (2 * N), slope, v1, v2, w1, w2]


def written(value):
    value = mp.re(value)
    return "0" if abs(value) < mp.mpf(10) ** -120 else mp.nstr(value, 20)


def check():
    """The formulas against the definition, in polar coordinates at one pair."""
    mp.mp.dps = 20
    q1, q2, rho = mp.mpf("0.7"), mp.mpf("0.9"), mp.mpf("0.4")
    theta = mp.acos(rho)
    cuts = [theta - PI / 2, PI / 2, theta + PI / 2, 3 * PI / 2, theta + 3 * PI / 2]
    for name, parameters, K, phi, _ in cases():
        if phi is None:
            continue
        def integrand(angle, r):
            u, v = mp.sqrt(q1) * r * mp.cos(angle), mp.sqrt(q2) * r * mp.cos(angle - theta)
            return phi(u) * phi(v) * r * mp.exp(-r * r / 2) / (2 * PI)
        mp.mp.dps = 12
        integral = mp.quad(integrand, cuts, [0, 2, 4, 7, 14], maxdegree=5)
        value = K(q1, q2, rho * mp.sqrt(q1 * q2))[0]
        print(name, parameters, mp.nstr(value, 12), mp.nstr(integral - value, 3))


def main():
    print("family,parameters,q1,q2,smaller,opposite,s,c,slope,v1,v2,w1,w2")
    for name, parameters, K, _, largest in cases():
        for q1, q2 in VARIANCES:
            if max(q1, q2) > largest:
                continue
            for smaller, opposite in ANGLES:
                values = row(K, q1, q2, smaller, opposite)
                text = " ".join(repr(float(p)) for p in parameters)
                print(f"{name},{text},{q1!r},{q2!r},{smaller!r},{opposite}," +
                      ",".join(written(v) for v in values))


if __name__ == "__main__":
    check() if sys.argv[1:] == ["check"] else main()
