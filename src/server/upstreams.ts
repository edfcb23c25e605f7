/** A backend that this server passes requests on to. */
export interface Upstream {
  /** Where the page reaches it. The path itself, asked for by GET, is answered here: `{ ready, host }`. */
  readonly prefix: string
  /** Fetches an output, whose address is the query's `address`, from the upstream: a page may not read it there. */
  readonly outputPath: string
  /** null where none is configured. */
  readonly target: URL | null
  /** The upstream's path that stands for the prefix. */
  readonly basePath: string
  /** Sent with each request; never to an output. */
  readonly headers: Readonly<Record<string, string>>
  /** Methods and paths, below the prefix, that the page may reach. */
  readonly allowed: readonly (readonly [method: string, path: RegExp])[]
  /** What is missing; null where requests are passed on. */
  readonly missing: string | null
}

type Environment = Readonly<Record<string, string | undefined>>

/** What the page needs of the predictions API, and no more: the requests go out with the server's key. */
const REPLICATE_PATHS: Upstream['allowed'] = [
  ['POST', /^\/(predictions|models\/[\w.-]+\/[\w.-]+\/predictions)$/],
  ['POST', /^\/predictions\/[\w-]+\/cancel$/],
  ['POST', /^\/files$/],
  ['GET', /^\/(predictions(\/[\w-]+)?|models\/[\w.-]+\/[\w.-]+(\/versions(\/[\w-]+)?)?)$/],
]

/** What the page needs of a Cog server. Never `/shutdown`, which ends it. */
const COG_PATHS: Upstream['allowed'] = [
  ['GET', /^\/(openapi\.json|health-check)?$/],
  ['PUT', /^\/predictions\/[\w-]+$/],
  ['POST', /^\/predictions\/[\w-]+\/cancel$/],
]

function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '')
}

/**
 * The backends that the environment names.
 * @param env REPLICATE_API_URL is the predictions API (default https://api.replicate.com), which answers below `/v1`;
 * REPLICATE_API_TOKEN is its key, which never reaches the page; COG_URL is a Cog server
 * @throws TypeError where an address is none
 */
export function upstreamsOf(env: Environment): readonly Upstream[] {
  const token = env['REPLICATE_API_TOKEN']
  const api = new URL(env['REPLICATE_API_URL'] || 'https://api.replicate.com')
  const cog = env['COG_URL'] ? new URL(env['COG_URL']) : null
  return [
    {
      prefix: '/replicate/v1',
      outputPath: '/replicate/output',
      target: api,
      basePath: `${pathOf(api).replace(/\/v1$/, '')}/v1`,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      allowed: REPLICATE_PATHS,
      missing: token ? null : 'REPLICATE_API_TOKEN is not set on the server.',
    },
    {
      prefix: '/cog',
      outputPath: '/cog/output',
      target: cog,
      basePath: cog ? pathOf(cog) : '',
      headers: {},
      allowed: COG_PATHS,
      missing: cog ? null : 'COG_URL is not set on the server.',
    },
  ]
}
