/** A graph whose nodes have up to eight neighbours; edge d ^ 1 of a neighbour is the reverse of edge d. */
export interface CutGraph {
  readonly count: number
  /** Eight a node; -1 where there is none. */
  readonly neighbors: Int32Array
  /** Eight a node, >= 0: the cost of separating the node from its neighbour. Overwritten. */
  readonly capacity: Float32Array
  /** The bias of each node: above 0 to the source, below 0 to the sink. Overwritten. */
  readonly terminal: Float32Array
}

const FREE = 0
const SOURCE = 1
const SINK = 2
const NO_PARENT = -1
const ROOT = 8

/**
 * The minimum cut between source and sink, found by growing two search trees and repairing them.
 * @returns 1 for each node on the source's side
 * @see Boykov and Kolmogorov, "An Experimental Comparison of Min-Cut/Max-Flow Algorithms", 2004
 */
export function minCut(graph: CutGraph): Uint8Array {
  const { count, neighbors, capacity, terminal } = graph
  const tree = new Uint8Array(count)
  const parent = new Int8Array(count).fill(NO_PARENT)
  const distance = new Int32Array(count)
  const stamp = new Int32Array(count)
  const queue = new Int32Array(count + 1)
  const queued = new Uint8Array(count)
  const orphans: number[] = []
  let head = 0
  let tail = 0
  let time = 0

  const activate = (p: number) => {
    if (queued[p]) return
    queued[p] = 1
    queue[tail] = p
    tail = tail === count ? 0 : tail + 1
  }
  /** What can still flow from p along d, seen from the tree: towards the sink, or from the source. */
  const residual = (p: number, d: number, q: number, side: number) =>
    side === SOURCE ? capacity[p * 8 + d] : capacity[q * 8 + (d ^ 1)]

  const augment = (u: number, d: number) => {
    const v = neighbors[u * 8 + d]
    let flow = capacity[u * 8 + d]
    let p = u
    for (; parent[p] !== ROOT; p = neighbors[p * 8 + parent[p]]) {
      const up = neighbors[p * 8 + parent[p]]
      flow = Math.min(flow, capacity[up * 8 + (parent[p] ^ 1)])
    }
    flow = Math.min(flow, terminal[p])
    for (p = v; parent[p] !== ROOT; p = neighbors[p * 8 + parent[p]])
      flow = Math.min(flow, capacity[p * 8 + parent[p]])
    flow = Math.min(flow, -terminal[p])
    capacity[u * 8 + d] -= flow
    capacity[v * 8 + (d ^ 1)] += flow
    const cutOff = (node: number) => {
      parent[node] = NO_PARENT
      orphans.push(node)
    }
    for (p = u; parent[p] !== ROOT;) {
      const back = parent[p] ^ 1
      const up = neighbors[p * 8 + parent[p]]
      capacity[p * 8 + parent[p]] += flow
      capacity[up * 8 + back] -= flow
      if (capacity[up * 8 + back] <= 0) cutOff(p)
      p = up
    }
    terminal[p] -= flow
    if (terminal[p] <= 0) cutOff(p)
    for (p = v; parent[p] !== ROOT;) {
      const along = parent[p]
      const up = neighbors[p * 8 + along]
      capacity[p * 8 + along] -= flow
      capacity[up * 8 + (along ^ 1)] += flow
      if (capacity[p * 8 + along] <= 0) cutOff(p)
      p = up
    }
    terminal[p] += flow
    if (terminal[p] >= 0) cutOff(p)
  }

  /** How far a node is from its tree's root; Infinity where it hangs on an orphan. Marks what it passed. */
  const originDistance = (from: number): number => {
    let steps = 0
    let p = from
    while (stamp[p] !== time) {
      if (parent[p] === NO_PARENT) return Infinity
      steps++
      if (parent[p] === ROOT) {
        stamp[p] = time
        distance[p] = 1
        steps--
        break
      }
      p = neighbors[p * 8 + parent[p]]
    }
    const total = steps + distance[p]
    let far = total
    for (let q = from; stamp[q] !== time; q = neighbors[q * 8 + parent[q]]) {
      stamp[q] = time
      distance[q] = far--
    }
    return total
  }

  const adopt = (p: number) => {
    const side = tree[p]
    let best = NO_PARENT
    let nearest = Infinity
    for (let d = 0; d < 8; d++) {
      const q = neighbors[p * 8 + d]
      // The new parent must have capacity left towards the child, in the direction of its tree.
      if (q < 0 || tree[q] !== side || residual(q, d ^ 1, p, side) <= 0) continue
      const far = originDistance(q)
      if (far < nearest) {
        nearest = far
        best = d
      }
    }
    if (best !== NO_PARENT) {
      parent[p] = best
      stamp[p] = time
      distance[p] = nearest + 1
      return
    }
    tree[p] = FREE
    for (let d = 0; d < 8; d++) {
      const q = neighbors[p * 8 + d]
      if (q < 0 || tree[q] !== side) continue
      if (residual(q, d ^ 1, p, side) > 0) activate(q)
      if (parent[q] === (d ^ 1)) {
        parent[q] = NO_PARENT
        orphans.push(q)
      }
    }
  }

  for (let p = 0; p < count; p++) {
    if (terminal[p] === 0) continue
    tree[p] = terminal[p] > 0 ? SOURCE : SINK
    parent[p] = ROOT
    distance[p] = 1
    activate(p)
  }
  while (head !== tail) {
    const p = queue[head]
    let met = false
    for (let d = 0; d < 8 && tree[p] !== FREE; d++) {
      const q = neighbors[p * 8 + d]
      if (q < 0 || residual(p, d, q, tree[p]) <= 0) continue
      if (tree[q] === FREE) {
        tree[q] = tree[p]
        parent[q] = d ^ 1
        stamp[q] = stamp[p]
        distance[q] = distance[p] + 1
        activate(q)
      } else if (tree[q] !== tree[p]) {
        if (tree[p] === SOURCE) augment(p, d)
        else augment(q, d ^ 1)
        time++
        for (let orphan = orphans.pop(); orphan !== undefined; orphan = orphans.pop()) adopt(orphan)
        met = true
        break
      }
    }
    // A node that met the other tree may meet it again: it stays at the head of the queue.
    if (met && tree[p] !== FREE) continue
    head = head === count ? 0 : head + 1
    queued[p] = 0
    // It was freed and taken again while at the head: visit it once more.
    if (met && tree[p] !== FREE) activate(p)
  }
  return tree.map((side) => (side === SOURCE ? 1 : 0))
}
