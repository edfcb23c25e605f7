import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type ResolvedConfig } from 'vite'

const NAME = 'virtual:own-files'
const ENTRY = fileURLToPath(new URL('../src/platform/offline.worker.ts', import.meta.url))
/** Larger files are kept when they are first used: not everyone needs them. */
const MAX_FIRST_BYTES = 1_000_000
/** Nothing that the page fetches. */
const NOT_FETCHED = /\.(?:map|md)$|^\.vite\//

interface OwnFile {
  readonly url: string
  readonly revision: string | null
}

/** Sorts a build's files. @param folder the build's output @param names of files below it, with slashes */
export function ownFiles(folder: string, names: readonly string[]): { first: OwnFile[]; later: string[] } {
  const fetched = names.filter((name) => !NOT_FETCHED.test(name)).toSorted()
  const isLarge = (name: string) => statSync(join(folder, name)).size > MAX_FIRST_BYTES
  const revisionOf = (name: string) =>
    // Names of files in assets/ hold a hash of their contents.
    name.startsWith('assets/')
      ? null
      : createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')
          .slice(0, 16)
  return {
    first: fetched
      .filter((name) => !isLarge(name))
      .map((name) => ({ url: encodeURI(name), revision: revisionOf(name) })),
    later: fetched.filter(isLarge).map((name) => encodeURI(name)),
  }
}

/** Bundles the service worker with the list of files. */
async function bundled(
  { first, later }: ReturnType<typeof ownFiles>,
  { mode }: ResolvedConfig,
): Promise<string> {
  const files: Plugin = {
    name: 'own-files',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load: (id) =>
      id === `\0${NAME}`
        ? `export const OWN_FILES = ${JSON.stringify(first)}\nexport const LATER_FILES = ${JSON.stringify(later)}`
        : null,
  }
  const output = await build({
    configFile: false,
    mode,
    logLevel: 'warn',
    publicDir: false,
    plugins: [files],
    build: {
      target: 'es2023',
      write: false,
      lib: { entry: ENTRY, formats: ['iife'], name: 'offline' },
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  })
  const [chunk] = [output].flat().flatMap((one) => ('output' in one ? one.output : []))
  if (chunk?.type !== 'chunk') throw new Error('The service worker was not built')
  return chunk.code
}

/** Writes `sw.js` beside the built page: it keeps the build's files for visits without a network. */
export function serviceWorkerPlugin(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'pentimento-service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
    },
    writeBundle: {
      order: 'post',
      async handler({ dir = '' }, bundle) {
        const published = readdirSync(config.publicDir, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) =>
            join(entry.parentPath, entry.name)
              .slice(config.publicDir.length + 1)
              .replaceAll('\\', '/'),
          )
        const files = ownFiles(dir, [...Object.keys(bundle), ...published])
        writeFileSync(join(dir, 'sw.js'), await bundled(files, config))
      },
    },
  }
}
