import { goTo, type Place } from '../commands/goTo'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { selectCanCompare } from '../../state/runs/selection'
import styles from './SkipLinks.module.css'

/** For the keyboard, before everything else: straight to a part of the page. Seen while one has the focus. */
export function SkipLinks() {
  const app = useApp()
  const t = useT()
  const hasPicture = useAppState(({ session }) => session.frame !== null)
  const hasOutputs = useAppState(selectCanCompare)
  const places: readonly (readonly [Place, boolean])[] = [
    ['canvas', hasPicture],
    ['form', true],
    ['outputs', hasOutputs],
  ]
  return (
    <nav className={styles.links} aria-label={t('skip.label')}>
      {places.map(
        ([place, isThere]) =>
          isThere && (
            <a
              key={place}
              href={`#${place}`}
              onClick={(event) => {
                // The page's addresses are its links to pictures.
                event.preventDefault()
                void goTo(app, place)
              }}
            >
              {t(`skip.${place}`)}
            </a>
          ),
      )}
    </nav>
  )
}
