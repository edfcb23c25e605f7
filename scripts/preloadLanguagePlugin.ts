import type { Plugin } from 'vite'

/** English, the default, is fetched beside the scripts: found only by running them, it would wait for all of them. */
export function preloadLanguagePlugin(): Plugin {
  let base = '/'
  return {
    name: 'preload-language',
    apply: 'build',
    configResolved(config) {
      ;({ base } = config)
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const chunk = Object.values(bundle ?? {}).find(
          (one) => one.type === 'chunk' && one.facadeModuleId?.endsWith('/i18n/startMessages.en.ts'),
        )
        if (!chunk) throw new Error('There is no chunk of the start page’s English texts')
        const attrs = { rel: 'modulepreload', crossorigin: true, href: base + chunk.fileName }
        return [{ tag: 'link', attrs, injectTo: 'head' }]
      },
    },
  }
}
