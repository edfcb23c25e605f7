import type { Scenario } from './fakeMount.testkit'

/** What a user sees of a fault. */
export type Outcome =
  /** The run ends with outputs. */
  | 'done'
  /** The page asks what became of the run. */
  | 'asked'
  /** The run failed, and a message names it. */
  | 'refused'
  /** The run is kept, its output could not be read. */
  | 'unread'

/** One fault of docs/limits.md, alone. */
export interface Fault {
  readonly name: string
  readonly at: 'create' | 'get' | 'output'
  readonly outcome: Outcome
  /** Words that the page shows. */
  readonly says?: string | RegExp
  readonly scenario: Scenario
  /** How many requests to create one click makes: 1 unless a refusal allows another. */
  readonly creates: number
}

/** A message of this length is folded. */
export const LONG_CHARS = 1000

/** No list to find a run in, and each request on a connection of its own: a browser repeats what a used one drops. */
const ALONE = { list: false, freshConnection: true, statuses: ['processing', 'succeeded'] } as const

export type Row = readonly [
  name: string,
  scenario: Scenario,
  outcome: Outcome,
  says?: string | RegExp | undefined,
  creates?: number,
]

export function faultsAt(at: Fault['at'], rows: readonly Row[]): Fault[] {
  return rows.map(([name, scenario, outcome, says, creates = 1]) => {
    // Outputs are the same whether a poll or the answer to create tells of them.
    const sync = at === 'output'
    const fault = { name, at, outcome, creates, scenario: Object.assign({ sync }, ALONE, scenario) }
    return says === undefined ? fault : Object.assign(fault, { says })
  })
}
