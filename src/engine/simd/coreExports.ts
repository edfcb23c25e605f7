/** What assembly/core.ts exports; addresses and counts are numbers. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory
  heapBase(): number
  setBox(x: number, y: number, width: number, height: number): void
  setLevel(...addressesAndSizes: number[]): void
  setOffsets(pairs: number, count: number, table: number, shift: number): void
  setVotes(...addresses: number[]): void
  setState(state: number): void
  getState(): number
  refresh(from: number, to: number): void
  pass(from: number, to: number, direction: number, reach: number, slack: number): void
  peel(...addressesAndSizes: number[]): void
  weigh(scale: number, from: number, to: number): void
  vote(pixels: number, holeCount: number, from: number, to: number): void
  differences(pixels: number, step: number, from: number, to: number): void
  relax(...addressesAndSizes: number[]): void
}
