#!/usr/bin/env python3
"""Writes spectrum.csv: eigenvalues of the circle kernels to 25 digits, from their definitions.

Grid eigenvalues are the discrete Fourier sums (1/n) sum_i Theta(2 pi i/n) cos(2 pi i k/n) in fixed
point of 300 bits; continuum eigenvalues (n = 0) are (1/pi) int_0^pi Theta(d) cos(kd) dd in 50
digits. No closed form of the spectrum is used. Takes a few minutes with mpmath 1.3.

    python3 spectrum.py > spectrum.csv
"""
import mpmath as mp

BITS = 300
ONE = 1 << BITS
mp.mp.prec = BITS + 60
KERNELS = ("K0", "K1", "nobias", "bias")


def kernels(d, sine, cosine):
    gate = mp.pi - d
    return {
        "K0": (sine + gate * cosine) / (2 * mp.pi),
        "K1": gate / (2 * mp.pi),
        "nobias": (sine + 2 * gate * cosine) / (2 * mp.pi),
        "bias": (sine + 2 * gate * cosine + gate) / (2 * mp.pi),
    }


def fixed(x):
    return int(mp.nint(mp.ldexp(x, BITS)))


def grid_eigenvalues(n, frequencies):
    """{(kernel, k): value}; i and n - i share a kernel value, so i runs over half the circle."""
    half = n // 2
    turn = mp.expjpi(mp.mpf(2) / n)
    z = mp.mpc(1)
    cosines, values = [], {name: [] for name in KERNELS}
    for i in range(half + 1):
        if i % 1024 == 0:
            z = mp.expjpi(mp.mpf(2 * i) / n)
        cosines.append(fixed(z.real))
        for name, value in kernels(2 * mp.pi * i / n, z.imag, z.real).items():
            values[name].append(fixed(value))
        z *= turn
    result = {}
    for k in frequencies:
        sums = dict.fromkeys(KERNELS, 0)
        for i in range(half + 1):
            j = i * k % n
            weight = 1 if i == 0 or 2 * i == n else 2
            wave = weight * cosines[min(j, n - j)]
            for name in KERNELS:
                sums[name] += values[name][i] * wave
        for name in KERNELS:
            result[name, k] = mp.mpf(sums[name]) / n / mp.mpf(ONE) ** 2
    return result


def continuum_eigenvalue(name, k):
    points = mp.linspace(0, mp.pi, max(2, k + 1))
    with mp.workdps(50):
        f = lambda d: kernels(d, mp.sin(d), mp.cos(d))[name] * mp.cos(k * d)
        return mp.quad(f, points) / mp.pi


def chosen_frequencies(n):
    if n <= 16:
        return list(range(n // 2 + 1))
    half = n // 2
    wanted = [0, 1, 2, 3, 4, 5, 16, 17, half // 3, half // 2, half // 2 + 1, half - 2, half - 1, half]
    return sorted({k for k in wanted if k <= half})


def written(value):
    # Sums that vanish leave the rounding of 300 bits.
    return "0" if abs(value) < mp.mpf(2) ** (40 - BITS) else mp.nstr(value, 25)


def main():
    print("kernel,n,k,eigenvalue")
    for name in KERNELS:
        for k in (0, 1, 2, 3, 4, 5, 6, 7, 31, 32, 64):
            value = continuum_eigenvalue(name, k)
            print(f"{name},0,{k},{'0' if abs(value) < mp.mpf(10) ** -45 else mp.nstr(value, 25)}")
    sizes = (1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 63, 64, 1001, 1024, 2048, 4096, 99999, 131072, 1048576)
    for n in sizes:
        frequencies = chosen_frequencies(n)
        values = grid_eigenvalues(n, frequencies)
        for name in KERNELS:
            for k in frequencies:
                print(f"{name},{n},{k},{written(values[name, k])}")


if __name__ == "__main__":
    main()
