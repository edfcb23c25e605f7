/** By a multiplication: the language does not fix powers to the bit. */
export const square = (value: number) => value * value

/**
 * Least squares: the polynomial of a degree closest to some values.
 * @returns its factors, that of the constant first
 */
export function fitPolynomial(ts: ArrayLike<number>, vs: ArrayLike<number>, degree: number): number[] {
  const rows = Array.from({ length: ts.length }, (_, k) => {
    const row = [1]
    for (let n = 1; n <= degree; n++) row.push(row[n - 1] * ts[k])
    return row
  })
  return solveLeastSquares(rows, vs)
}

/** The factors x for which the rows times x are closest to the values; 0 for one that they do not tell. */
export function solveLeastSquares(rows: readonly (readonly number[])[], vs: ArrayLike<number>): number[] {
  const size = rows[0]?.length ?? 0
  const matrix = Array.from({ length: size }, () => new Float64Array(size + 1))
  rows.forEach((row, k) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) matrix[i][j] += row[i] * row[j]
      matrix[i][size] += row[i] * vs[k]
    }
  })
  // Gauss and Jordan, by the largest pivot.
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
