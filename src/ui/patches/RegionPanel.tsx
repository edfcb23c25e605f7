import { selectActiveRun } from '../../state/runs/runSelectors'
import { selectRegionObstacles } from '../../state/runs/regionObstacles'
import { isRegionDone } from '../../state/runs/regionStages'
import { LazyBadField } from '../runs/lazyRuns'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import text from '../kit/text.module.css'
import { RegionItem } from './RegionItem'
import styles from './regions.module.css'

/** The masks that are set aside: each runs alone, or all one after another. */
export function RegionPanel() {
  const app = useApp()
  const t = useT()
  const regions = useAppState(({ session }) => session.regions)
  const source = useAppState(({ session }) => session.source)
  const { isOn } = useAppState(({ regionRuns }) => regionRuns)
  const [obstacle] = useAppState((state) => selectRegionObstacles({ ...state, pageUrl: app.pageUrl }))
  const isBusy = useAppState(({ runs }) => selectActiveRun(runs) !== null) && !isOn
  if (regions.length === 0) return null
  const left = regions.filter((region) => !isRegionDone(source, region))
  const isRest = left.length > 0 && left.length < regions.length
  const wanted = isRest ? left : regions
  return (
    <section className={styles.panel} aria-label={t('regions.title')}>
      <header className={styles.header}>
        <h2>{t('regions.title')}</h2>
        {isOn ? (
          <Button small onClick={() => void app.regions.stop()}>
            {t('regions.stop')}
          </Button>
        ) : (
          <Button
            small
            disabled={obstacle !== undefined || isBusy}
            aria-describedby="regions-hint"
            onClick={() => void app.regions.run(wanted.map(({ id }) => id))}
          >
            {!isRest
              ? t('regions.runAll')
              : left.length === 1
                ? t('regions.runLeftOne')
                : t('regions.runLeft', { count: left.length })}
          </Button>
        )}
      </header>
      <p className={text.hint} id="regions-hint">
        {obstacle?.code === 'bad-field' ? (
          <LazyBadField name={obstacle.field} />
        ) : (
          t(obstacle ? `obstacle.${obstacle.code}` : 'regions.hint')
        )}
      </p>
      <ul className={styles.list} aria-label={t('regions.title')}>
        {regions.map((region, place) => (
          <RegionItem
            key={region.id}
            region={region}
            place={place}
            canRun={obstacle === undefined && !isBusy && !isOn}
          />
        ))}
      </ul>
    </section>
  )
}
