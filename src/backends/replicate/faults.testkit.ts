import { CREATE_FAULTS } from './createFaults.testkit'
import type { Fault } from './fault.testkit'
import { GET_FAULTS } from './getFaults.testkit'
import { OUTPUT_FAULTS } from './outputFaults.testkit'

const ALL: readonly Fault[] = [...CREATE_FAULTS, ...GET_FAULTS, ...OUTPUT_FAULTS]

function named(at: Fault['at'], ...names: readonly string[]): Fault[] {
  return names.map((name) => {
    const fault = ALL.find((one) => one.at === at && one.name === name)
    if (!fault) throw new RangeError(`no fault of ${at} is called ${name}`)
    return fault
  })
}

/** Node has no CORS, and a bomb costs it seconds: of one to a poll brokenAnswers.test.ts has what the backend makes. */
const NOT_IN_NODE = new Set([
  ...named('create', 'JSON without end', 'a compressed bomb', 'no CORS'),
  ...named('get', 'JSON without end', 'a compressed bomb'),
  ...named('output', 'no CORS'),
])

/** Those that are the same in Node, where they take no page. */
export const NODE_FAULTS: readonly Fault[] = ALL.filter((fault) => !NOT_IN_NODE.has(fault))

/** Those that a browser meets in its own way: it reads, unpacks and decodes by itself, and the page draws what is large. */
export const BROWSER_FAULTS: readonly Fault[] = [
  ...named('create', 'JSON without end', 'a compressed bomb', 'no CORS', 'half of the body'),
  ...named('create', 'a dropped connection', 'an error of a megabyte'),
  ...named('get', '8 MB of logs', '10,000 outputs'),
  ...named('get', 'logs that stall a regular expression', 'what is not safe for work'),
  ...named('output', 'no CORS', 'HTML', 'half a picture', 'an SVG'),
]
