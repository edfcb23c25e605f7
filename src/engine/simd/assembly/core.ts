// The inner loops of the fill engine in AssemblyScript, compiled to one WebAssembly module with SIMD: what it exports.
// Byte for byte the same as the files of patchMatch of the same names, which say what is done and why; here is only how.
// The caller puts the arrays into memory and passes their addresses to `setLevel` and `setVotes`. Helpers carry no
// @inline, which no TypeScript parser reads on a function: the optimiser inlines them anyway.

export { relax } from './corrections'
export { differences } from './gradientBlend'
export { setBox, setLevel, setOffsets } from './level'
export { pass, refresh } from './offsetField'
export { peel } from './onionPeel'
export { getState, setState } from './random'
export { vote } from './reconstruct'
export { setVotes, weigh } from './votes'

/** The first free address. */
export function heapBase(): usize {
  return __heap_base
}
