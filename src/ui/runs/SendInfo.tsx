import { Frame } from 'lucide-react'
import { useEffect } from 'react'
import { intersectRect } from '../../core/geometry'
import type { Relief } from '../../core/run/enlargement'
import { enlargement, MAX_ENLARGEMENT } from '../../core/run/enlargement'
import { selectTakesMask } from '../../state/model/formSelectors'
import { expectedNow } from '../../state/runs/runFacts'
import type { SentPart } from '../../state/runs/sending'
import { useApp, useAppState } from '../hooks/useApp'
import { type Translate, useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'
import { durationText } from './runText'
import styles from './SendInfo.module.css'
import { SweepLink } from './SweepLink'

/** Timed runs that an expected time needs. */
const TIMED_RUNS = 3

/** What of the photo a run sends, and how large; and what is lost by it. */
export function SendInfo() {
  const app = useApp()
  const t = useT()
  const part = useAppState(({ sending }) => sending.part)
  const framing = useAppState(({ view }) => view.framing === 'sent')
  const masked = useAppState((state) => !selectTakesMask(state)) || part?.mask !== null
  // What is sent is planned by the part of the page that runs, which comes with the first picture.
  const isOpen = useAppState(({ session }) => session.source !== null)
  const frame = useAppState(({ session }) => session.frame)
  useEffect(() => {
    if (isOpen) void app.sending.refresh()
  }, [app, isOpen])
  const expected = useAppState((state) => expectedNow(state, app.pageUrl, TIMED_RUNS))
  if (!part || !(masked || framing)) return null
  // A model's shape may reach a pixel over the edge.
  const shown = frame ? intersectRect(part.region, frame) : part.region
  const isLost = part.fixedSize && enlargement(part) >= MAX_ENLARGEMENT
  return (
    <div className={styles.info} data-send-info="">
      <LinkButton
        className={styles.part}
        title={t('send.adjust')}
        aria-pressed={framing}
        onClick={() => app.view.setFraming(framing ? null : 'sent')}
      >
        <Frame aria-hidden="true" />
        {partText(t, { ...part, region: shown })}
      </LinkButton>
      {expected !== null && (
        <span className={styles.time}>{t('send.expected', { time: durationText(expected, t) })}</span>
      )}
      <SweepLink />
      {part.mask === 'part' && <p className={styles.note}>{t('send.maskPart')}</p>}
      {isLost && (
        <p className={styles.note} data-lost="">
          {t(part.relief ? 'send.lost' : 'send.lostAnyway')}{' '}
          {part.relief && (
            <LinkButton onClick={() => void app.sending.relieve()}>{reliefText(t, part.relief)}</LinkButton>
          )}
        </p>
      )}
    </div>
  )
}

function partText(t: Translate, { region, size, fixedSize }: SentPart): string {
  const from = { width: region.width.toLocaleString('en'), height: region.height.toLocaleString('en') }
  if (!fixedSize) return t('send.partOnly', from)
  const percent = Math.round((100 * size.width) / region.width)
  return t('send.part', { ...from, toWidth: size.width, toHeight: size.height, percent })
}

function reliefText(t: Translate, { context, size }: Relief): string {
  if (!size) return t('send.shrink')
  return t(context === null ? 'send.larger' : 'send.both', { width: size.width, height: size.height })
}
