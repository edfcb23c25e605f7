import { useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'
import { useApp, useAppState } from '../hooks/useApp'
import { selectRun } from '../../state/runs/runs'

/** Opens the inspector of a run whose requests are still held, or that has a log. */
export function InspectButton({ runId }: { readonly runId: string }) {
  const app = useApp()
  const t = useT()
  const isKept = useAppState(({ exchanges: state }) => runId in state.byRun)
  const hasLog = useAppState(({ runs }) => (selectRun(runs, runId)?.logs ?? '') !== '')
  if (!isKept && !hasLog) return null
  return <LinkButton onClick={() => app.dialogs.inspect(runId)}>{t('inspector.open')}</LinkButton>
}
