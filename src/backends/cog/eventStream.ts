/** One server-sent event. */
export interface StreamEvent {
  readonly name: string
  /** Parsed JSON; null where it is none. */
  readonly data: unknown
}

/** An event longer than this is no event of a prediction. */
const MOST_CHARS = 96 * 2 ** 20

/** Reads server-sent events from text that comes in pieces of any length, line by line: each character is seen once. */
export class EventStream {
  private pieces: string[] = []
  private length = 0
  private lines: string[] = []
  private endedByReturn = false

  /** @returns the events that the text completes */
  push(text: string): StreamEvent[] {
    const events: StreamEvent[] = []
    let from = 0
    // A line that ended by \r may go on with the \n of the same end.
    if (this.endedByReturn && text.startsWith('\n')) from = 1
    if (text !== '') this.endedByReturn = text.endsWith('\r')
    for (const end of text.matchAll(/\r\n|\n|\r/g)) {
      if (end.index < from) continue
      this.pieces.push(text.slice(from, end.index))
      from = end.index + end[0].length
      const line = this.pieces.join('')
      this.pieces = []
      this.length = 0
      if (line !== '') this.lines.push(line)
      else {
        const event = readEvent(this.lines)
        if (event) events.push(event)
        this.lines = []
      }
    }
    this.pieces.push(text.slice(from))
    this.length += text.length - from
    if (this.length > MOST_CHARS) this.pieces = []
    return events
  }
}

function readEvent(lines: readonly string[]): StreamEvent | null {
  let name = 'message'
  const data: string[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
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
