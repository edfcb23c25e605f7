import type { Plugin } from 'vite'

/** Allows the built page its own scripts and workers, and backends over https or on this machine; nothing inline. */
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  // Shows outputs whose host does not allow CORS.
  "img-src 'self' blob: data: https: http://localhost:* http://127.0.0.1:*",
  "style-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types app default',
]

/** The headers of the preview server. */
export const SECURITY_HEADERS = {
  'content-security-policy': [...DIRECTIVES, "frame-ancestors 'none'"].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
}

/** Writes the policy into the built page, so that any host serves it. The dev server needs inline scripts. */
export function policyPlugin(): Plugin {
  return {
    name: 'pentimento-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: DIRECTIVES.join('; ') },
        injectTo: 'head-prepend',
      },
    ],
  }
}
