interface PolicyRules {
  createScriptURL?: (url: string) => string
  createHTML?: (html: string) => string
}

interface PolicyFactory {
  createPolicy(name: string, rules: PolicyRules): { createScriptURL(url: string): string }
}

/** What turns an address into one that the page's policy lets a worker start from. */
let scripts: { createScriptURL(url: string): string } | null = null

/** null in browsers without Trusted Types. */
function policyFactory(): PolicyFactory | null {
  return (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes ?? null
}

/**
 * The address of one of this application's own workers.
 * @param url of this origin: the page's policy refuses any other script
 * @throws TypeError where it is of another origin
 */
export function ownScriptUrl(url: string): string {
  const rules = { createScriptURL: ownScript }
  scripts ??= policyFactory()?.createPolicy('app', rules) ?? rules
  return scripts.createScriptURL(url)
}

/** Starts one of this application's own workers. @param url as for `ownScriptUrl` */
export function startModuleWorker(url: string): Worker {
  return new Worker(ownScriptUrl(url), { type: 'module' })
}

function ownScript(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError('Not a script of this page')
  return url
}

/** In a worker whose libraries start workers of their own: lets them start this application's scripts. */
export function allowOwnScripts(): void {
  policyFactory()?.createPolicy('default', { createScriptURL: ownScript })
}

/**
 * Lets `innerHTML = ''` through the page's policy, as Konva empties its container that way. Any other text is refused,
 * so that no markup can be set.
 */
export function allowEmptyHtml(): void {
  policyFactory()?.createPolicy('default', {
    createHTML: (html) => {
      if (html !== '') throw new TypeError('Markup from text is not allowed')
      return ''
    },
  })
}
