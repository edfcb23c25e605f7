// Random in engine/random.ts: its state goes in before a call and back after it.

let state: u32 = 0

export function setState(value: u32): void {
  state = value
}

export function getState(): u32 {
  return state
}

/** A whole number in 0..bound-1. */
export function below(bound: u32): i32 {
  let x = state
  x ^= x << 13
  x ^= x >> 17
  x ^= x << 5
  state = x
  return i32(x % bound)
}
