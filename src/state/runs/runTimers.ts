import type { TimerName } from '../../core/run/runState'
import type { LiveRun } from './liveRun'

/** Sets the timers that a run's state holds, and clears those that it no longer holds. */
export function setTimers({ state, timers }: LiveRun, onTimer: (name: TimerName) => void): void {
  for (const [name, { at, handle }] of timers) {
    if (state.timers[name] === at) continue
    clearTimeout(handle)
    timers.delete(name)
  }
  for (const [name, at] of Object.entries(state.timers) as [TimerName, number][]) {
    if (timers.has(name)) continue
    const fire = () => {
      timers.delete(name)
      onTimer(name)
    }
    timers.set(name, { at, handle: setTimeout(fire, Math.max(0, at - performance.now())) })
  }
}
