import { inspect } from '../../state/dialogStore'
import { useExchanges } from '../../state/exchangeStore'
import { useT } from '../hooks/useT'

/** Opens the inspector of a run, where its requests are kept. */
export function InspectButton({ runId }: { readonly runId: string }) {
  const t = useT()
  const isKept = useExchanges((state) => runId in state.byRun)
  if (!isKept) return null
  return (
    <button type="button" className="link-button" onClick={() => inspect(runId)}>
      {t('inspector.open')}
    </button>
  )
}
