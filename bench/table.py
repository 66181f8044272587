"""Prints a Markdown table of benchmarks for docs/performance.

    bench/table.py build/release/bench.json REGEX
"""
import json
import re
import sys

UNITS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}


def time_text(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def number(entry, key):
    return f"{entry[key]:.3g}" if key in entry else ""


def main():
    with open(sys.argv[1]) as file:
        bench = json.load(file)
    context = bench["context"]
    print(f"{context['num_cpus']} cores at {context['mhz_per_cpu']} MHz, BLAS {context.get('blas', '?')}\n")
    print("| benchmark | time | GFLOP/s | share of peak | GB/s | share of bandwidth |")
    print("| --- | --- | --- | --- | --- | --- |")
    for entry in bench["benchmarks"]:
        if entry.get("run_type") != "iteration" or not re.search(sys.argv[2], entry["name"]):
            continue
        cells = [f"`{entry['name']}`", time_text(entry["real_time"] * UNITS[entry["time_unit"]])]
        cells += [number(entry, key) for key in
                  ("GFLOP/s", "share_of_peak", "GB/s", "share_of_bandwidth")]
        print("| " + " | ".join(cells) + " |")


main()
