/** How many flags are set in each row: finds one by its number without a list of all, which takes four times the flags. */
export class RowCounts {
  readonly count: number
  private readonly width: number
  /** By row: how many lie above it; at the end how many there are. */
  private readonly above: Int32Array

  /** @param flags set where above 0, in rows of `width` */
  constructor(flags: Uint8Array, width: number) {
    const height = flags.length / width
    this.width = width
    this.above = new Int32Array(height + 1)
    for (let y = 0, p = 0; y < height; y++) {
      let count = this.above[y]
      for (const end = p + width; p < end; p++) if (flags[p]) count++
      this.above[y + 1] = count
    }
    this.count = this.above[height]
  }

  /**
   * @param flags the same, wherever they lie now
   * @param number 0..count - 1, in raster order
   * @returns its index
   */
  place(flags: Uint8Array, number: number): number {
    const { above, width } = this
    let [row, end] = [0, above.length - 1]
    while (end - row > 1) {
      const middle = (row + end) >> 1
      if (above[middle] <= number) row = middle
      else end = middle
    }
    let left = number - above[row]
    let p = row * width
    while (!flags[p] || left-- > 0) p++
    return p
  }
}
