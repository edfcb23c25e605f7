// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ID = '\0bench-entry'

/** @param {string} entry a module's text, with paths from the project's root @returns {Promise<string>} it as one module */
export async function bundle(entry) {
  const out = mkdtempSync(join(tmpdir(), 'bench-bundle-'))
  await build({
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    logLevel: 'error',
    plugins: [
      {
        name: 'bench-entry',
        // The bundler asks for an entry by its path.
        resolveId: (id) => (id.endsWith('bench-entry') ? ID : null),
        load: (id) => (id === ID ? entry : null),
      },
    ],
    build: { outDir: out, lib: { entry: 'bench-entry', formats: ['es'], fileName: 'bench' } },
  })
  const code = readFileSync(join(out, 'bench.js'), 'utf8')
  rmSync(out, { recursive: true })
  return code
}
