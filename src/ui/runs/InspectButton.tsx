import { inspect } from '../../state/dialogStore'
import { useExchanges } from '../../state/exchangeStore'
import { useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'

/** Opens the inspector of a run whose requests are still held. */
export function InspectButton({ runId }: { readonly runId: string }) {
  const t = useT()
  const isKept = useExchanges((state) => runId in state.byRun)
  if (!isKept) return null
  return <LinkButton onClick={() => inspect(runId)}>{t('inspector.open')}</LinkButton>
}
