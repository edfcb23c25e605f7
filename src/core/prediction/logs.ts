/** Only the end of a log is looked at: enough for the last progress line, never enough to stall. */
const TAIL = 64 * 1024
const PROGRESS = /^\s*(\d{1,3})%\|[^|]{0,200}\|\s*(\d{1,7})\/(\d{1,7})\s/

/**
 * The last progress line in the text of a run, as 0..1. The form is that of tqdm: ` 24%|##4       | 6/25 [00:00<...`,
 * lines ended by \n or \r. @returns null where there is none
 */
export function progressOfLogs(logs: string): number | null {
  const lines = logs.slice(-TAIL).split(/[\r\n]/)
  for (let i = lines.length - 1; i >= 0; i--) {
    const match = PROGRESS.exec(lines[i].slice(0, 400))
    if (!match) continue
    const total = Number(match[3])
    return total > 0 ? Math.min(1, Number(match[2]) / total) : Math.min(1, Number(match[1]) / 100)
  }
  return null
}

/** The seeds a run says it used (`Using seed: 7`), in order. */
export function seedsOfLogs(logs: string): number[] {
  return [...logs.slice(0, TAIL).matchAll(/\busing seed:\s{0,8}(\d{1,15})\b/gi)].map((match) =>
    Number(match[1]),
  )
}
