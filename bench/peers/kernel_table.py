"""Prints the tables of bench/peers/kernels from its folder of results."""
import glob
import json
import os
import sys

folder, n, d = sys.argv[1:]


def lines(pattern):
    for path in sorted(glob.glob(os.path.join(folder, pattern))):
        with open(path) as file:
            yield from (json.loads(line) for line in file)


ours = {row["depth"]: row for row in lines("ours-*.json")}
print(f"n = {n}, d = {d}, both kernels, {next(iter(ours.values()))['threads']} threads; milliseconds\n")
print("| depth | precision | wideband | neural-tangents, jitted | ratio | unjitted |")
print("| --- | --- | --- | --- | --- | --- |")
for row in sorted(lines("peer-*.json"), key=lambda row: (row["depth"], -len(row["precision"]), row["precision"])):
    mine = ours[row["depth"]][row["precision"]]
    print(f"| {row['depth']} | {row['precision']} | {mine * 1e3:.4g} | {row['jitted'] * 1e3:.4g} "
          f"| {row['jitted'] / mine:.2f} | {row['unjitted'] * 1e3:.4g} |")
print("\nWorst relative error against 50 digits\n")
print("| depth | precision | pairs | nngp, wideband | nngp, peer | ntk, wideband | ntk, peer |")
print("| --- | --- | --- | --- | --- | --- | --- |")
errors = {}
for row in lines("errors.json"):
    who, depth, precision = row["name"].split("-")
    errors.setdefault((int(depth), precision, row["pairs"]), {})[who] = row
for (depth, precision, pairs), row in errors.items():
    print(f"| {depth} | {precision} | {pairs} | {row['wideband']['nngp']:.1e} | {row['nt']['nngp']:.1e} "
          f"| {row['wideband']['ntk']:.1e} | {row['nt']['ntk']:.1e} |")
