import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkImports } from './imports.mjs'
import { oxlintText, withLayerTables } from './layerFiles.mjs'
import { LAYERS, ROOMS } from './layers.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FORMS = {
  value: (path: string, n: number) => `import { x as x${n} } from '${path}'\nconsole.log(x${n})\n`,
  type: (path: string, n: number) => `import type { X as X${n} } from '${path}'\nexport type Y${n} = X${n}\n`,
  dynamic: (path: string, n: number) => `export const load${n} = () => import('${path}')\n`,
}
type Form = keyof typeof FORMS
const ALL_FORMS = Object.keys(FORMS) as Form[]
const TARGET = 'export const x = 1\nexport type X = 1\n'

/** A layer without rooms, or a room: where an import is planted. */
interface Place {
  /** Below src. */
  readonly path: string
  readonly layer: string
  readonly layers: readonly string[]
  readonly layersByType: readonly string[]
  /** Paths of rooms below src. */
  readonly rooms: readonly string[]
}

const PLACES: readonly Place[] = LAYERS.flatMap((layer) => {
  const base = { layer: layer.name, layersByType: layer.mayImportTypes ?? [] }
  const rooms = ROOMS[layer.name]
  if (!rooms) return [{ ...base, path: layer.name, layers: layer.mayImport, rooms: [] }]
  return rooms.map((room) => ({
    ...base,
    path: `${layer.name}/${room.name}`,
    layers: room.layers ?? layer.mayImport,
    rooms: room.mayImport.map((name) => `${layer.name}/${name}`),
  }))
})

const isFile = (path: string) => /\.tsx?$/.test(path)
const planted = (path: string) => `src/${isFile(path) ? path : `${path}/planted.ts`}`
const target = (path: string) => `src/${isFile(path) ? path : `${path}/target.ts`}`
/** One place that stands for a whole layer. */
const placeOf = (layer: string) =>
  PLACES.find((place) => place.layer === layer && !isFile(place.path))?.path ?? layer

/** Which of all places this one may import in this form, and which not. */
function split(place: Place, form: Form) {
  const layers = LAYERS.map(({ name }) => name).filter((name) => name !== place.layer)
  const allowed = (name: string) =>
    place.layers.includes(name) || (form === 'type' && place.layersByType.includes(name))
  const others = PLACES.filter((one) => one.layer === place.layer && one.path !== place.path).map(
    ({ path }) => path,
  )
  return {
    right: [...layers.filter(allowed).map(placeOf), ...others.filter((path) => place.rooms.includes(path))],
    wrongLayers: layers.filter((name) => !allowed(name)),
    wrongRooms: others.filter((path) => !place.rooms.includes(path)),
  }
}

function specifier(from: string, to: string): string {
  const path = posix.relative(dirname(from), to).replace(/\.tsx?$/, '')
  return path.startsWith('.') ? path : `./${path}`
}

let folder = ''
let config = ''
let count = 0

/** A tree of its own with these files; returns its root. */
function tree(files: Readonly<Record<string, string>>): string {
  const root = join(folder, String(count++))
  for (const [file, text] of Object.entries({ ...files, 'src/.oxlintrc.json': config })) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

/** Every place with a target, and in each the imports that `choose` names. */
function plant(form: Form, choose: (place: Place) => readonly string[]): string {
  const files: Record<string, string> = {}
  for (const { path } of PLACES) files[target(path)] = TARGET
  for (const place of PLACES) {
    const from = planted(place.path)
    const lines = choose(place).map((to, n) => FORMS[form](specifier(from, target(to)), n))
    files[from] = lines.join('') + (isFile(place.path) ? TARGET : '')
  }
  return tree(files)
}

/** What oxlint's own rule says, as `file specifier`. */
function oxlint(root: string): string[] {
  const bin = join(ROOT, 'node_modules/oxlint/bin/oxlint')
  const { stdout } = spawnSync(process.execPath, [bin, 'src', '-f', 'unix'], { cwd: root, encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter((line) => line.includes('no-restricted-imports'))
    .map((line) => line.replace(/^([^:]+):\d+:\d+: '([^']+)'.*$/, '$1 $2'))
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pentimento-layers-'))
  config = await oxlintText()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(ALL_FORMS)('imports by %s', (form) => {
  it('every wrong one is reported with its file and rule', () => {
    const wrong = (place: Place) => {
      const { wrongLayers, wrongRooms } = split(place, form)
      return [...wrongLayers.map(placeOf), ...wrongRooms]
    }
    const root = plant(form, wrong)
    const lines = checkImports(root)
    const byOxlint = oxlint(root)
    for (const place of PLACES) {
      const from = planted(place.path)
      for (const to of wrong(place)) {
        const start = `imports ${specifier(from, target(to))}: ${place.path} may import `
        const found = lines.filter((line) => line.startsWith(`${from}:`) && line.includes(start))
        expect(found, `${from} -> ${to}`).toHaveLength(1)
      }
      // The root's rule is the check's alone, and so is "types only".
      const strict = split(place, form).wrongLayers.filter((name) => !place.layersByType.includes(name))
      for (const layer of place.path === 'main.tsx' ? [] : strict) {
        const allowedToLayer = LAYERS.find(({ name }) => name === place.layer)?.mayImport.includes(layer)
        const line = `${from} ${specifier(from, target(placeOf(layer)))}`
        if (!allowedToLayer) expect(byOxlint, line).toContain(line)
      }
    }
  })

  it('no right one is reported', () => {
    const root = plant(form, (place) => split(place, form).right)
    expect(checkImports(root)).toEqual([])
    expect(oxlint(root)).toEqual([])
  })
})

describe('other rules', () => {
  it('a package that is not in the table of the layer', () => {
    const root = tree({
      'src/core/a.ts': "import 'konva/lib/Node'\n",
      'src/ui/kit/b.ts': "import 'konva/lib/Node'\n",
    })
    expect(checkImports(root)).toEqual([
      'src/core/a.ts:1 imports konva/lib/Node: core may not import this package',
    ])
  })

  it.each([
    ['a test kit', '../core/a.testkit', 'product code does not import tests and their kits'],
    ['a script', '../../scripts/a', 'src imports nothing from outside src'],
    ['a missing file', '../core/gone', 'there is no such file'],
  ])('%s in product code', (_, path, rule) => {
    const root = tree({
      'src/core/a.testkit.ts': TARGET,
      'scripts/a.ts': TARGET,
      'src/editor/b.ts': `import '${path}'\n`,
    })
    expect(checkImports(root)).toEqual([`src/editor/b.ts:1 imports ${path}: ${rule}`])
  })

  it('a circle, by types and in test kits too', () => {
    const root = tree({
      'src/core/a.testkit.ts': "import type { X } from './b.testkit'\nexport type Y = X\n",
      'src/core/b.testkit.ts': "export type X = import('./a.testkit').Y\n",
    })
    expect(checkImports(root)).toEqual([
      'src/core/a.testkit.ts -> src/core/b.testkit.ts -> src/core/a.testkit.ts: a circle of imports',
    ])
  })

  it('two folders that import each other; a parent and its child may', () => {
    const root = tree({
      'src/core/a/one.ts': TARGET,
      'src/core/a/two.ts': "import '../b/one'\n",
      'src/core/b/one.ts': TARGET,
      'src/core/b/two.ts': "import '../a/one'\nimport '../c'\n",
      'src/core/c.ts': TARGET,
      'src/core/d.ts': "import './b/one'\n",
    })
    expect(checkImports(root)).toEqual([
      'src/core/b/two.ts:1 imports ../a/one: src/core/a and src/core/b import each other',
    ])
  })

  it('a file beside the rooms, once every room is there', () => {
    const rooms = (ROOMS['state'] ?? []).map(({ name }) => [target(`state/${name}`), TARGET] as const)
    const loose = { 'src/state/loose.ts': TARGET }
    expect(checkImports(tree({ ...Object.fromEntries(rooms), ...loose }))).toEqual([
      'src/state/loose.ts: lies in no room of state',
    ])
    expect(checkImports(tree({ ...Object.fromEntries(rooms.slice(1)), ...loose }))).toEqual([])
  })

  it('a known breach is ignored while it is there, and reported when it is gone', () => {
    const known = [{ from: 'src/core/a.ts', to: 'src/ui/kit/b.ts' }]
    const files = { 'src/core/a.ts': "import '../ui/kit/b'\n", 'src/ui/kit/b.ts': TARGET }
    expect(checkImports(tree(files))).toHaveLength(1)
    expect(checkImports(tree(files), known)).toEqual([])
    expect(checkImports(tree({ 'src/core/a.ts': TARGET }), known)).toEqual([
      'src/core/a.ts no longer imports src/ui/kit/b.ts: remove it from scripts/knownBreaches.mjs',
    ])
  })
})

it('the command fails, and names file and rule', () => {
  const root = tree({ 'src/core/a.ts': "import '../ui/kit/b'\n", 'src/ui/kit/b.ts': TARGET })
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/imports.mjs')], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stderr).toContain('src/core/a.ts:1 imports ../ui/kit/b: core may import core only')
})

describe('files written from the table (npm run layers)', () => {
  it('src/.oxlintrc.json is what the table says', () => {
    expect(readFileSync(join(ROOT, 'src/.oxlintrc.json'), 'utf8')).toBe(config)
  })

  it('so is docs/architecture.md', () => {
    const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
    expect(text).toBe(withLayerTables(text))
  })
})
