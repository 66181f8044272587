"""Prints the fitted exponent of the arc step's time in n + m, over its sizes n = m.

    bench/exponent.py build/release/bench.json
"""
import json
import math
import re
import sys

with open(sys.argv[1]) as file:
    entries = json.load(file)["benchmarks"]

points = {}
for entry in entries:
    size = re.fullmatch(r"arc_step/n:(\d+)/m:(\d+)", entry["name"])
    if size and size[1] == size[2] and entry["run_type"] == "iteration":
        x = math.log(2 * int(size[1]))
        points[x] = min(points.get(x, math.inf), math.log(entry["real_time"]))

x_mean = sum(points) / len(points)
y_mean = sum(points.values()) / len(points)
slope = (sum((x - x_mean) * (y - y_mean) for x, y in points.items())
         / sum((x - x_mean) ** 2 for x in points))
print(f"exponent {slope:.3f} over {len(points)} sizes, n + m = {math.exp(min(points)):.0f} "
      f"to {math.exp(max(points)):.0f}")
