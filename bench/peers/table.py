"""Prints the table of bench/peers/run from its folder of results."""
import glob
import json
import os
import sys

folder = sys.argv[1]
rows = []
for path in sorted(glob.glob(os.path.join(folder, "jax-*.json"))):
    with open(path) as file:
        rows.append(json.load(file))
with open(os.path.join(folder, "bench.json")) as file:
    bench = json.load(file)

unit = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
ours = {}
for entry in bench["benchmarks"]:
    if entry.get("run_type") == "iteration":
        kind, n, m = entry["name"].replace("n:", "").replace("m:", "").split("/")[:3]
        key = (kind, int(n), int(m))
        time = entry["real_time"] * unit[entry["time_unit"]]
        ours[key] = min(time, ours.get(key, time))

print("| n | m | step | ms | times the arcs | losses differ by |")
print("| --- | --- | --- | --- | --- | --- |")
for n, m in sorted({(row["n"], row["m"]) for row in rows}):
    arc = ours["arc_step", n, m]
    print(f"| {n} | {m} | arcs, float64, 1 core | {arc * 1e3:.4g} | 1 | |")
    dense = ours.get(("dense_step", n, m))
    if dense:
        print(f"| {n} | {m} | our dense BLAS step, float64, 1 core | {dense * 1e3:.4g} "
              f"| {dense / arc:.0f} | |")
    for row in rows:
        if (row["n"], row["m"]) == (n, m):
            print(f"| {n} | {m} | jax {row['jax']}, {row['precision']}, all cores "
                  f"| {row['best'] * 1e3:.4g} | {row['best'] / arc:.0f} "
                  f"| {row['loss_difference']:.1e} |")
    fastest = min(row["best"] for row in rows
                  if (row["n"], row["m"], row["precision"]) == (n, m, "float64"))
    print(f"| {n} | {m} | the faster jax in float64 | {fastest * 1e3:.4g} | {fastest / arc:.0f} | |")
