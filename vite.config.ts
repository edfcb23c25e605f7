/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'
import { fillCorePlugin } from './scripts/fillCorePlugin.ts'
import { policyPlugin, SECURITY_HEADERS } from './src/server/securityPolicy.ts'
import { replicateProxyPlugin } from './src/server/replicateProxy.ts'

// oxlint-disable-next-line import/no-default-export
export default defineConfig(({ mode }) => {
  // The environment first, then .env.local; never VITE_*, so never in the bundle.
  const environment = loadEnv(mode, import.meta.dirname, 'REPLICATE_')
  return {
    plugins: [react(), fillCorePlugin(), policyPlugin(), replicateProxyPlugin(environment)],
    worker: { format: 'es' as const, plugins: () => [fillCorePlugin()] },
    // One script: everything in it is needed for the first picture (about 256 kB packed).
    build: { target: 'es2023', sourcemap: true, chunkSizeWarningLimit: 900 },
    server: { host: '127.0.0.1' },
    preview: { host: '127.0.0.1', headers: SECURITY_HEADERS },
    test: {
      include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
      exclude: ['node_modules/**'],
      // Laws try many cases: a busy machine may take its time.
      testTimeout: 60_000,
      reporters: ['default', 'json'],
      outputFile: { json: 'node_modules/.results/unit.json' },
    },
  }
})
