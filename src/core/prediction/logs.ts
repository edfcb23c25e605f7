/** At most this much of a log is read, from its end or start: a huge one must not stall the page. */
const MAX_READ_CHARS = 64 * 1024
const PROGRESS = /^\s*(\d{1,3})%\|[^|]{0,200}\|\s*(\d{1,7})\/(\d{1,7})\s/

/**
 * Reads the progress from the last line of tqdm in a run's log: ` 24%|##4       | 6/25 [00:00<...`, ended by \n or \r.
 * @returns 0..1; null where there is none
 */
export function progressOfLogs(logs: string): number | null {
  const lines = logs.slice(-MAX_READ_CHARS).split(/[\r\n]/)
  for (let i = lines.length - 1; i >= 0; i--) {
    const match = PROGRESS.exec(lines[i].slice(0, 400))
    if (!match) continue
    const total = Number(match[3])
    return total > 0 ? Math.min(1, Number(match[2]) / total) : Math.min(1, Number(match[1]) / 100)
  }
  return null
}

/** The seeds that a run's log names (`Using seed: 7`), in order. */
export function seedsOfLogs(logs: string): number[] {
  return [...logs.slice(0, MAX_READ_CHARS).matchAll(/\busing seed:\s{0,8}(\d{1,15})\b/gi)].map((match) =>
    Number(match[1]),
  )
}

/** A line of a log. */
export interface LogLine {
  readonly text: string
  /** How many updates of the same progress bar came before it. */
  readonly folded: number
}

/** Any tqdm line, with or without a title before it. */
const BAR = /^([^%|]{0,100}?)\s*\d{1,3}%\|[^|]{0,200}\|\s*\d{1,7}\/(\d{1,7})\s/

/** The lines of a log, as a terminal shows them in the end: of a progress bar's updates only the newest. */
export function foldedLog(logs: string): LogLine[] {
  const lines: LogLine[] = []
  let last: string | null = null
  for (const text of logs.split(/\r\n|[\r\n]/)) {
    if (text.trim() === '') continue
    const bar = BAR.exec(text.slice(0, 400))
    const key = bar && `${bar[1].trim()} ${bar[2]}`
    const before = lines.at(-1)
    if (before && key !== null && key === last) lines[lines.length - 1] = { text, folded: before.folded + 1 }
    else lines.push({ text, folded: 0 })
    last = key
  }
  return lines
}

const MAX_LINE_CHARS = 300
const SAFETY = /\bnsfw\b|safety[ _-]?(check|filter|system)|content (policy|filter|moderation)/i
/** Words of a check that was off, or found nothing. */
const HARMLESS =
  /\b(disabled?|skip(s|ped|ping)?|off|passed|load(s|ed|ing)?|fetch(es|ed|ing)?|no nsfw|not detected)\b/i

/** What a log says of a safety check that kept something back; empty where it says nothing. */
export function safetyWords(logs: string): string {
  const said = foldedLog(logs.slice(-MAX_READ_CHARS)).filter(
    ({ text }) => SAFETY.test(text) && !HARMLESS.test(text),
  )
  return shortLines(said.slice(-3))
}

/** The end of a log, for an error: what it says of a safety check first. */
export function lastWords(logs: string): string {
  const end = shortLines(foldedLog(logs.slice(-MAX_READ_CHARS)).slice(-5))
  const safety = safetyWords(logs)
  return safety === '' || end.includes(safety) ? end : `${safety}\n${end}`
}

function shortLines(lines: readonly LogLine[]): string {
  return lines.map(({ text }) => text.trim().slice(0, MAX_LINE_CHARS)).join('\n')
}

/** Longest log that is stored with a run, characters. */
const MAX_STORED_CHARS = 64 * 1024

/** A log as it is stored with a run: folded; null where it is empty, or too long even so. */
export function storedLog(logs: string): string | null {
  const text = foldedLog(logs)
    .map((line) => line.text)
    .join('\n')
  return text === '' || text.length > MAX_STORED_CHARS ? null : text
}
