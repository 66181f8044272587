"""Polynomials of src/wideband/simd/polynomials.hpp, by Chebyshev interpolation in 60 digits.

Prints the header; `polynomials.py --errors` prints the largest relative errors with rounded coefficients.
"""
import sys
import mpmath as mp

mp.mp.dps = 60


def arc(v):  # asin(sqrt v) / sqrt v
    return mp.asin(mp.sqrt(v)) / mp.sqrt(v) if v else mp.mpf(1)


def cubic(v):  # (sin t - t cos t) / (2 v^(3/2)) at t = 2 asin sqrt v
    if v < mp.mpf(10) ** -20:
        return mp.mpf(4) / 3
    return (mp.sqrt(1 - v) - (1 - 2 * v) * arc(v)) / v


def arctangent(x):  # atan(sqrt x) / sqrt x
    return mp.atan(mp.sqrt(x)) / mp.sqrt(x) if x else mp.mpf(1)


def fit(f, end, degree):
    """Coefficients of the interpolant on [0, end], highest power first."""
    nodes = [(1 + mp.cos(mp.pi * (2 * k + 1) / (2 * degree + 2))) * end / 2 for k in range(degree + 1)]
    # Newton's divided differences, then expansion in powers.
    table = [f(x) for x in nodes]
    for level in range(1, degree + 1):
        for k in range(degree, level - 1, -1):
            table[k] = (table[k] - table[k - 1]) / (nodes[k] - nodes[k - level])
    powers = [table[degree]]
    for k in range(degree - 1, -1, -1):
        powers = [mp.mpf(0)] + powers
        for i in range(len(powers) - 1):
            powers[i] -= nodes[k] * powers[i + 1]
        powers[0] += table[k]
    return powers[::-1]


def rounded(c, single):
    if not single:
        return mp.mpf(float(c))
    import struct
    return mp.mpf(struct.unpack("f", struct.pack("f", float(c)))[0])


FITS = {
    "double": [("arc", arc, mp.mpf(1) / 2, 18), ("cubic", cubic, mp.mpf(1) / 2, 17),
               ("arctangent", arctangent, mp.mpf(1), 21)],
    "float": [("arc", arc, mp.mpf(1) / 2, 8), ("cubic", cubic, mp.mpf(1) / 2, 7),
              ("arctangent", arctangent, mp.mpf(1), 9)],
}

if "--errors" in sys.argv:
    for real, fits in FITS.items():
        for name, f, end, degree in fits:
            coefficients = [rounded(c, real == "float") for c in fit(f, end, degree)]
            worst = max(abs(mp.polyval(coefficients, x) / f(x) - 1)
                        for x in (end * k / 997 for k in range(998)))
            print(real, name, degree, mp.nstr(worst, 3))
else:
    print("// Polynomials of the half angle, by tests/golden/simd/polynomials.py; highest coefficient first.")
    print("#pragma once\n\nnamespace wideband::simd {\n")
    print("/// arc(v) = asin(sqrt v) / sqrt v and cubic(v) = (sqrt(1-v) - (1-2v) arc(v)) / v on [0, 1/2],")
    print("/// arctangent(x) = atan(sqrt x) / sqrt x on [0, 1]; relative error below 2^-53 (2^-24 for float)")
    print("/// beside the rounding of the evaluation.")
    print("template <class Real>\nstruct Polynomials;\n")
    for real, fits in FITS.items():
        print(f"template <>\nstruct Polynomials<{real}> {{")
        for name, f, end, degree in fits:
            digits, suffix = (17, "") if real == "double" else (9, "F")
            values = ", ".join(mp.nstr(rounded(c, real == "float"), digits, min_fixed=0, max_fixed=0) + suffix
                               for c in fit(f, end, degree))
            print(f"  static constexpr {real} {name}[] = {{{values}}};")
        print("};\n")
    print("}  // namespace wideband::simd")
