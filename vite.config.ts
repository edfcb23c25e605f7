/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, loadEnv } from 'vite'
import { fillCorePlugin } from './scripts/fillCorePlugin.ts'
import { formSchemaPlugin } from './scripts/formSchemaPlugin.ts'
import { layerOrderPlugin } from './scripts/layerOrderPlugin.ts'
import { preloadLanguagePlugin } from './scripts/preloadLanguagePlugin.ts'
import { serviceWorkerPlugin } from './scripts/serviceWorkerPlugin.ts'
import { connectOrigins, policyPlugin, securityHeaders } from './src/server/securityPolicy.ts'
import { backendProxyPlugin } from './src/server/backendProxy.ts'

import { CHUNKS } from './scripts/chunks.ts'

/** The build is what a newcomer sees first: without a note of how long its parts took. */
const CHECKS = { bundlerTimings: false }

/** A script is named .js: not every server knows what an .mjs file is, and the browser refuses it then. */
function assetName({ names }: { readonly names: readonly string[] }): string {
  const isScript = names.some((name) => name.endsWith('.mjs'))
  return `assets/[name]-[hash].${isScript ? 'js' : '[ext]'}`
}

/** The layers whose tests need no process of their own. */
const PURE = 'core,editor,engine,i18n,state'

// oxlint-disable-next-line import/no-default-export
export default defineConfig(({ mode }) => {
  // The environment first, then .env.local; never VITE_*, so never in the bundle.
  const environment = loadEnv(mode, import.meta.dirname, ['REPLICATE_', 'PENTIMENTO_', 'COG_URL'])
  const connect = connectOrigins(environment['PENTIMENTO_CONNECT'] ?? '')
  return {
    plugins: [
      react(),
      fillCorePlugin(),
      formSchemaPlugin(),
      preloadLanguagePlugin(),
      layerOrderPlugin(),
      policyPlugin(connect),
      backendProxyPlugin(environment),
      serviceWorkerPlugin(),
    ],
    // The runtime of models comes without its WebAssembly, which onnxRuntime.ts names as files of the page.
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
    worker: {
      format: 'es' as const,
      plugins: () => [fillCorePlugin()],
      rolldownOptions: { checks: CHECKS, output: { assetFileNames: assetName } },
    },
    build: {
      target: 'es2023',
      sourcemap: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { checks: CHECKS, output: { codeSplitting: { groups: CHUNKS } } },
    },
    server: { host: '127.0.0.1' },
    preview: { host: '127.0.0.1', headers: securityHeaders(connect) },
    test: {
      // Laws try many cases, and no test is about how long it takes: a busy machine may take its time.
      testTimeout: 180_000,
      hookTimeout: 180_000,
      expect: { poll: { timeout: 30_000 } },
      setupFiles: 'scripts/laws/oneSeed.ts',
      // One less than the cores is the default: of two that is one.
      maxWorkers: 2,
      reporters: ['default', 'json'],
      outputFile: { json: 'node_modules/.results/unit.json' },
      projects: [
        // Layers that never touch the page share a process, and load each module once: nothing in them depends on it.
        { extends: true, test: { name: 'pure', include: [`src/{${PURE}}/**/*.test.ts`], isolate: false } },
        {
          extends: true,
          test: {
            name: 'page',
            include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
            exclude: [`src/{${PURE}}/**`],
          },
        },
      ],
    },
  }
})
