// How much memory there is, and large pages for what is big.
#pragma once

#include <cstddef>
#include <string>

namespace wideband {

/// Bytes that this process may still allocate: the smaller of MemAvailable and the cgroup's limit
/// less its use.
std::size_t free_memory();

/// Most bytes that this process has had in memory at once; 0 where the system does not say.
std::size_t peak_memory();

/// Asks for huge pages under [data, data + bytes), before it is touched first: fresh memory then
/// costs a fifth of the time. Nothing happens below 8 MiB or where the system has none.
void advise_huge_pages(void* data, std::size_t bytes);

/// "53.6 GiB", "512 B".
std::string bytes_text(std::size_t bytes);

}  // namespace wideband
