import { AppError } from '../core/errors'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import codecWorkerUrl from './codec.worker.ts?worker&url'
import type { CodecReply, CodecRequest } from './codecProtocol'
import { startModuleWorker } from './trustedTypes'

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never
type ReplyOf<Kind extends CodecReply['kind']> = Extract<CodecReply, { kind: Kind }>

interface Waiting {
  readonly resolve: (reply: CodecReply) => void
  readonly reject: (error: unknown) => void
}

let worker: Worker | null = null
let nextId = 1
const waiting = new Map<number, Waiting>()

/**
 * Asks the codec worker (one for the page, started when first needed).
 * @param timeoutMs after this the worker is ended: a picture can be made to take for ever
 * @throws AppError `image/decode-timeout`, or what the worker reports
 */
export async function askCodec<Kind extends CodecReply['kind']>(
  request: Unnumbered<CodecRequest>,
  kind: Kind,
  timeoutMs = 120_000,
): Promise<ReplyOf<Kind>> {
  worker ??= start()
  const id = nextId++
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const reply = await new Promise<CodecReply>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      timer = setTimeout(() => stop(new AppError('image/decode-timeout')), timeoutMs)
      worker!.postMessage({ ...request, id })
    })
    if (reply.kind === 'error') {
      const { code, detail, params } = reply.error
      throw new AppError(code, { detail, params })
    }
    if (reply.kind !== kind) throw new AppError('unexpected', { detail: reply.kind })
    return reply as ReplyOf<Kind>
  } finally {
    clearTimeout(timer)
    waiting.delete(id)
  }
}

function start(): Worker {
  const started = startModuleWorker(codecWorkerUrl)
  started.addEventListener('message', ({ data }: MessageEvent<CodecReply>) =>
    waiting.get(data.id)?.resolve(data),
  )
  started.addEventListener('error', (event) => stop(new AppError('unexpected', { detail: event.message })))
  return started
}

function stop(error: AppError): void {
  worker?.terminate()
  worker = null
  for (const { reject } of waiting.values()) reject(error)
  waiting.clear()
}
