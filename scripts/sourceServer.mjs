// @ts-check
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/** Runs the project's TypeScript in Node: `ssrLoadModule` with a path from its root. Close it at the end. */
export function startSourceServer() {
  return createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    server: { middlewareMode: true, hmr: false, ws: false },
    appType: 'custom',
    logLevel: 'error',
  })
}
