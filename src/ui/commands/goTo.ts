import type { App } from '../../state/app'

/** Where skip links and keys take the focus. */
const PLACES = {
  canvas: '[data-pane=editor]',
  form: '[data-area=side] form, [data-area=sheet] form',
  outputs: 'figure[aria-current=true]',
} as const

export type Place = keyof typeof PLACES

const PROMPT = '[data-role=prompt] :is(textarea, input)'
const FOCUSABLE = 'button, input, select, textarea, summary, a[href]'

/** Frames within which a part that has to be drawn first is there. */
const MAX_FRAMES = 120

/** Moves the focus, to what is drawn within two seconds. */
async function focusOn(wanted: () => HTMLElement | null): Promise<void> {
  for (let frame = 0; frame < MAX_FRAMES; frame++) {
    const element = wanted()
    if (element) {
      element.focus()
      return
    }
    await new Promise(requestAnimationFrame)
  }
}

function find(selector: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(selector)
}

function showForm({ settings, dialogs }: App): void {
  if (find('[data-layout=desktop]')) settings.set({ formOpen: true })
  else if (dialogs.store.getState().sheet !== 'form') dialogs.toggleSheet('form')
}

/** Takes the focus to the canvas, the form's first control or the selected output, showing it where it is hidden. */
export function goTo(app: App, place: Place): Promise<void> {
  if (place === 'canvas') app.view.showEdit()
  if (place === 'form') showForm(app)
  if (place === 'outputs') {
    const { view, runId } = app.view.store.getState()
    if (view === 'edit' && runId !== null) app.view.showCompare(runId)
  }
  return focusOn(() => {
    const found = find(PLACES[place])
    return place === 'form' ? (found?.querySelector<HTMLElement>(FOCUSABLE) ?? null) : found
  })
}

/** Takes the focus to the prompt; where the backend takes none, to what says so at the top of the form. */
export function goToPrompt(app: App): Promise<void> {
  showForm(app)
  return focusOn(() => {
    const form = find(PLACES.form)
    return form?.querySelector<HTMLElement>(PROMPT) ?? form?.querySelector<HTMLElement>(FOCUSABLE) ?? null
  })
}
