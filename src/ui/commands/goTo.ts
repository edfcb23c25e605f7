import type { App } from '../../state/app'

/** Where skip links lead. */
export type Place = 'canvas' | 'form' | 'outputs'

const CANVAS = '[data-pane=editor]'
const FORM = ':is([data-area=side], [data-area=sheet]) form'
const OUTPUTS = '[data-area=stage] figure'
/** In Compare there always is a figure, a moment after the bar above it. */
const START = '[data-area=stage]:not([data-view=compare]) button'
const PROMPT = '[data-role=prompt] :is(textarea, input)'
const CONTROL = 'button, input, select, textarea, summary, a[href]'

/** Max frames to wait for a part that has to be drawn first. */
const MAX_FRAMES = 120

function find(selector: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(selector)
}

/** The selected output; the last one where there is no choice. */
function output(): HTMLElement | null {
  return (
    find(`${OUTPUTS}[aria-current=true]`) ??
    [...document.querySelectorAll<HTMLElement>(OUTPUTS)].at(-1) ??
    null
  )
}

/** @returns whether nothing on the page has the focus */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

/** Finds what the page is about: the selected output, the canvas, or what opens a picture. */
export function mainPart(): HTMLElement | null {
  return output() ?? find(CANVAS) ?? find(START)
}

/**
 * Moves the focus to an element, to one that is still to be drawn too. It stays where someone moves it meanwhile.
 * @param wanted finds the element; null until it is there
 * @param mayMove asked at each frame: false leaves the focus where it is
 */
export async function focusOn(
  wanted: () => HTMLElement | null,
  mayMove: () => boolean = () => true,
): Promise<void> {
  const from = document.activeElement
  for (let frame = 0; frame < MAX_FRAMES; frame++) {
    const element = wanted()
    if (element) {
      element.focus({ preventScroll: true })
      return
    }
    await new Promise(requestAnimationFrame)
    if (!mayMove() || (!isFocusLost() && document.activeElement !== from)) return
  }
}

function showForm({ settings, dialogs, state }: App): void {
  if (find('[data-layout=desktop]')) settings.set({ formOpen: true })
  else if (state.read().dialogs.sheet !== 'form') dialogs.toggleSheet('form')
}

/** Takes the focus to the canvas, the form's first control or the selected output, showing it where it is hidden. */
export function goTo(app: App, place: Place): Promise<void> {
  const { view, runId } = app.state.read().view
  switch (place) {
    case 'canvas':
      app.view.showEdit()
      return focusOn(() => find(CANVAS))
    case 'form':
      showForm(app)
      return focusOn(() => find(FORM)?.querySelector<HTMLElement>(CONTROL) ?? null)
    case 'outputs':
      if (view !== 'compare' && runId !== null) app.view.showCompare(runId)
      return focusOn(output)
  }
}

/** Takes the focus to the prompt; where the backend takes none, to what says so at the top of the form. */
export function goToPrompt(app: App): Promise<void> {
  showForm(app)
  return focusOn(
    () => find(FORM)?.querySelector<HTMLElement>(PROMPT) ?? find(FORM)?.querySelector(CONTROL) ?? null,
  )
}
