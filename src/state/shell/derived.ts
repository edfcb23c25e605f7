/**
 * A selector that computes its value again only when one of its inputs has changed, so that a view that reads it is
 * drawn again only then.
 * @param inputs what the value depends on, compared one by one with `Object.is`
 */
export function derived<State, const Inputs extends readonly unknown[], Value>(
  inputs: (state: State) => Inputs,
  compute: (...inputs: Inputs) => Value,
): (state: State) => Value {
  let last: { readonly inputs: Inputs; readonly value: Value } | null = null
  return (state) => {
    const now = inputs(state)
    if (!last?.inputs.every((input, place) => Object.is(input, now[place]))) {
      last = { inputs: now, value: compute(...now) }
    }
    return last.value
  }
}
