import type { ReactNode } from 'react'
import { useApp } from '../hooks/useApp'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { LazyRunList } from '../runs/lazyRuns'
import styles from './panels.module.css'
import { laterPart } from '../messages/lazyPart'
import { Preferences } from './Preferences'

const StatesButton = laterPart(async () => (await import('./StatesButton')).StatesButton)

const SHEET_TITLES = {
  form: 'form.title',
  runs: 'runs.label',
  patches: 'patches.title',
  more: 'app.menu',
} as const

interface SheetProps {
  readonly sheet: keyof typeof SHEET_TITLES
  readonly form: ReactNode
  readonly patches: ReactNode
}

/** The form, the runs, the kept results or what the top bar has no room for, over the picture; never over Run. */
export function Sheet({ sheet, form, patches }: SheetProps) {
  const app = useApp()
  const t = useT()
  const layout = useLayout()
  return (
    <aside className={styles.sheet} data-area="sheet" data-sheet={sheet} aria-label={t(SHEET_TITLES[sheet])}>
      <header>
        <h2>{t(SHEET_TITLES[sheet])}</h2>
        <Button small onClick={app.dialogs.closeSheet}>
          {t('app.close')}
        </Button>
      </header>
      {sheet === 'form' && form}
      {sheet === 'runs' && <LazyRunList />}
      {sheet === 'patches' && patches}
      {sheet === 'more' && (
        <Preferences list dialogs={layout === 'phone'}>
          {layout === 'phone' && <StatesButton text />}
        </Preferences>
      )}
    </aside>
  )
}
