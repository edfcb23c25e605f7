import { Crop } from 'lucide-react'
import { Toolbar as ToolbarParts } from 'radix-ui'
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
  // In Compare no tool acts: none looks chosen, and a press on one goes to Edit with it.
  const comparing = useAppState(selectIsComparing)
  const hasPicture = useAppState(({ session }) => session.frame !== null)
  const tools = masked ? TOOLS : TOOLS.filter(({ cursor }) => cursor === 'grab')
  return (
    <ToolbarParts.Root
      aria-label={t('tools.label')}
      orientation={layout === 'phone' ? 'horizontal' : 'vertical'}
    >
      <ToolbarParts.ToggleGroup
        type="single"
        aria-label={t('tools.label')}
        className={styles.tools}
        value={comparing ? '' : masked ? toolId : tools[0].id}
        onValueChange={(id) => {
          if (!id) return
          app.tools.setTool(id)
          app.view.showEdit()
        }}
      >
        {tools.map((tool) => (
          <ToolbarParts.ToggleItem key={tool.id} value={tool.id} asChild>
            <IconButton
              icon={TOOL_ICONS.get(tool.id)}
              className={styles.tool}
              label={localized(tool.name)}
              {...keyProps(toolCommand(tool.id))}
            />
          </ToolbarParts.ToggleItem>
        ))}
      </ToolbarParts.ToggleGroup>
      <ToolbarParts.Button asChild>
        <IconButton
          icon={Crop}
          className={styles.tool}
          label={t('frame.open')}
          disabled={!hasPicture}
          onClick={() => app.dialogs.open('frame')}
        />
      </ToolbarParts.Button>
    </ToolbarParts.Root>
  )
}
