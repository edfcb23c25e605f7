interface PolicyRules {
  createScriptURL?: (url: string) => string
  createHTML?: (html: string) => string
}

interface PolicyFactory {
  createPolicy(name: string, rules: PolicyRules): { createScriptURL(url: string): string }
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
let scripts: { createScriptURL(url: string): string } | null = null

/** Starts one of this application's own workers; the page's policy lets no other script be named. */
export function startModuleWorker(url: string): Worker {
  scripts ??= factory?.createPolicy('app', { createScriptURL: ownScript }) ?? { createScriptURL: ownScript }
  return new Worker(scripts.createScriptURL(url), { type: 'module' })
}

function ownScript(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError('Not a script of this page')
  return url
}

/**
 * Konva empties its container with `innerHTML = ''`, which the page's policy would refuse: nothing but the empty text
 * passes here, so no markup can.
 */
export function allowEmptyHtml(): void {
  factory?.createPolicy('default', {
    createHTML: (html) => {
      if (html !== '') throw new TypeError('Markup from text is not allowed')
      return ''
    },
  })
}
