import { lastMaskOf } from '../../core/mask/command/lastMask'
import type { App } from '../../state/app'
import type { Command } from './command'

/** Without a picture the keys that zoom it are the browser's. */
const hasPicture = ({ session }: App) => session.frame() !== null

function zoomBy({ session, viewport }: App, direction: 1 | -1): void {
  const frame = session.frame()
  if (frame) viewport.zoomBy(frame, direction)
}

export function hasLastMask({ session }: Pick<App, 'session'>): boolean {
  const editor = session.editor()
  return editor !== null && lastMaskOf(editor.commands) !== null
}

/** What the page's own buttons do too: the start page needs these. */
export const PAGE_COMMANDS = [
  {
    id: 'view.fit',
    name: 'view.fit',
    group: 'view',
    keys: ['Digit0', 'F', '$mod+Digit0'],
    when: 'not typing',
    enabled: hasPicture,
    run: ({ viewport }) => viewport.set(null),
  },
  {
    id: 'view.actual',
    name: 'view.actual',
    group: 'view',
    keys: ['Digit1', '$mod+Digit1'],
    when: 'not typing',
    enabled: hasPicture,
    run: ({ session, viewport }) => {
      const frame = session.frame()
      if (frame) viewport.actualSize(frame)
    },
  },
  {
    id: 'view.zoomIn',
    name: 'view.zoomIn',
    group: 'view',
    // Where plus is typed with Shift, Control and its key mean it as well.
    keys: ['$mod++', '$mod+='],
    when: 'not typing',
    enabled: hasPicture,
    run: (app) => zoomBy(app, 1),
  },
  {
    id: 'view.zoomOut',
    name: 'view.zoomOut',
    group: 'view',
    keys: ['$mod+-'],
    when: 'not typing',
    enabled: hasPicture,
    run: (app) => zoomBy(app, -1),
  },
  // Only in Edit: keys must not change a mask that is not shown.
  {
    id: 'edit.undo',
    name: 'edit.undo',
    group: 'mask',
    keys: ['$mod+Z'],
    views: ['edit'],
    when: 'not typing',
    run: ({ session }) => session.undo(),
  },
  {
    id: 'edit.redo',
    name: 'edit.redo',
    group: 'mask',
    keys: ['$mod+Shift+Z', '$mod+Y'],
    views: ['edit'],
    when: 'not typing',
    run: ({ session }) => session.redo(),
  },
  {
    id: 'mask.invert',
    name: 'mask.invert',
    group: 'mask',
    keys: ['I'],
    views: ['edit'],
    when: 'not typing',
    run: (app) => app.session.editor()?.apply({ kind: 'invert' }),
  },
  {
    id: 'mask.clear',
    name: 'mask.clear',
    group: 'mask',
    keys: ['Delete', '$mod+D'],
    views: ['edit'],
    when: 'not typing',
    enabled: (app) => app.session.editor()?.isEmpty === false,
    run: (app) => app.session.editor()?.apply({ kind: 'clear' }),
  },
  {
    id: 'mask.restore',
    name: 'mask.restore',
    group: 'mask',
    keys: ['$mod+Shift+D'],
    views: ['edit'],
    when: 'not typing',
    enabled: hasLastMask,
    run: ({ operations }) => void operations.restoreLast(),
  },
  {
    id: 'mask.hide',
    name: 'mask.hide',
    group: 'mask',
    keys: ['M'],
    when: 'not typing',
    run: ({ tools }) => tools.toggleMask(),
  },
  {
    id: 'run.start',
    name: 'run.run',
    group: 'run',
    keys: ['$mod+Enter'],
    when: 'anywhere',
    run: ({ runner }) => void runner.start(),
  },
  {
    id: 'compare.edit',
    name: 'compare.edit',
    group: 'run',
    keys: ['E'],
    views: ['compare'],
    when: 'not typing',
    run: ({ view }) => view.showEdit(),
  },
  {
    id: 'app.shortcuts',
    name: 'app.shortcuts',
    group: 'run',
    keys: ['?'],
    when: 'not typing',
    run: ({ dialogs }) => dialogs.open('shortcuts'),
  },
] as const satisfies readonly Command[]

export type PageCommandId = (typeof PAGE_COMMANDS)[number]['id']

const BY_ID = new Map<string, Command>(PAGE_COMMANDS.map((command) => [command.id, command]))

export function pageCommand(id: PageCommandId): Command {
  return BY_ID.get(id)!
}
