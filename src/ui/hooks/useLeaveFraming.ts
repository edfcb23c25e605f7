import { useEffect, useRef } from 'react'
import { useApp, useAppState } from './useApp'

/** Another tool goes on painting: nothing is chosen on the canvas then. */
export function useLeaveFraming(): void {
  const { setFraming } = useApp().view
  const toolId = useAppState(({ tools }) => tools.toolId)
  const first = useRef(toolId)
  useEffect(() => {
    if (toolId !== first.current) setFraming(null)
  }, [toolId, setFraming])
}
