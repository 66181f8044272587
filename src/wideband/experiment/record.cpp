#include "wideband/experiment/record.hpp"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace wideband {
namespace {

const Array& of_rank(const Array& array, const std::string& name, std::size_t rank) {
  if (array.shape.size() != rank) {
    throw std::invalid_argument(
        fmt::format("[record] \"{}\" has rank {}, expected {}", name, array.shape.size(), rank));
  }
  return array;
}

}  // namespace

void Record::put(const std::string& name, double value) {
  arrays_[name] = {{}, {value}};
}

void Record::put(const std::string& name, const Vector& values) {
  arrays_[name] = {{values.size()}, {values.begin(), values.end()}};
}

void Record::put(const std::string& name, const Matrix& values) {
  arrays_[name] = {{values.rows(), values.cols()}, {values.data(), values.data() + values.size()}};
}

void Record::put(const std::string& name, Array array) {
  Index size = 1;
  for (const Index extent : array.shape) size *= extent;
  if (size != static_cast<Index>(array.values.size())) {
    throw std::invalid_argument(fmt::format("[record] \"{}\" has {} values, its shape {}", name,
                                            array.values.size(), size));
  }
  arrays_[name] = std::move(array);
}

bool Record::has(const std::string& name) const {
  return arrays_.count(name) == 1;
}

double Record::scalar(const std::string& name) const {
  return of_rank(array(name), name, 0).values.front();
}

Vector Record::vector(const std::string& name) const {
  const Array& found = of_rank(array(name), name, 1);
  return Eigen::Map<const Vector>(found.values.data(), found.shape[0]);
}

Matrix Record::matrix(const std::string& name) const {
  const Array& found = of_rank(array(name), name, 2);
  return Eigen::Map<const Matrix>(found.values.data(), found.shape[0], found.shape[1]);
}

const Array& Record::array(const std::string& name) const {
  const auto found = arrays_.find(name);
  if (found == arrays_.end()) {
    throw std::invalid_argument(fmt::format("[record] there is no \"{}\"", name));
  }
  return found->second;
}

}  // namespace wideband
