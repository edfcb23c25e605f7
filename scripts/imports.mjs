// @ts-check
// npm run imports: checks every import of src, e2e and scripts against scripts/layers.mjs, and looks for circles.
import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findCycles, findMutualFolders, importsOf, sourceFiles } from './importGraph.mjs'
import { KNOWN_BREACHES } from './knownBreaches.mjs'
import { layerOf, ROOMS, roomOf } from './layers.mjs'

/** @typedef {import('./importGraph.mjs').Import} Import */
/** @typedef {import('./layers.mjs').Layer} Layer */

const PLACES = ['src', 'e2e', 'scripts', 'vite.config.ts']
const TEST = /\.(test|testkit|spec)\.tsx?$/

/**
 * Every import below the root.
 * @param {string} root
 * @returns {{ files: string[], imports: Import[] }}
 */
export function readTree(root) {
  const files = sourceFiles(root, PLACES)
  return { files, imports: importsOf(root, files) }
}

/**
 * Product code: neither a test nor a kit of one.
 * @param {string} file
 */
export function isProduct(file) {
  return file.startsWith('src/') && !TEST.test(file)
}

/** @param {Import} one @param {string} rule */
const say = (one, rule) => `${one.from}:${one.line} imports ${one.specifier}: ${rule}`

/** @param {Layer} layer @param {string} specifier */
function allowsPackage(layer, specifier) {
  return layer.packages.some((name) =>
    name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  )
}

/**
 * What one import of product code breaks.
 * @param {Import} one
 * @param {ReadonlySet<string>} settled layers with at least one room on disk
 * @returns {string | null}
 */
function breach(one, settled) {
  const layer = layerOf(one.from)
  if (!layer) return 'a file of src lies in a layer'
  if (one.isPackage)
    return allowsPackage(layer, one.specifier) ? null : `${layer.name} may not import this package`
  if (!one.to) return one.kind === 'url' ? null : 'there is no such file'
  if (TEST.test(one.to)) return 'product code does not import tests and their kits'
  const target = layerOf(one.to)
  if (!target) return 'src imports nothing from outside src'
  const room = roomOf(one.from)
  if (target !== layer) return crossLayer(one, layer, target, settled.has(layer.name) ? room : undefined)
  const inner = roomOf(one.to)
  if (!room || room === inner || !settled.has(layer.name)) return null
  if (!inner) return one.to.endsWith('.css') ? null : `${layer.name}/${room.name} may import rooms only`
  if (room.mayImport.includes(inner.name)) return null
  const allowed = [...room.mayImport, room.name].join(', ')
  return `${layer.name}/${room.name} may import ${allowed} of ${layer.name} only`
}

/** @param {Import} one @param {Layer} layer @param {Layer} target @param {import('./layers.mjs').Room | undefined} room */
function crossLayer(one, layer, target, room) {
  const place = room ? `${layer.name}/${room.name}` : layer.name
  const allowed = room?.layers ?? layer.mayImport
  if (allowed.includes(target.name)) return null
  if (!layer.mayImportTypes?.includes(target.name))
    return `${place} may import ${[...allowed, layer.name].join(', ')} only`
  // Files beside the rooms of state still reach platform itself.
  if (one.kind === 'type' || (ROOMS[layer.name] && !room)) return null
  return `${place} may import types only from ${target.name}`
}

/** @param {readonly string[]} files @returns {Set<string>} */
function settledLayers(files) {
  return new Set(files.filter((file) => roomOf(file)).map((file) => layerOf(file)?.name ?? ''))
}

/** Once every room is there, no file lies beside them. @param {readonly string[]} files */
function strays(files) {
  return Object.entries(ROOMS).flatMap(([layer, rooms]) => {
    const inside = files.filter((file) => file.startsWith(`src/${layer}/`) && isProduct(file))
    const present = new Set(inside.map((file) => roomOf(file)?.name))
    if (!rooms.every(({ name }) => present.has(name))) return []
    return inside.filter((file) => !roomOf(file)).map((file) => `${file}: lies in no room of ${layer}`)
  })
}

/** @param {readonly [string, string]} pair */
export const isParentAndChild = ([a, b]) => dirname(b) === a || dirname(a) === b

/**
 * Everything that the rules forbid.
 * @param {string} root
 * @param {readonly { from: string, to: string }[]} [known] imports that are ignored and must exist
 * @returns {string[]} one line each, with file and rule
 */
export function checkImports(root, known = []) {
  const { files, imports: all } = readTree(root)
  const isKnown = (/** @type {Import} */ one) =>
    known.some(({ from, to }) => from === one.from && to === one.to)
  const imports = all.filter((one) => !isKnown(one))
  const settled = settledLayers(files)
  const product = imports.filter((one) => isProduct(one.from))
  return [
    ...product.flatMap((one) => {
      const rule = breach(one, settled)
      return rule ? [say(one, rule)] : []
    }),
    ...strays(files),
    ...findCycles(imports).map((cycle) => `${[...cycle, cycle[0]].join(' -> ')}: a circle of imports`),
    ...findMutualFolders(product)
      .filter(({ pair }) => !isParentAndChild(pair))
      .map(({ pair, imports: [first] }) =>
        first ? say(first, `${pair.join(' and ')} import each other`) : '',
      ),
    ...known
      .filter(({ from, to }) => !all.some((one) => one.from === from && one.to === to))
      .map(({ from, to }) => `${from} no longer imports ${to}: remove it from scripts/knownBreaches.mjs`),
  ]
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const breaches = checkImports(process.cwd(), KNOWN_BREACHES)
  for (const line of breaches) console.error(line)
  if (breaches.length > 0) process.exit(1)
}
