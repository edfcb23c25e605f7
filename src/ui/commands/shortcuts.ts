import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { TOOLS } from '../../editor/toolRegistry'
import { setPeek, showEdit, useCompare } from '../../state/compareStore'
import { chosenOutput, stepOutput } from '../../state/chosenOutput'
import { closeSheet, openDialog } from '../../state/dialogStore'
import { brushSizeStep, useEditor } from '../../state/editorStore'
import { adoptOutput, copyLink, downloadOutput, type ReadyOutput } from '../../state/exportController'
import { startRun } from '../../state/runController'
import type { Run } from '../../state/runsStore'
import { undo, useSession } from '../../state/sessionStore'
import { actualSize, useViewport } from '../../state/viewportStore'

/** True where letters belong to what is being typed. */
function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'range', 'button', 'submit'].includes(target.type)
  )
}

function inDialog(): boolean {
  return document.querySelector('dialog[open]') !== null
}

/** Enter on a button presses the button. */
function isOnControl(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.closest('button, a, summary, select') !== null
}

/** A key that works when nobody types and no dialog is up. */
function key(action: (event: KeyboardEvent) => void) {
  return (event: KeyboardEvent) => {
    if (isTyping(event) || inDialog() || event.isComposing) return
    event.preventDefault()
    action(event)
  }
}

/** A combination that works in fields too. */
function combo(action: () => void) {
  return (event: KeyboardEvent) => {
    if (inDialog()) return
    event.preventDefault()
    action()
  }
}

function bindings(): Record<string, (event: KeyboardEvent) => void> {
  const editor = () => useSession.getState().editor
  const brush = () => useEditor.getState()
  const resize = (direction: 1 | -1) =>
    key(() => brush().setBrush({ size: brushSizeStep(brush().brush.size, direction) }))
  const harden = (by: number) => key(() => brush().setBrush({ hardness: brush().brush.hardness + by }))
  const letters = Object.fromEntries(
    TOOLS.map((tool) => [
      // By the physical key: layouts that move letters keep the hand where it is.
      `Key${tool.shortcut.toUpperCase()}`,
      key(() => {
        const wasComparing = useCompare.getState().view === 'compare'
        if (wasComparing) showEdit()
        if (!wasComparing || tool.id !== 'eraser') brush().setTool(tool.id)
      }),
    ]),
  )
  const comparing = () => useCompare.getState().view === 'compare'
  // Nothing changes a mask that is not seen.
  const masking = (action: () => void) =>
    key(() => {
      if (!comparing()) action()
    })
  // Undo in a text field is the field's own.
  const undoing = (action: () => void) => (event: KeyboardEvent) => {
    if (!isTyping(event) && !comparing()) combo(action)(event)
  }
  const onOutput = (action: (run: Run, output: ReadyOutput) => void) => (event: KeyboardEvent) => {
    const chosen = chosenOutput()
    if (!comparing() || !chosen || isTyping(event) || inDialog() || isOnControl(event)) return
    event.preventDefault()
    action(chosen.run, chosen.output)
  }
  const step = (by: 1 | -1) => (event: KeyboardEvent) => {
    if (!comparing() || isTyping(event) || inDialog()) return
    event.preventDefault()
    stepOutput(by)
  }
  return {
    ...letters,
    BracketLeft: resize(-1),
    BracketRight: resize(1),
    'Shift+BracketLeft': harden(-10),
    'Shift+BracketRight': harden(10),
    KeyX: key(() => brush().setTool(brush().toolId === 'brush' ? 'eraser' : 'brush')),
    KeyI: masking(() => editor()?.apply({ kind: 'invert' })),
    Delete: masking(() => {
      if (editor()?.isEmpty === false) editor()?.apply({ kind: 'clear' })
    }),
    KeyM: key(() => brush().toggleMask()),
    Digit0: key(() => useViewport.getState().set(null)),
    Digit1: key(() => {
      const { source } = useSession.getState()
      if (source) actualSize(source.pixels)
    }),
    '$mod+KeyZ': undoing(undo),
    '$mod+Shift+KeyZ': undoing(() => editor()?.redo()),
    '$mod+KeyY': undoing(() => editor()?.redo()),
    '$mod+Enter': combo(() => void startRun()),
    '$mod+Shift+KeyL': combo(() => void copyLink()),
    '?': key(() => openDialog('shortcuts')),
    'Shift+?': key(() => openDialog('shortcuts')),
    Escape: (event) => {
      if (inDialog()) return
      if (editor()?.cancel()) return
      closeSheet()
      if (!isTyping(event)) showEdit()
    },
    Backslash: key(() => setPeek(true)),
    ArrowLeft: step(-1),
    ArrowRight: step(1),
    Enter: onOutput((run, output) => void adoptOutput(run, output, true)),
    KeyS: onOutput((run, output) => void downloadOutput(run, output)),
  }
}

/** The page's keys; held ones (space, backslash) end when released or when the page loses the focus. */
export function useShortcuts(): void {
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const unbind = tinykeys(window, bindings())
    const hold = (held: boolean) => useEditor.getState().holdHand(held)
    addEventListener(
      'keydown',
      (event) => {
        // A button that the keyboard is on is pressed by it; one that was clicked is not in the way.
        const button =
          event.target instanceof HTMLElement &&
          event.target.closest('button, a, summary')?.matches(':focus-visible')
        if (event.code !== 'Space' || isTyping(event) || inDialog() || button) return
        event.preventDefault()
        if (!event.repeat) hold(true)
      },
      { signal },
    )
    addEventListener(
      'keyup',
      (event) => {
        if (event.code === 'Space') hold(false)
        if (event.code === 'Backslash') setPeek(false)
      },
      { signal },
    )
    addEventListener(
      'blur',
      () => {
        hold(false)
        setPeek(false)
      },
      { signal },
    )
    return () => {
      unbind()
      abort.abort()
    }
  }, [])
}
