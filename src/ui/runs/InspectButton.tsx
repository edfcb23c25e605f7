import { useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'
import { useApp, useAppState } from '../hooks/useApp'

/** Opens the inspector of a run whose requests are still held. */
export function InspectButton({ runId }: { readonly runId: string }) {
  const app = useApp()
  const t = useT()
  const isKept = useAppState(({ exchanges: state }) => runId in state.byRun)
  if (!isKept) return null
  return <LinkButton onClick={() => app.dialogs.inspect(runId)}>{t('inspector.open')}</LinkButton>
}
