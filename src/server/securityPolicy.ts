import type { Plugin } from 'vite'

/**
 * Allows the built page its own scripts and workers, and backends over https or on this machine; nothing inline.
 * @param connect further origins it may call and show pictures of
 */
function directives(connect: readonly string[]): string[] {
  const backends = ['https:', 'http://localhost:*', 'http://127.0.0.1:*', ...connect].join(' ')
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    `connect-src 'self' ${backends}`,
    // Shows outputs whose host does not allow CORS.
    `img-src 'self' blob: data: ${backends}`,
    "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types app default',
  ]
}

/**
 * Reads PENTIMENTO_CONNECT: origins, separated by spaces, such as `http://192.168.1.5:5000`.
 * @returns each as the policy names it
 * @throws Error that names what is no origin: a path, a password or a wildcard would widen the policy by more
 */
export function connectOrigins(text: string): string[] {
  return text.split(/\s+/).flatMap((word) => {
    if (word === '') return []
    // A policy has no words for an IPv6 address.
    const match = /^https?:\/\/[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d{1,5})?\/?$/i.exec(word)
    const url = match && URL.canParse(word) ? new URL(word) : null
    if (!url) {
      throw new Error(`PENTIMENTO_CONNECT: "${word}" is no origin such as http://192.168.1.5:5000`)
    }
    return [url.origin]
  })
}

/** The headers of the preview server. @param connect as for `policyPlugin` */
export function securityHeaders(connect: readonly string[] = []): Record<string, string> {
  return {
    'content-security-policy': [...directives(connect), "frame-ancestors 'none'"].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
  }
}

/**
 * Writes the policy into the built page, so that any host serves it. The dev server needs inline scripts.
 * @param connect origins that the page may call beside https and this machine
 */
export function policyPlugin(connect: readonly string[] = []): Plugin {
  return {
    name: 'pentimento-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: directives(connect).join('; ') },
        injectTo: 'head-prepend',
      },
    ],
  }
}
