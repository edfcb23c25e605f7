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

/** One codec worker, started when first needed. */
class Codec {
  private worker: Worker | null = null
  private nextId = 1
  private readonly waiting = new Map<number, Waiting>()

  /**
   * @param timeoutMs after this the worker is ended, and with it all that waits: a picture can be made to take for ever
   * @throws AppError `image/decode-timeout`, or what the worker reports
   */
  async ask<Kind extends CodecReply['kind']>(
    request: Unnumbered<CodecRequest>,
    kind: Kind,
    timeoutMs = 120_000,
  ): Promise<ReplyOf<Kind>> {
    this.worker ??= this.start()
    const { worker } = this
    const id = this.nextId++
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      const reply = await new Promise<CodecReply>((resolve, reject) => {
        this.waiting.set(id, { resolve, reject })
        timer = setTimeout(() => this.stop(new AppError('image/decode-timeout')), timeoutMs)
        worker.postMessage({ ...request, id })
      })
      if (reply.kind === 'error') {
        const { code, detail, params } = reply.error
        throw new AppError(code, { detail, params })
      }
      if (reply.kind !== kind) throw new AppError('unexpected', { detail: reply.kind })
      return reply as ReplyOf<Kind>
    } finally {
      clearTimeout(timer)
      this.waiting.delete(id)
    }
  }

  /** Loads the worker before it is needed, so that it needs no network then. */
  warm(): void {
    this.worker ??= this.start()
  }

  private start(): Worker {
    const worker = startModuleWorker(codecWorkerUrl)
    worker.addEventListener('message', ({ data }: MessageEvent<CodecReply>) =>
      this.waiting.get(data.id)?.resolve(data),
    )
    worker.addEventListener('error', (event) =>
      this.stop(new AppError('unexpected', { detail: event.message })),
    )
    return worker
  }

  private stop(error: AppError): void {
    this.worker?.terminate()
    this.worker = null
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}

/** For pictures from outside: one of them may have to be given up, without harm to anything else. */
export const openingCodec = new Codec()
/** For the page's own pixels. */
export const codec = new Codec()
