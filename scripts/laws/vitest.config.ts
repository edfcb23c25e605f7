// npm run laws: each law (fast-check) with random seeds, in search of a case that breaks it.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import viteConfig from '../../vite.config.ts'
import { sourceFiles } from '../importGraph.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

// oxlint-disable-next-line import/no-default-export
export default defineConfig((env) => ({
  ...viteConfig(env),
  root,
  test: {
    include: sourceFiles(root, ['src', 'scripts']).filter(
      (file) => file.endsWith('.test.ts') && readFileSync(`${root}/${file}`, 'utf8').includes('fc.assert('),
    ),
    setupFiles: 'scripts/laws/manySeeds.ts',
    // A law ends by its own clock.
    testTimeout: 3_600_000,
    maxWorkers: 2,
  },
}))
