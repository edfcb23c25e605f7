import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

/** What the server saw of one request. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly authorization: string | null
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
  readonly at: number
}

type Status = string

/** How one mounted API behaves; everything left out behaves as documented. */
export interface Scenario {
  /** Answers with 401 where the request does not carry it. */
  readonly token?: string
  /** Statuses of the answers to GET, the last one repeated. */
  readonly statuses?: readonly Status[]
  /** More fields of a GET's answer, by its number from 0. */
  readonly fields?: (look: number) => Record<string, unknown>
  /** Changes the final output list. */
  readonly output?: (urls: string[]) => unknown
  readonly outputSize?: { readonly width: number; readonly height: number }
  /** Takes over the answer to create. @returns false to answer as usual */
  readonly onCreate?: (call: Call, number: number) => boolean
  readonly onList?: (call: Call) => boolean
  readonly onGet?: (call: Call, number: number) => boolean
  readonly onCancel?: (call: Call) => boolean
  readonly onOutput?: (call: Call, png: Uint8Array) => boolean
  /**
   * A gateway that copies the protocol: 200, ids of its own beside foreign `urls`, words of its own for a status, one
   * output as a string, no list and no files.
   */
  readonly gateway?: boolean
  /** So many outputs are told of while the run goes on. */
  readonly partial?: number
  /** false sends no CORS headers. */
  readonly cors?: boolean
  /**
   * Closes the connection after each answer, so that the next request comes on a fresh one: on a used one that is
   * dropped without an answer, Chromium sends the request again by itself.
   */
  readonly freshConnection?: boolean
  /** The creates of these numbers, from 1, act, and their answer is lost: the connection drops, or stays silent. */
  readonly lost?: { readonly creates: readonly number[]; readonly how: 'drop' | 'hang' }
  /** false has no list of predictions. */
  readonly list?: boolean
  /** Paints only where the mask has this tone; else all over. */
  readonly repaints?: 'white' | 'black'
  /** A safety check returns black pictures, and the log says so. */
  readonly blank?: boolean
  /** How long create takes to answer, ms. */
  readonly createMs?: number
  /** The answer to create is already over. */
  readonly sync?: boolean
  /** The paths that take a create; by default both. */
  readonly routes?: 'predictions' | 'models'
  /** The status of a path that it does not have, 404 by default; gateways answer 405 as well. */
  readonly missing?: 404 | 405
  /** false takes no files. */
  readonly files?: boolean
}

export interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  json(status: number, body: unknown, headers?: Record<string, string>): void
  text(status: number, body: string, headers?: Record<string, string>): void
  /** Closes the connection without an answer. */
  drop(): void
  /** CORS and the like, as `json` sends them. */
  readonly headers: Readonly<Record<string, string>>
}

export interface Made {
  readonly id: string
  readonly input: Record<string, unknown>
  readonly outputs: Uint8Array[]
  readonly createdAt: string
  looks: number
  canceled: boolean
  /** A final answer was given. */
  over: boolean
}

/** One API below its own path, with what it has seen. */
export class Mounted {
  readonly base: string
  readonly scenario: Scenario
  readonly seen: SeenRequest[] = []
  readonly predictions = new Map<string, Made>()
  /** Looks at runs that were told to be over. */
  pollsAfterEnd = 0
  /** What was uploaded, as data URIs by address. */
  readonly files = new Map<string, string>()

  constructor(base: string, scenario: Scenario) {
    this.base = base
    this.scenario = scenario
  }

  creates(): SeenRequest[] {
    return this.seen.filter(({ method, path }) => method === 'POST' && isCreate(path))
  }

  looks(): SeenRequest[] {
    return this.seen.filter(
      ({ method, path }) => method === 'GET' && /^\/predictions\/(?!pentimento-)/.test(path),
    )
  }

  cancels(): SeenRequest[] {
    return this.seen.filter(({ path }) => path.endsWith('/cancel'))
  }
}

/** True for both paths that take a create: the common one, and a model's own. */
export function isCreate(path: string): boolean {
  return /^(\/models\/[\w.-]+\/[\w.-]+)?\/predictions$/.test(path)
}
