import { Toolbar as ToolbarParts } from 'radix-ui'
import { TOOLS } from '../../editor/toolRegistry'
import { useEditor } from '../../state/editorStore'
import { useTakesMask } from '../../state/formStore'
import { useLayout } from '../hooks/useMedia'
import { useLocalized, useT } from '../hooks/useT'

/** The tools as one row of radios: one tab stop, arrow keys move. */
export function Toolbar() {
  const t = useT()
  const localized = useLocalized()
  const { toolId, setTool } = useEditor()
  const layout = useLayout()
  const masked = useTakesMask()
  const tools = masked ? TOOLS : TOOLS.filter(({ cursor }) => cursor === 'grab')
  return (
    <ToolbarParts.Root
      className="toolbar"
      aria-label={t('tools.label')}
      orientation={layout === 'phone' ? 'horizontal' : 'vertical'}
    >
      <ToolbarParts.ToggleGroup
        type="single"
        className="tool-group"
        value={masked ? toolId : tools[0].id}
        onValueChange={(id) => {
          if (id) setTool(id)
        }}
      >
        {tools.map((tool) => (
          <ToolbarParts.ToggleItem
            key={tool.id}
            value={tool.id}
            className="icon-button tool"
            aria-label={localized(tool.name)}
            title={`${localized(tool.name)} (${tool.shortcut.toUpperCase()})`}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true" className="line-icon">
              <path d={tool.icon} />
            </svg>
          </ToolbarParts.ToggleItem>
        ))}
      </ToolbarParts.ToggleGroup>
    </ToolbarParts.Root>
  )
}
