#include "wideband/core/status.hpp"

#include <stdexcept>

namespace wideband {

std::string to_string(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::diverged:
      return "diverged";
    case Status::unresolved:
      return "unresolved";
    case Status::not_converged:
      return "not_converged";
    case Status::vanished:
      return "vanished";
    case Status::distributional_derivative:
      return "distributional_derivative";
  }
  throw std::invalid_argument("[status] unknown enumerator");
}

}  // namespace wideband
