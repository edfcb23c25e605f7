import { useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'

const A = 65

/** @returns names an output by its place; while the outputs are shuffled, by where it is shown */
export function useOutputName(): (place: number, shownAt: number) => string {
  const t = useT()
  const blind = useAppState(({ view }) => view.blind !== null)
  return (place, shownAt) =>
    blind
      ? t('blind.name', { letter: String.fromCharCode(A + shownAt) })
      : t('compare.output', { number: place + 1 })
}
