import type { KeyboardEvent } from 'react'

interface Row {
  readonly id: string
}

/**
 * Where a key leads from a row.
 * @param page rows of a page
 * @returns null for a key that leads nowhere
 */
function steppedRow(key: string, from: number, count: number, page: number): number | null {
  const clamp = (row: number) => Math.min(count - 1, Math.max(0, row))
  switch (key) {
    case 'ArrowDown':
      return clamp(from + 1)
    case 'ArrowUp':
      return clamp(from - 1)
    case 'PageDown':
      return clamp(from + page)
    case 'PageUp':
      return clamp(from - page)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

export function withToggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}

/** Adds the rows between two, both counted; where the first is not listed, the second alone. */
export function withRange(
  selected: ReadonlySet<string>,
  rows: readonly Row[],
  from: string,
  to: string,
): ReadonlySet<string> {
  const end = rows.findIndex(({ id }) => id === to)
  const found = rows.findIndex(({ id }) => id === from)
  const start = found < 0 ? end : found
  const between = rows.slice(Math.min(start, end), Math.max(start, end) + 1)
  return new Set([...selected, ...between.map(({ id }) => id)])
}

type RowAction =
  | { readonly kind: 'step'; readonly to: number; readonly part: string }
  | { readonly kind: 'delete' | 'all' | 'none' }

/**
 * What a key does in a list.
 * @param page rows of a page
 * @returns null for a key of somebody else's
 */
export function rowAction(
  { key, target, ctrlKey, metaKey }: KeyboardEvent,
  from: number,
  count: number,
  page: number,
  hasSelected: boolean,
): RowAction | null {
  const part = target instanceof HTMLElement ? (target.dataset['part'] ?? 'open') : 'open'
  const to = steppedRow(key, from, count, page)
  if (to !== null) return { kind: 'step', to, part }
  if (key === 'Delete' || key === 'Backspace') return count > 0 ? { kind: 'delete' } : null
  if (key === 'a' && (ctrlKey || metaKey)) return { kind: 'all' }
  return key === 'Escape' && hasSelected ? { kind: 'none' } : null
}
