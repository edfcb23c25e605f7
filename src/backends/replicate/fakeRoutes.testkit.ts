import type { IncomingMessage } from 'node:http'
import { type Call, isCreate, type Made, type Mounted } from './fakeMount.testkit'
import { bundledSchema, paint } from './fakeModel.testkit'

export function route(mounted: Mounted, call: Call, path: string, body: unknown): void {
  const { method } = call.request
  const { scenario } = mounted
  if (method === 'POST' && isCreate(path)) {
    const asked = path === '/predictions' ? 'predictions' : 'models'
    if (scenario.routes && scenario.routes !== asked) {
      call.json(scenario.missing ?? 404, { detail: 'Not found.' })
      return
    }
    if (!isBodyOf(asked, body)) {
      call.json(422, { detail: '- version: is for /predictions, and for no other path', status: 422 })
      return
    }
    if (scenario.onCreate?.(call, mounted.creates().length - 1)) return
    const made = make(mounted, body)
    if (scenario.lost && scenario.lost.creates.includes(mounted.creates().length)) {
      if (scenario.lost.how === 'drop') call.drop()
      return
    }
    const answer = predictionOf(mounted, made, scenario.sync ? 'succeeded' : 'starting')
    if (scenario.sync) made.over = true
    const give = () => call.json(scenario.gateway ? 200 : 201, answer)
    if (scenario.createMs) setTimeout(give, scenario.createMs)
    else give()
    return
  }
  if (method === 'GET' && isCreate(path) && scenario.routes === 'models') {
    // Some servers say that a path takes something else.
    call.json(path === '/predictions' ? (scenario.missing ?? 404) : 405, { detail: 'No.' })
    return
  }
  if (method === 'GET' && path === '/predictions' && scenario.onList?.(call)) return
  if (method === 'GET' && path === '/predictions' && scenario.list !== false && !scenario.gateway) {
    const results = [...mounted.predictions.values()].map((made) => predictionOf(mounted, made, 'processing'))
    call.json(200, { next: null, previous: null, results: results.toReversed() })
    return
  }
  const match = /^\/predictions\/([\w-]+)(\/cancel)?$/.exec(path)
  const made = match ? mounted.predictions.get(match[1]) : undefined
  if (method === 'POST' && match?.[2]) {
    if (scenario.onCancel?.(call)) return
    if (!made) call.json(404, { detail: 'Not found.', status: 404 })
    else {
      made.canceled = true
      made.over = true
      call.json(200, predictionOf(mounted, made, 'canceled'))
    }
    return
  }
  if (method === 'GET' && match) {
    if (scenario.onGet?.(call, mounted.looks().length - 1)) return
    if (!made) call.json(404, { detail: 'The requested resource could not be found.', status: 404 })
    else {
      const statuses = scenario.statuses ?? ['processing', 'succeeded']
      const status = made.canceled ? 'canceled' : statuses[Math.min(made.looks, statuses.length - 1)]
      const answer = { ...predictionOf(mounted, made, status), ...scenario.fields?.(made.looks) }
      made.looks++
      if (made.over) mounted.pollsAfterEnd++
      if (['succeeded', 'failed', 'canceled', 'aborted'].includes(status)) made.over = true
      call.json(200, answer)
    }
    return
  }
  if (method === 'GET' && path === '/models/some/filler') {
    call.json(200, {
      owner: 'some',
      name: 'filler',
      latest_version: { id: 'f'.repeat(64), openapi_schema: bundledSchema('ideogramV2') },
    })
    return
  }
  call.json(404, { detail: 'The requested resource could not be found.', status: 404 })
}

/** The common path names its model by a version, a model's own path takes nothing but the input. */
function isBodyOf(kind: 'predictions' | 'models', body: unknown): boolean {
  const names = Object.keys(body as object)
    .toSorted()
    .join(' ')
  return kind === 'models' ? names === 'input' : names === 'input version' || names === 'input'
}

function make(mounted: Mounted, body: unknown): Made {
  const { input: sent } = body as { input: Record<string, unknown> }
  // What was uploaded before stands in for its address.
  const input = Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, mounted.files.get(String(value)) ?? value]),
  )
  const count = typeof input['num_outputs'] === 'number' ? input['num_outputs'] : 1
  const made: Made = {
    id: `${mounted.scenario.gateway ? 'task_' : ''}p${mounted.predictions.size + 1}abcdefghijklmnopqrstuvw`,
    input,
    outputs: Array.from({ length: count }, (_, k) => paint(input, k, mounted.scenario)),
    createdAt: new Date().toISOString(),
    looks: 0,
    canceled: false,
    over: false,
  }
  mounted.predictions.set(made.id, made)
  return made
}

/** As the pipelines of diffusers say it. */
const BLANK_LOG =
  'Potential NSFW content was detected in one or more images. A black image will be returned instead. Try again with a different prompt and/or seed.\n'

/** What a gateway calls a status. */
const GATEWAY_WORDS: Readonly<Record<string, string>> = {
  starting: 'queued',
  processing: 'IN_PROGRESS',
  succeeded: 'SUCCESS',
  canceled: 'cancelled',
}

function predictionOf(mounted: Mounted, made: Made, status: string): Record<string, unknown> {
  const urls = made.outputs.map((_, k) => `${mounted.base.replace(/\/v1$/, '')}/out/${made.id}/${k}.png`)
  const { output, gateway, partial } = mounted.scenario
  const done = status === 'succeeded'
  const step = Math.min(25, made.looks * 8)
  return {
    id: made.id,
    model: 'stability-ai/stable-diffusion-inpainting',
    version: 'hidden',
    input: {
      ...made.input,
      image: 'https://replicate.delivery/x.png',
      mask: 'https://replicate.delivery/y.png',
    },
    logs:
      status === 'starting'
        ? ''
        : `Using seed: 4242\n ${step * 4}%|###   | ${step}/25 [00:01<00:02, 16.47it/s]\n${mounted.scenario.blank && done ? BLANK_LOG : ''}`,
    output: done
      ? (output ?? (gateway && urls.length === 1 ? (list: string[]) => list[0] : (list: string[]) => list))(
          urls,
        )
      : status === 'processing' && partial
        ? urls.slice(0, partial)
        : null,
    error:
      status === 'failed' ? 'NSFW content detected. Try running it again, or try a different prompt.' : null,
    status: gateway ? (GATEWAY_WORDS[status] ?? status) : status,
    created_at: made.createdAt,
    metrics: done ? { predict_time: 2.5 } : {},
    urls: {
      get: 'https://api.replicate.com/v1/predictions/elsewhere',
      cancel: 'https://api.replicate.com/v1/predictions/elsewhere/cancel',
    },
  }
}

/** Keeps an uploaded file, and answers as the hosted API does. */
export async function takeFile(mounted: Mounted, call: Call, bytes: Buffer): Promise<void> {
  const type = String(call.request.headers['content-type'])
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  const content = form.get('content')
  if (!(content instanceof Blob)) {
    call.json(400, { detail: 'content is required' })
    return
  }
  const address = `${mounted.base}/files/f${mounted.files.size + 1}`
  const base64 = Buffer.from(await content.arrayBuffer()).toString('base64')
  mounted.files.set(address, `data:image/png;base64,${base64}`)
  call.json(201, { id: `f${mounted.files.size}`, size: content.size, urls: { get: address } })
}

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

export function parsed(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
