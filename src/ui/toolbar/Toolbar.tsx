import { Crop } from 'lucide-react'
import { useId } from 'react'
import { TOOLS } from '../../editor/toolRegistry'
import { useLayout } from '../hooks/useMedia'
import { useLocalized, useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import styles from './Toolbar.module.css'
import { keyProps } from '../commands/command'
import { toolCommand } from '../commands/toolCommands'
import { useApp, useAppState } from '../hooks/useApp'
import { selectTakesMask } from '../../state/model/formSelectors'
import { selectIsComparing } from '../../state/runs/selection'

/** Each tool's icon as a component. */
const TOOL_ICONS = new Map(
  TOOLS.map(({ id, icon }) => [
    id,
    () => (
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={icon} />
      </svg>
    ),
  ]),
)

/** The tools as one radio group: one tab stop, arrow keys move. */
export function Toolbar() {
  const app = useApp()
  const t = useT()
  const localized = useLocalized()
  const { toolId } = useAppState(({ tools }) => tools)
  const layout = useLayout()
  const masked = useAppState(selectTakesMask)
  // In Compare, and while a frame is chosen, no tool acts: none looks chosen, and a press on one goes on with it.
  const comparing = useAppState(selectIsComparing)
  const hasPicture = useAppState(({ session }) => session.frame !== null)
  const framing = useAppState(({ view }) => view.framing)
  const tools = masked ? TOOLS : TOOLS.filter(({ cursor }) => cursor === 'grab')
  const chosen = comparing || framing ? null : masked ? toolId : tools[0].id
  const name = useId()
  return (
    <div
      role="toolbar"
      className={styles.bar}
      aria-label={t('tools.label')}
      aria-orientation={layout === 'phone' ? 'horizontal' : 'vertical'}
    >
      <div role="radiogroup" aria-label={t('tools.label')} className={styles.tools}>
        {tools.map((tool) => {
          const label = localized(tool.name)
          const { keys, ...spoken } = keyProps(toolCommand(tool.id))
          const Icon = TOOL_ICONS.get(tool.id)
          return (
            <label key={tool.id} className={styles.tool} title={`${label} (${keys})`}>
              <input
                type="radio"
                name={name}
                aria-label={label}
                {...spoken}
                checked={tool.id === chosen}
                onChange={() => {
                  app.tools.setTool(tool.id)
                  app.view.setFraming(null)
                  app.view.showEdit()
                }}
              />
              {Icon && <Icon />}
            </label>
          )
        })}
      </div>
      <IconButton
        icon={Crop}
        className={styles.button}
        label={t('frame.open')}
        disabled={!hasPicture}
        pressed={framing === 'picture'}
        onClick={() => (framing === 'picture' ? app.view.setFraming(null) : void app.framing.begin())}
      />
    </div>
  )
}
