import { checkField } from '../prediction/fieldCheck'
import type { FieldSpec, FieldValue, FieldValues } from '../prediction/inputSchema'
import { parseFieldText } from '../prediction/parseFieldText'

/** One input that a sweep goes through. */
export interface SweepAxis {
  readonly field: FieldSpec
  /** The word of a text that the values stand in for; null replaces all of the value. */
  readonly word: string | null
  readonly values: readonly FieldValue[]
}

export interface SweepCell {
  /** Places of its values on the first axis and on the second; 0 where there is none. */
  readonly x: number
  readonly y: number
  /** What of the form is other than it is now, by field name. */
  readonly values: FieldValues
}

/** Runs of a sweep, at most. */
export const MAX_SWEEP_RUNS = 64

/**
 * Reads the values of an axis, separated by commas or lines.
 * @returns the values, each once, and what is none of the field's
 */
export function readAxisValues(
  field: FieldSpec,
  text: string,
): { readonly values: readonly FieldValue[]; readonly bad: readonly string[] } {
  const values: FieldValue[] = []
  const bad: string[] = []
  for (const part of text.split(/[,，、\n]/).map((one) => one.trim())) {
    if (part === '') continue
    const value = parseFieldText(field, part)
    if (value === undefined || checkField(field, value)) bad.push(part)
    else if (!values.includes(value)) values.push(value)
  }
  return { values, bad }
}

/** Every pair of the axes' values, row by row. @param form what the form holds */
export function sweepCells(axes: readonly SweepAxis[], form: FieldValues): readonly SweepCell[] {
  const [first, second] = axes
  if (!first) return []
  return (second?.values ?? [null]).flatMap((_, y) =>
    first.values.map((__, x) => {
      const values: Record<string, FieldValue> = {}
      for (const [axis, place] of [
        [first, x],
        [second, y],
      ] as const) {
        if (!axis) continue
        const { field, word } = axis
        const value = axis.values[place]
        const now = values[field.name] ?? form[field.name] ?? ''
        values[field.name] = word === null ? value : String(now).replaceAll(word, () => String(value))
      }
      return { x, y, values }
    }),
  )
}

/** What a run costs, as the user says. */
export interface Price {
  readonly per: 'run' | 'second'
  readonly amount: number
}

/**
 * @param expectedMs how long a run takes; null where that is not known
 * @returns the cost of `runs` runs; null where it depends on a time that is not known
 */
export function costOf(runs: number, { per, amount }: Price, expectedMs: number | null): number | null {
  if (per === 'run') return runs * amount
  return expectedMs === null ? null : (runs * amount * expectedMs) / 1000
}
