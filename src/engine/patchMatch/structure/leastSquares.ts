/** By a multiplication: the language does not fix powers to the bit. */
export const square = (value: number) => value * value

/**
 * Least squares: the polynomial of a degree closest to some values.
 * @returns its factors, that of the constant first
 */
export function fitPolynomial(ts: ArrayLike<number>, vs: ArrayLike<number>, degree: number): number[] {
  return fitPolynomials(ts, vs, [degree])[0]
}

/** The same for several degrees, the highest last: they have most sums in common. */
export function fitPolynomials(
  ts: ArrayLike<number>,
  vs: ArrayLike<number>,
  degrees: readonly number[],
): number[][] {
  const size = degrees[degrees.length - 1] + 1
  const sums = matrixFor(size)
  const row = new Float64Array(size)
  for (let k = 0; k < ts.length; k++) {
    row[0] = 1
    for (let n = 1; n < size; n++) row[n] = row[n - 1] * ts[k]
    addRow(sums, row, vs[k])
  }
  return degrees.map((degree) =>
    solve(sums.slice(0, degree + 1).map((all) => Float64Array.of(...all.subarray(0, degree + 1), all[size]))),
  )
}

/** The factors x for which the rows times x are closest to the values; 0 for one that they do not tell. */
export function solveLeastSquares(rows: readonly (readonly number[])[], vs: ArrayLike<number>): number[] {
  const matrix = matrixFor(rows[0]?.length ?? 0)
  rows.forEach((row, k) => addRow(matrix, row, vs[k]))
  return solve(matrix)
}

/** The normal equations of so many factors, with the right side as the last column. */
function matrixFor(size: number): Float64Array[] {
  return Array.from({ length: size }, () => new Float64Array(size + 1))
}

function addRow(matrix: readonly Float64Array[], row: ArrayLike<number>, value: number): void {
  const size = matrix.length
  for (let i = 0; i < size; i++) {
    const sums = matrix[i]
    for (let j = 0; j < size; j++) sums[j] += row[i] * row[j]
    sums[size] += row[i] * value
  }
}

/** Gauss and Jordan, by the largest pivot. @param matrix changed */
function solve(matrix: Float64Array[]): number[] {
  const size = matrix.length
  const scale = Math.max(...matrix.map((row, i) => row[i]), 1e-12)
  const free = new Set<number>()
  for (let i = 0; i < size; i++) {
    let pivot = i
    for (let k = i + 1; k < size; k++) if (Math.abs(matrix[k][i]) > Math.abs(matrix[pivot][i])) pivot = k
    const row = matrix[pivot]
    matrix[pivot] = matrix[i]
    matrix[i] = row
    if (Math.abs(row[i]) < 1e-12 * scale) {
      free.add(i)
      continue
    }
    for (let k = 0; k < size; k++) {
      if (k === i) continue
      const factor = matrix[k][i] / row[i]
      for (let j = i; j <= size; j++) matrix[k][j] -= factor * row[j]
    }
  }
  return matrix.map((row, i) => (free.has(i) ? 0 : row[size] / row[i]))
}

export function valueOf(factors: readonly number[], t: number): number {
  let value = 0
  for (let n = factors.length - 1; n >= 0; n--) value = value * t + factors[n]
  return value
}
