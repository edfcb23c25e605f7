import { useEffect } from 'react'
import type { App } from '../../state/app'
import { isTyping, takeFocusFrom } from '../commands/focus'
import { focusOn, isFocusLost, mainPart } from '../commands/goTo'
import { useApp } from '../hooks/useApp'

/** Elements that had the focus, which it may go back to. */
const MAX_KEPT = 8

const FOCUSABLE = ':is(button, input, select, textarea, summary, a[href], [tabindex="0"]):not(:disabled)'

/** Where the focus was, with the areas of the page around it, innermost first. */
interface Focused {
  readonly element: HTMLElement
  readonly areas: readonly HTMLElement[]
}

/**
 * Keeps the focus on the page: where React takes away what had it, a control of the same area gets it, else what had it
 * before, else the canvas or the selected output; where what had it is disabled, the nearest control of its area gets
 * it. When the outputs of a run come they get it, unless someone types.
 */
export function FocusKeeper(): null {
  const app = useApp()
  useEffect(() => {
    const abort = new AbortController()
    keepFocus(abort.signal)
    leadToOutputs(app, abort.signal)
    return () => abort.abort()
  }, [app])
  return null
}

function keepFocus(signal: AbortSignal): void {
  let kept: Focused[] = []
  addEventListener(
    'focusin',
    ({ target }) => {
      if (!(target instanceof HTMLElement)) return
      const areas = areasAround(target)
      kept = [{ element: target, areas }, ...kept.filter(({ element }) => element !== target)].slice(
        0,
        MAX_KEPT,
      )
    },
    { signal },
  )
  const observer = new MutationObserver(() => {
    const lost = kept[0]
    if (lost?.element.isConnected && lost.element.matches(':disabled')) leave(lost)
    if (!lost || lost.element.isConnected || !isFocusLost()) return
    kept = kept.filter(({ element }) => element.isConnected)
    const area = lost.areas.find((one) => one.isConnected)
    // The stage shows something else now: its main part. A sheet that was closed leads back to what opened it.
    const isStage = area?.dataset['area'] === 'stage'
    const next = area ? !isStage && visibleIn(area) : kept.find(isVisible)?.element
    if (next) takeFocusFrom(lost.element, next)
    else void focusOn(mainPart)
  })
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  signal.addEventListener('abort', () => observer.disconnect())
}

/** A disabled control keeps neither keys nor the screen reader's place. */
function leave({ element, areas }: Focused): void {
  const has = document.activeElement
  if (has !== element && !isFocusLost()) return
  for (const area of areas) {
    const around = [...area.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.checkVisibility())
    const isAfter = (one: Element) =>
      (element.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
    const next = around.find(isAfter) ?? around.at(-1)
    if (next) {
      takeFocusFrom(element, next)
      return
    }
  }
}

/** A message belongs to no area: it lies over what had the focus before. */
function areasAround(element: HTMLElement): readonly HTMLElement[] {
  const areas: HTMLElement[] = []
  if (element.closest('[data-stays]')) return areas
  let area = element.parentElement?.closest<HTMLElement>('[data-area]')
  for (; area; area = area.parentElement?.closest<HTMLElement>('[data-area]')) areas.push(area)
  return areas
}

function isVisible({ element }: Focused): boolean {
  return element.checkVisibility() && element.closest('[inert]') === null
}

function visibleIn(area: HTMLElement): HTMLElement | null {
  return [...area.querySelectorAll<HTMLElement>(FOCUSABLE)].find((one) => one.checkVisibility()) ?? null
}

function leadToOutputs({ state }: App, signal: AbortSignal): void {
  /** What had the focus when the newest run began. */
  let startedAt: Element | null = null
  const started = new Set<string>()
  /** Someone writes in a field; the keys of Run end it, and what is typed while the run is prepared begins it again. */
  let isWriting = false
  const write = ({ target }: Event) => {
    if (isTyping(target)) isWriting = true
  }
  addEventListener('input', write, { signal, capture: true })
  addEventListener('pointerdown', write, { signal, capture: true })
  addEventListener(
    'keydown',
    ({ key, ctrlKey, metaKey }) => {
      if (key === 'Enter' && (ctrlKey || metaKey)) isWriting = false
    },
    { signal, capture: true },
  )
  let before = state.read()
  const listen = () => {
    const now = state.read()
    const [newest] = now.runs.runs
    if (
      newest &&
      newest !== before.runs.runs[0] &&
      newest.stage !== 'done' &&
      !started.has(newest.record.id)
    ) {
      started.add(newest.record.id)
      startedAt = document.activeElement
    }
    const { view, runId } = now.view
    const isShown = view === 'compare' && runId !== null && started.has(runId)
    const wasShown = before.view.view === 'compare' && before.view.runId === runId
    before = now
    if (!isShown || wasShown) return
    const has = document.activeElement
    const isAtRun = isFocusLost() || has?.closest('[data-area=run]')
    if (isAtRun || (has === startedAt && !isWriting))
      void focusOn(mainPart, () => !isTyping(has) || !isWriting)
  }
  signal.addEventListener('abort', state.subscribe(listen))
}
