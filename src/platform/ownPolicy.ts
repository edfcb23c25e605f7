/** When the page's own policy last refused a request, by origin, by `performance.now()`. */
const refusals = new Map<string, number>()

function note({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
  if (effectiveDirective === 'connect-src' && URL.canParse(blockedURI))
    refusals.set(new URL(blockedURI).origin, performance.now())
}

/** Notes refusals from here on; again is as once. */
export function watchOwnPolicy(): void {
  if ('document' in globalThis) document.addEventListener('securitypolicyviolation', note)
}

/** The browser reports a refusal a little after the request has failed, ms. */
const REPORT_MS = 100
const STEP_MS = 10

/**
 * Tells, after a request has failed, whether this page's own policy refused it. The policy allows https and this
 * machine, so only other http origins are waited for.
 * @param since when the request was sent, by `performance.now()`
 */
export async function isRefusedByPolicy(origin: string, since: number): Promise<boolean> {
  const isCandidate = /^http:\/\/(?!localhost(:|$)|127\.0\.0\.1(:|$))/.test(origin)
  if (!isCandidate || !('document' in globalThis)) return false
  for (let waited = 0; waited <= REPORT_MS; waited += STEP_MS) {
    if ((refusals.get(origin) ?? -Infinity) >= since) return true
    await new Promise((resolve) => setTimeout(resolve, STEP_MS))
  }
  return false
}
