import type { PartialDocument } from '../../core/document/partialDocument'
import { type Translate, useT } from '../hooks/useT'
import styles from './LinkPreview.module.css'

const MAX_CHARS = 200

/** What a link will do, in a few lines; every text of it is shown as text. */
export function LinkPreview({ link }: { readonly link: PartialDocument }) {
  const t = useT()
  const { mask, maskUrl, setup } = link
  const { prompt, ...others } = setup.params ?? {}
  const lines: readonly (readonly [title: string, text: string | undefined])[] = [
    [t('share.picture'), pictureText(link, t)],
    [
      t('share.mask'),
      maskUrl ?? (mask.length > 0 ? t('share.maskSteps', { count: mask.length }) : undefined),
    ],
    [t('form.model'), setup.model],
    [t('role.prompt'), typeof prompt === 'string' ? prompt : undefined],
    [t('share.settings'), Object.keys(others).join(', ')],
  ]
  return (
    <dl className={styles.lines}>
      {lines.map(([title, said]) =>
        said ? (
          <div key={title} className={styles.line}>
            <dt>{title}</dt>
            <dd>
              <bdi>{said.length > MAX_CHARS ? `${said.slice(0, MAX_CHARS)}…` : said}</bdi>
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

function pictureText({ base, picture }: PartialDocument, t: Translate): string | undefined {
  if (!base) return undefined
  if (base.kind === 'url') return base.url
  if (base.kind === 'sample') return base.id
  return t(picture ? 'share.pictureInside' : 'share.pictureFile', { name: base.name })
}
