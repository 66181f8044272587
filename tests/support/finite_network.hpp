// The finite reading of an architecture, plainly: drawn weights, outputs, and the tangent kernel by
// backpropagation.
#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/model/architecture.hpp"
#include "wideband/random/key.hpp"

namespace wideband::test {

/// One draw of dense layers, activations and sums, run on n samples at once. Weights and biases are
/// pure functions of (key, layer).
class FiniteNetwork {
 public:
  FiniteNetwork(const Architecture& architecture, Key key)
      : architecture_(architecture), key_(key) {}

  /// Outputs (n, o), and Theta(x, x') = sum over parameters of df/dp df'/dp of output 0.
  struct Reading {
    Matrix outputs;
    Matrix tangent_kernel;
    Matrix covariance;  // of the outputs over the weights of the last dense layer alone
  };
  Reading read(const Matrix& X) const {
    const Index n = X.rows();
    Reading reading;
    Tape tape;
    reading.outputs = forward(architecture_.layers, X, key_, tape);
    reading.covariance = last_;
    reading.tangent_kernel = Matrix::Zero(n, n);
    Matrix gradient = Matrix::Zero(n, reading.outputs.cols());
    gradient.col(0).setOnes();
    // Each entry takes the gradient by its output to that by its input.
    for (std::size_t i = tape.size(); i-- > 0;)
      gradient = tape[i](gradient, reading.tangent_kernel);
    return reading;
  }

 private:
  using Pullback = std::function<Matrix(const Matrix& gradient, Matrix& kernel)>;
  using Tape = std::vector<Pullback>;

  Matrix forward(const Layers& layers, Matrix h, const Key& key, Tape& tape) const {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const Key own = key.child(static_cast<Index>(i));
      if (const auto* dense = std::get_if<Dense>(&layers[i].kind)) {
        h = dense_layer(*dense, h, own, tape);
      } else if (const auto* activation = std::get_if<Activation>(&layers[i].kind)) {
        h = activation_layer(activation->phi, h, tape);
      } else {
        h = sum_layer(std::get<Branches>(layers[i].kind), h, own, tape);
      }
    }
    return h;
  }

  Matrix dense_layer(const Dense& dense, const Matrix& h, const Key& key, Tape& tape) const {
    const Index fan_in = h.cols();
    const bool ntk = architecture_.parameterization == Parameterization::ntk;
    const double scale = dense.weight_std / std::sqrt(static_cast<double>(fan_in));
    const double b = dense.bias_std.value_or(0);
    Matrix W(dense.width, fan_in);
    const Vector w = gaussians(key.child("weights"), W.size());
    for (Index j = 0; j < W.size(); ++j) W.data()[j] = scale * w(j);
    const Vector bias = b * gaussians(key.child("bias"), dense.width);
    last_ = scale * scale * (h * h.transpose());
    last_.array() += b * b;
    // Under ntk a parameter moves the layer by its scale, under standard by 1.
    const double weight = ntk ? scale * scale : 1, constant = ntk ? b * b : dense.bias_std ? 1 : 0;
    tape.push_back([W, h, weight, constant](const Matrix& gradient, Matrix& kernel) -> Matrix {
      const Matrix inputs = weight * (h * h.transpose());
      kernel.array() += (gradient * gradient.transpose()).array() * (inputs.array() + constant);
      return gradient * W;
    });
    return (h * W.transpose()).rowwise() + bias.transpose();
  }

  static Matrix activation_layer(const Phi& phi, const Matrix& h, Tape& tape) {
    const Matrix slope = h.unaryExpr([&](double x) { return derivative(phi, x); });
    tape.push_back([slope](const Matrix& gradient, Matrix&) -> Matrix {
      return gradient.cwiseProduct(slope);
    });
    return h.unaryExpr([&](double x) { return value(phi, x); });
  }

  Matrix sum_layer(const Branches& branches, const Matrix& h, const Key& key, Tape& tape) const {
    Matrix sum;
    std::vector<Tape> tapes(branches.paths.size());
    for (std::size_t p = 0; p < tapes.size(); ++p) {
      const Matrix end = forward(branches.paths[p], h, key.child(static_cast<Index>(p)), tapes[p]);
      sum = p == 0 ? end : Matrix(sum + end);
    }
    tape.push_back([tapes](const Matrix& gradient, Matrix& kernel) -> Matrix {
      Matrix total;
      for (const Tape& path : tapes) {
        Matrix own = gradient;
        for (std::size_t i = path.size(); i-- > 0;) own = path[i](own, kernel);
        total = total.size() == 0 ? own : Matrix(total + own);
      }
      return total;
    });
    return sum;
  }

  const Architecture& architecture_;
  Key key_;
  mutable Matrix last_;
};

}  // namespace wideband::test
