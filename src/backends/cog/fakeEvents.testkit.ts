import type { ServerResponse } from 'node:http'

export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, prefer',
  'access-control-allow-methods': 'GET, POST, PUT',
}

/** A stream of events, cut in the middle of lines as networks do. */
export class FakeEvents {
  private readonly response: ServerResponse

  constructor(response: ServerResponse) {
    this.response = response
    response.writeHead(200, { 'content-type': 'text/event-stream', ...CORS })
    this.send('start', { status: 'processing' })
  }

  progress(runMs: number, output: string, goesOn: () => boolean): void {
    for (const quarter of [1, 2, 3])
      setTimeout(() => goesOn() && this.tell(quarter, output), (runMs * quarter) / 4)
  }

  tell(quarter: number, output: string): void {
    const data = `\r ${quarter * 25}%|###  | ${quarter * 5}/20 [00:01<00:02, 9it/s]`
    this.send('log', { source: 'stderr', data })
    if (quarter === 2) this.send('output', { chunk: output, index: 0 })
  }

  end(prediction: unknown): void {
    this.send('completed', prediction)
    this.response.end()
  }

  private send(name: string, data: unknown): void {
    const text = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
    const middle = Math.floor(text.length / 2)
    this.response.write(text.slice(0, middle))
    this.response.write(text.slice(middle))
  }
}
