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
