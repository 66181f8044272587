// How the eigenspaces of an empirical operator lie to the Fourier planes.
#pragma once

#include <string>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

// A frame U is (n, d) with orthonormal columns; its planes k = 0, 1, ... have 1, 2, 2, ... columns
// in the order const, cos1, sin1, cos2, sin2, ...

/// How eigenvectors are chosen for the planes.
///   shared     plane k takes the d_k eigenvectors with the largest |U_k'v|^2; one eigenvector may
///              serve two planes (the published rule)
///   exclusive  every eigenvector at most once, at maximal total overlap
enum class Matching { shared, exclusive };

/// "shared", "exclusive".
std::string to_string(Matching matching);

/// (planes, r): |U_k'v_q|^2 of every plane of the frame U (n, d) and every column of V (n, r).
///
/// cost     O(n d r)
/// throws   std::invalid_argument on unequal rows or an even d
Matrix plane_overlaps(MatrixView U, MatrixView V);

/// The columns chosen for each plane from plane_overlaps, d_k for plane k, the largest overlap of
/// the plane first. Ties take the smaller column.
///
/// throws   std::invalid_argument if there are fewer columns than the rule needs
std::vector<std::vector<Index>> matched_columns(MatrixView overlaps, Matching matching);

/// sum_v |U_k'v|^2/d_k over all columns: 1 if the columns capture plane k whole.
Vector captured_overlaps(MatrixView overlaps);

/// Two frames of one dimension compared, through the principal angles theta between their spans.
struct SubspaceAlignment {
  Vector angles;             // ascending, in [0, pi/2]; all digits kept near 0
  double projector_fro = 0;  // |P - Q|_Fro = sqrt(2 sum sin^2 theta)
  double projector_op = 0;   // |P - Q|_op = max sin theta
  double rms_cosine = 0;     // sqrt(mean cos^2 theta)
};

/// U and V (n, d) with orthonormal columns.
///
///   cos theta = singular values of U'V,   sin theta = those of V - U U'V                      (1)
///
/// cost     O(n d^2)
/// accuracy angles to 4 sqrt(d) eps absolute, sines and cosines likewise
/// throws   std::invalid_argument on unequal shapes
SubspaceAlignment subspace_alignment(MatrixView U, MatrixView V);

/// A plane with the eigenpairs that were chosen for it.
struct PlaneAlignment {
  SubspaceAlignment subspace;
  double eigenvalue = 0;  // mean of the chosen
  double splitting = 0;   // largest minus smallest of them
};

/// Every plane of the frame U against its columns of V, as matched_columns has them, with
/// eigenvalues `values`.
std::vector<PlaneAlignment> plane_alignments(MatrixView U, MatrixView V, VectorView values,
                                             const std::vector<std::vector<Index>>& columns);

/// The same for columns matched by the rule.
std::vector<PlaneAlignment> plane_alignments(MatrixView U, MatrixView V, VectorView values,
                                             Matching matching);

/// Prefixes: the leading 2k+1 columns of V against the planes <= k, for k = 0, 1, ...: rms cosine.
/// The columns of U must be orthonormal across planes (a grid).
///
/// throws   std::invalid_argument if V has fewer columns than U
Vector prefix_cosines(MatrixView U, MatrixView V);

/// Leakage of each column p of a d x d block: sum of |entries| outside its plane's rows over the
/// sum inside.
Vector column_leakage(MatrixView B);

/// Distance of lambda_k to the nearest other eigenvalue.
Vector eigenvalue_gaps(VectorView lambda);

}  // namespace wideband
