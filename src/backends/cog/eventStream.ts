import { createParser } from 'eventsource-parser'

/** One server-sent event. */
export interface StreamEvent {
  readonly name: string
  /** Parsed JSON; null where it is not JSON. */
  readonly data: unknown
}

/** Longer than any event of a prediction: such an event is dropped. */
const MAX_CHARS = 96 * 2 ** 20

/** Reads server-sent events from text that comes in pieces of any length. */
export class EventStream {
  private events: StreamEvent[] = []
  private tooLong = false
  private readonly parser = createParser({
    onEvent: ({ event, data }) => this.events.push({ name: event ?? 'message', data: parse(data) }),
    onError: ({ type }) => {
      this.tooLong ||= type === 'max-buffer-size-exceeded'
    },
    maxBufferSize: MAX_CHARS,
  })

  /** @returns the events that the text completes */
  push(text: string): StreamEvent[] {
    this.parser.feed(text)
    if (this.tooLong) this.parser.reset()
    this.tooLong = false
    const completed = this.events
    this.events = []
    return completed
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data) as unknown
  } catch {
    return null
  }
}
