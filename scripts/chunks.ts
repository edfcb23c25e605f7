import { fileURLToPath } from 'node:url'

interface ModuleGraph {
  getModuleInfo(id: string): {
    readonly importedIds: readonly string[]
    readonly dynamicallyImportedIds: readonly string[]
  } | null
}

/** Modules, loaded by `import()`, that the first stroke waits for, and what is drawn around it. */
const PAINTING = [
  'EditorCanvas',
  'openPicture',
  'imageDecode',
  'maskClient',
  'Toolbar',
  'ToolOptions',
  'PredictionForm',
]

/** Likewise what the start page draws once it stands, and that no stroke waits for. */
const WAITING = [
  'Attendants',
  'RunAnnouncer',
  'RecentDocuments',
  'DocumentNotes',
  'RegionPanel',
  'SendInfo',
  'SweepLink',
]

const MAIN = fileURLToPath(new URL('../src/main.tsx', import.meta.url))
const KONVA = /node_modules\/(?:konva|react-konva|react-reconciler|its-fine)\//

/** The modules and what they import, directly or not, without an `import()`. */
function closure(roots: Iterable<string>, graph: ModuleGraph): Set<string> {
  const all = new Set(roots)
  // A walk over a set goes on to what is added on the way.
  for (const one of all) graph.getModuleInfo(one)?.importedIds.forEach((id) => all.add(id))
  return all
}

/** The page's modules, and those that are loaded by `import()`. */
function walk(graph: ModuleGraph): { readonly all: Set<string>; readonly parts: Set<string> } {
  const all = new Set([MAIN])
  const parts = new Set<string>()
  for (const one of all) {
    const info = graph.getModuleInfo(one)
    for (const id of info?.importedIds ?? []) all.add(id)
    for (const id of info?.dynamicallyImportedIds ?? []) {
      all.add(id)
      parts.add(id)
    }
  }
  return { all, parts }
}

/**
 * Sorts the page's modules by when they are needed: some 20 files instead of one for each set of parts that share a
 * module, of which there were 230.
 * @returns the names of the chunks, each with its modules; a module belongs to the first that has it
 * @throws where a named module is not loaded by `import()`
 */
function sortByNeed(graph: ModuleGraph): (readonly [string, ReadonlySet<string>])[] {
  const { all, parts } = walk(graph)
  const named = (names: readonly string[]) =>
    names.map((name) => {
      const found = [...parts].find((id) => new RegExp(String.raw`/${name}\.tsx?$`).test(id))
      if (!found) throw new Error(`No module ${name} is loaded by import(): see scripts/chunks.ts`)
      return found
    })
  const painting = closure(named(PAINTING), graph)
  const drawsWithKonva = (id: string) => [...closure([id], graph)].some((one) => KONVA.test(one))
  const belowUi = [...all].filter((id) => /\/src\/(?!ui\/|main)/.test(id))
  return [
    ['app', closure([MAIN], graph)],
    ['canvas', new Set([...painting].filter(drawsWithKonva))],
    ['painting', painting],
    ['rooms', closure(belowUi, graph)],
    ['waiting', closure(named(WAITING), graph)],
    ['parts', all],
  ]
}

let chunks: ReturnType<typeof sortByNeed> | null = null

function chunkOf(id: string, graph: ModuleGraph): string | null {
  if (id === MAIN) return null
  chunks ??= sortByNeed(graph)
  return chunks.find(([, modules]) => modules.has(id))?.[0] ?? null
}

/** The bundler's groups. A chunk imports none below it in the list of `sortByNeed`, so that there is no cycle. */
export const CHUNKS = [
  { name: 'react', test: /node_modules\/(?:react|react-dom|scheduler|clsx)\//, priority: 2 },
  { name: 'konva', test: KONVA, priority: 2 },
  {
    name: chunkOf,
    debugName: 'by need',
    // Each language is a chunk of its own.
    test: /\/(?:src\/(?!i18n\/\w+\.(?:en|zh)\.ts)|node_modules\/)/,
    priority: 1,
    includeDependenciesRecursively: false,
  },
]
