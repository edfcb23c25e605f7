import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const GLOBAL = new URL('../src/ui/app/global.css', import.meta.url)

/**
 * Declares the order of the style layers at the head of the built sheet. The bundler puts rules in the order of the
 * chunks, and the layer that is met first would be the lowest.
 */
export function layerOrderPlugin(): Plugin {
  return {
    name: 'layer-order',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const order = /^@layer [\w, ]+;/m.exec(readFileSync(GLOBAL, 'utf8'))?.[0]
      if (!order) throw new Error('global.css declares no order of layers')
      for (const asset of Object.values(bundle)) {
        if (asset.type === 'asset' && asset.fileName.endsWith('.css')) {
          asset.source = order + String(asset.source)
        }
      }
    },
  }
}
