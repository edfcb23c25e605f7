import type { App } from '../../state/app'
import { selectOutput } from '../../state/runs/selection'
import { pickFile } from '../kit/pickFile'
import type { Command } from './command'
import { hasSelectedText } from './focus'
import { goToPrompt } from './goTo'

const hasPicture = ({ session }: App) => session.frame() !== null

/** The selected output over the picture in Compare, else the open picture. */
function copyShown(app: App): void {
  const shown = app.view.store.getState().view === 'compare' ? selectOutput(app.state.read()) : null
  void (shown ? app.exporter.copyOutput(shown.run, shown.output) : app.exporter.copyPicture())
}

/** What only keys do, or other controls do their own way: nothing that the start page draws. */
export const KEY_COMMANDS = [
  {
    id: 'picture.open',
    name: 'open.file',
    group: 'run',
    keys: ['$mod+O'],
    when: 'anywhere',
    run: pickFile,
  },
  {
    id: 'picture.export',
    name: 'keys.export',
    group: 'run',
    keys: ['$mod+S'],
    when: 'anywhere',
    enabled: hasPicture,
    run: ({ exporter }) => void exporter.picture('png'),
  },
  {
    id: 'picture.copy',
    name: 'keys.copy',
    group: 'run',
    keys: ['$mod+C'],
    when: 'not typing',
    enabled: (app) => hasPicture(app) && !hasSelectedText(),
    run: copyShown,
  },
  {
    id: 'form.prompt',
    name: 'keys.prompt',
    group: 'run',
    keys: ['/'],
    when: 'not typing',
    run: (app) => void goToPrompt(app),
  },
] as const satisfies readonly Command[]
