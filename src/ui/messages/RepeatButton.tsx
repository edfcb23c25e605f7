import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'

/** Runs once more what a run was made of: with its seed, where that is known. */
export function RepeatButton({ runId }: { readonly runId: string }) {
  const app = useApp()
  const t = useT()
  const hasSeed = useAppState(({ runs: { runs } }) =>
    runs.some(({ record }) => record.id === runId && record.seeds.length > 0),
  )
  return (
    <Button small onClick={() => void app.history.replay(runId, true)}>
      {t(hasSeed ? 'resume.sameSeed' : 'inspector.replay')}
    </Button>
  )
}
