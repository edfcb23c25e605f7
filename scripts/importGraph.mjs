// @ts-check
// Reads every import of a source tree with a parser and resolves it: values, types, import(), workers.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

/**
 * One import as written in a file.
 * @typedef {object} Import
 * @property {string} from file that imports, relative to the root, with slashes
 * @property {string} specifier as written, without a bundler's query
 * @property {string | null} to file that is imported; null for a package and for what is not found
 * @property {boolean} isPackage whether the specifier names a package
 * @property {'value' | 'type' | 'dynamic' | 'url'} kind `url`: `new URL(file, import.meta.url)`
 * @property {number} line counted from 1
 */

const SOURCE = /\.(tsx?|mjs)$/
const EXTENSIONS = ['', '.ts', '.tsx', '.mjs']

/**
 * Source files below the folders, sorted.
 * @param {string} root
 * @param {readonly string[]} places folders or files, relative to the root; missing ones are skipped
 * @returns {string[]} paths relative to the root, with slashes
 */
export function sourceFiles(root, places) {
  return places
    .filter((place) => existsSync(join(root, place)))
    .flatMap((place) =>
      statSync(join(root, place)).isDirectory()
        ? readdirSync(join(root, place), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
            .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
        : [place],
    )
    .toSorted()
}

/** @param {string} text @param {number} offset */
function lineAt(text, offset) {
  return text.slice(0, offset).split('\n').length
}

/**
 * Every specifier in a text, in the order written.
 * @param {string} file decides between TypeScript and JavaScript
 * @param {string} text
 * @returns {{ specifier: string, kind: Import['kind'], line: number }[]}
 * @throws {Error} where the text does not parse
 */
export function readImports(file, text) {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  /** @type {{ specifier: string, kind: Import['kind'], line: number }[]} */
  const found = []
  /** @param {import('oxc-parser').Node | null | undefined} node @param {Import['kind']} kind */
  const add = (node, kind) => {
    if (node?.type !== 'Literal' || typeof node.value !== 'string') return
    found.push({ specifier: node.value, kind, line: lineAt(text, node.start) })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type' ? 'type' : 'value'),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type' ? 'type' : 'value'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type' ? 'type' : 'value'),
    ImportExpression: (node) => add(node.source, 'dynamic'),
    TSImportType: (node) => add(node.source, 'type'),
    NewExpression: (node) => {
      const [first, second] = node.arguments
      const isMeta = second?.type === 'MemberExpression' && second.object.type === 'MetaProperty'
      if (node.callee.type === 'Identifier' && node.callee.name === 'URL' && isMeta) add(first, 'url')
    },
  }).visit(program)
  return found
}

/** @param {string} root @param {string} from @param {string} specifier @returns {string | null} */
function resolve(root, from, specifier) {
  const base = posix.normalize(posix.join(dirname(from), specifier))
  for (const extension of EXTENSIONS) {
    const path = base + extension
    if (existsSync(join(root, path)) && statSync(join(root, path)).isFile()) return path
  }
  return null
}

/**
 * Every import of the files.
 * @param {string} root
 * @param {readonly string[]} files relative to the root
 * @returns {Import[]}
 */
export function importsOf(root, files) {
  return files.flatMap((from) =>
    readImports(from, readFileSync(join(root, from), 'utf8')).map((one) => {
      const specifier = one.specifier.split('?', 1)[0] ?? ''
      const isPackage = !specifier.startsWith('.')
      return { ...one, specifier, from, isPackage, to: isPackage ? null : resolve(root, from, specifier) }
    }),
  )
}

/**
 * Groups of files that import each other, by Tarjan's algorithm. Type imports count.
 * @param {readonly Import[]} imports
 * @returns {string[][]} one shortest circle a group; its first file is not repeated at the end
 */
export function findCycles(imports) {
  /** @type {Map<string, Set<string>>} */
  const edges = new Map()
  for (const { from, to, kind } of imports)
    if (to && kind !== 'url') edges.set(from, (edges.get(from) ?? new Set()).add(to))
  /** @type {Map<string, number>} */
  const order = new Map()
  /** @type {Map<string, number>} */
  const low = new Map()
  /** @type {string[]} */
  const stack = []
  /** @type {string[][]} */
  const cycles = []
  /** @param {string} file */
  const visit = (file) => {
    order.set(file, order.size)
    low.set(file, order.size - 1)
    stack.push(file)
    for (const next of edges.get(file) ?? []) {
      if (!order.has(next)) visit(next)
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0))
    }
    if (low.get(file) !== order.get(file)) return
    const group = new Set(stack.splice(stack.indexOf(file)))
    if (group.size > 1 || edges.get(file)?.has(file)) cycles.push(shortestCircle(file, group, edges))
  }
  for (const file of edges.keys()) if (!order.has(file)) visit(file)
  return cycles
}

/** @param {string} start @param {Set<string>} group @param {Map<string, Set<string>>} edges */
function shortestCircle(start, group, edges) {
  let paths = [[start]]
  const seen = new Set()
  for (;;) {
    /** @type {string[][]} */
    const longer = []
    for (const path of paths) {
      for (const next of edges.get(path.at(-1) ?? start) ?? []) {
        if (next === start) return path
        if (!group.has(next) || seen.has(next)) continue
        seen.add(next)
        longer.push([...path, next])
      }
    }
    paths = longer
  }
}

/**
 * Pairs of folders whose files import each other's, a parent and its child included.
 * @param {readonly Import[]} imports
 * @returns {{ pair: [string, string], imports: Import[] }[]} with the imports of the rarer direction
 */
export function findMutualFolders(imports) {
  /** @type {Map<string, Import[]>} */
  const ways = new Map()
  for (const one of imports) {
    if (!one.to || one.kind === 'url') continue
    const way = `${dirname(one.from)} ${dirname(one.to)}`
    ways.set(way, [...(ways.get(way) ?? []), one])
  }
  return [...ways].flatMap(([way, there]) => {
    const [a = '', b = ''] = way.split(' ')
    const back = ways.get(`${b} ${a}`)
    if (a >= b || !back) return []
    return [
      { pair: /** @type {[string, string]} */ ([a, b]), imports: there.length < back.length ? there : back },
    ]
  })
}
