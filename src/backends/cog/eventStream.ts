/** One server-sent event. */
export interface StreamEvent {
  readonly name: string
  /** Parsed JSON; null where it is none. */
  readonly data: unknown
}

/** An event longer than this is no event of a prediction. */
const MOST_CHARS = 96 * 2 ** 20

/** Reads server-sent events from text that comes in pieces of any length. */
export class EventStream {
  private rest = ''

  /** @returns the events that the text completes */
  push(text: string): StreamEvent[] {
    this.rest += text
    const events: StreamEvent[] = []
    for (;;) {
      const end = /\r?\n\r?\n|\r\r/.exec(this.rest)
      if (!end) break
      const block = this.rest.slice(0, end.index)
      this.rest = this.rest.slice(end.index + end[0].length)
      const event = readEvent(block)
      if (event) events.push(event)
    }
    if (this.rest.length > MOST_CHARS) this.rest = ''
    return events
  }
}

function readEvent(block: string): StreamEvent | null {
  let name = 'message'
  const data: string[] = []
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === 'event') name = value
    else if (field === 'data') data.push(value)
  }
  if (data.length === 0) return null
  try {
    return { name, data: JSON.parse(data.join('\n')) as unknown }
  } catch {
    return { name, data: null }
  }
}
