import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const NAME = 'virtual:fill-core'
const SOURCE = fileURLToPath(new URL('../src/engine/simd/assembly/core.ts', import.meta.url))

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

/** Compiles AssemblyScript to WebAssembly with SIMD, as base64, when its source has changed. */
async function compile(): Promise<string> {
  const source = readFileSync(SOURCE, 'utf8')
  if (compiled?.source === source) return compiled.base64
  // By variable, so that tsc does not read its types: their globals are not the browser's.
  const compiler: string = 'assemblyscript/asc'
  const { main } = (await import(compiler)) as Compiler
  let binary: Uint8Array | null = null
  const flags = ['--outFile', 'core.wasm', '--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert']
  const { error, stderr } = await main(['core.ts', ...flags], {
    readFile: (name) => (name === 'core.ts' ? source : null),
    writeFile: (name, contents) => {
      if (name === 'core.wasm') binary = contents as Uint8Array
    },
    listFiles: () => [],
  })
  if (error || !binary) throw new Error(`${SOURCE}: ${stderr.toString()}`)
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
      this.addWatchFile(SOURCE)
      return `export const CORE = ${JSON.stringify(await compile())}`
    },
  }
}
