import { request, textOf } from './http'
import { NO_CREDENTIALS } from './tokenVault'

const MAX_BYTES = 64 * 1024
const TIMEOUT_MS = 3000

/**
 * Asks the server that this page came from.
 * @param path of its origin
 * @returns the JSON that it answers; null where it answers none, as a host of static files
 */
export async function askOwnServer(path: string): Promise<unknown> {
  try {
    const answer = await request({
      method: 'GET',
      url: new URL(path, location.href).href,
      credentials: NO_CREDENTIALS,
      signal: new AbortController().signal,
      limitBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
    })
    return answer.status === 200 ? (JSON.parse(textOf(answer)) as unknown) : null
  } catch {
    return null
  }
}
