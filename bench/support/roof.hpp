// What one core of this machine can do at most, measured once per process.
#pragma once

#include <vector>

namespace wideband::bench {

/// Flop per second of independent fused multiply-adds on double, at the widest vectors there are.
double peak_flops();

/// Bytes per second of reading an array of 256 MiB, far beyond any cache.
double memory_bandwidth();

/// Reads every entry once; returns the bytes. `sink` keeps the compiler from dropping it.
double read_array(const std::vector<double>& array, double& sink);

}  // namespace wideband::bench
