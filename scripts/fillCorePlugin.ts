import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const NAME = 'virtual:fill-core'
/** Exports what the module exports; the compiler follows its imports, all beside it. */
const ENTRY = fileURLToPath(new URL('../src/engine/simd/assembly/core.ts', import.meta.url))
const FOLDER = dirname(ENTRY)

interface Compiler {
  main(
    flags: readonly string[],
    host: {
      readFile(name: string): string | null
      writeFile(name: string, contents: string | Uint8Array): void
      listFiles(): string[]
    },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>
}

let compiled: { readonly source: string; readonly base64: string } | null = null

const sourceFiles = () => readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))

/** Compiles AssemblyScript to WebAssembly with SIMD, as base64, when its source has changed. */
async function compile(): Promise<string> {
  const files = new Map(sourceFiles().map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]))
  const source = [...files.values()].join('\n')
  if (compiled?.source === source) return compiled.base64
  // By variable, so that tsc does not read its types: their globals are not the browser's.
  const compiler: string = 'assemblyscript/asc'
  const { main } = (await import(compiler)) as Compiler
  let binary: Uint8Array | null = null
  const flags = ['--outFile', 'core.wasm', '--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert']
  const { error, stderr } = await main([basename(ENTRY), ...flags], {
    readFile: (name) => files.get(name) ?? null,
    writeFile: (name, contents) => {
      if (name === 'core.wasm') binary = contents as Uint8Array
    },
    listFiles: () => [],
  })
  if (error || !binary) throw new Error(`${ENTRY}: ${stderr.toString()}`)
  compiled = { source, base64: Buffer.from(binary).toString('base64') }
  return compiled.base64
}

/** Serves `import { CORE } from 'virtual:fill-core'`: the engine's inner loops inside the script, with no file to fetch. */
export function fillCorePlugin(): Plugin {
  return {
    name: 'pentimento-fill-core',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    async load(id) {
      if (id !== `\0${NAME}`) return null
      for (const name of sourceFiles()) this.addWatchFile(join(FOLDER, name))
      return `export const CORE = ${JSON.stringify(await compile())}`
    },
  }
}
