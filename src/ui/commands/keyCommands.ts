import type { App } from '../../state/app'
import { selectOutput, stepOutput } from '../../state/runs/selection'
import { pickFile } from '../kit/pickFile'
import type { Command } from './command'
import { hasSelectedText, isTyping } from './focus'
import { focusOn, goToPrompt } from './goTo'

const selectedOf = ({ state }: App) => selectOutput(state.read())
const hasPicture = ({ session }: App) => session.frame() !== null

/** The selected output over the picture in Compare, else the open picture. */
function copyShown(app: App): void {
  const shown = app.state.read().view.view === 'compare' ? selectedOf(app) : null
  void (shown ? app.exporter.copyOutput(shown.run, shown.output) : app.exporter.copyPicture())
}

/** What only keys do, or other controls do their own way: nothing that the start page draws. */
export const KEY_COMMANDS = [
  {
    id: 'view.pan',
    name: 'keys.pan',
    group: 'view',
    keys: ['Space', 'Shift+Space'],
    when: 'not on a control',
    run: ({ tools }) => tools.holdHand(true),
    release: ({ tools }) => tools.holdHand(false),
  },
  {
    id: 'view.peek',
    name: 'keys.peek',
    group: 'view',
    keys: ['Backslash'],
    when: 'not typing',
    run: ({ view }) => view.setPeek(true),
    release: ({ view }) => view.setPeek(false),
  },
  {
    id: 'run.escape',
    name: 'keys.escape',
    group: 'run',
    keys: ['Escape'],
    when: 'anywhere',
    keepsDefault: true,
    run: (app) => {
      if (app.session.editor()?.cancel()) return
      const { patches, dialogs } = app.state.read()
      if (patches.reveal && dialogs.sheet === null) {
        if (!patches.reveal.editor.cancel()) void app.patches.stopReveal()
        return
      }
      app.dialogs.closeSheet()
      app.view.setFraming(null)
      if (!isTyping(document.activeElement)) app.view.showEdit()
    },
  },
  {
    id: 'compare.previous',
    name: 'keys.step',
    group: 'run',
    keys: ['ArrowLeft'],
    views: ['compare'],
    when: 'not on a control',
    run: ({ runs, view }) => stepOutput(runs, view, -1),
  },
  {
    id: 'compare.next',
    name: 'keys.step',
    group: 'run',
    keys: ['ArrowRight'],
    views: ['compare'],
    when: 'not on a control',
    run: ({ runs, view }) => stepOutput(runs, view, 1),
  },
  {
    id: 'output.apply',
    name: 'keys.apply',
    group: 'run',
    keys: ['Enter'],
    views: ['compare'],
    when: 'not on a control',
    enabled: (app) => selectedOf(app) !== null,
    run: (app) => {
      if (app.state.read().view.blind) {
        app.view.reveal()
        return
      }
      const selected = selectedOf(app)
      if (selected) void app.applyOutput(selected.run, selected.output, false)
    },
  },
  {
    id: 'frame.apply',
    name: 'extend.apply',
    group: 'picture',
    keys: ['Enter'],
    views: ['edit'],
    when: 'not on a control',
    enabled: ({ state }) => state.read().view.framing === 'picture',
    run: ({ framing }) => void framing.apply(),
  },
  {
    id: 'output.save',
    name: 'keys.save',
    group: 'run',
    keys: ['S'],
    views: ['compare'],
    when: 'not typing',
    // Its file's name has the seed.
    enabled: (app) => selectedOf(app) !== null && !app.state.read().view.blind,
    run: (app) => {
      const selected = selectedOf(app)
      if (selected) void app.exporter.downloadOutput(selected.run, selected.output)
    },
  },
  {
    id: 'share.copy',
    name: 'share.copy',
    group: 'picture',
    keys: ['$mod+Shift+L'],
    when: 'anywhere',
    run: ({ links }) => void links.copy(),
  },
  {
    id: 'picture.open',
    name: 'open.file',
    group: 'picture',
    keys: ['$mod+O'],
    when: 'anywhere',
    run: pickFile,
  },
  {
    id: 'picture.export',
    name: 'keys.export',
    group: 'picture',
    keys: ['$mod+S'],
    when: 'anywhere',
    enabled: hasPicture,
    run: ({ exports }) => void exports.saveAs('png'),
  },
  {
    id: 'picture.copy',
    name: 'keys.copy',
    group: 'picture',
    keys: ['$mod+C'],
    when: 'not typing',
    enabled: (app) => hasPicture(app) && !hasSelectedText(),
    run: copyShown,
  },
  {
    id: 'history.search',
    name: 'keys.searchHistory',
    group: 'run',
    keys: ['/'],
    views: ['history'],
    when: 'not typing',
    run: () => void focusOn(() => document.querySelector<HTMLElement>('[data-history-search]')),
  },
  {
    id: 'form.prompt',
    name: 'keys.prompt',
    group: 'run',
    keys: ['/'],
    views: ['edit', 'compare'],
    when: 'not typing',
    run: (app) => void goToPrompt(app),
  },
] as const satisfies readonly Command[]
