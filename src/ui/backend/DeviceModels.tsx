import { FolderOpen, Trash2 } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { DeviceModel, DeviceModelState } from '../../state/model/deviceModels'
import { useApp, useAppState } from '../hooks/useApp'
import { useNow } from '../hooks/useNow'
import { type Translate, useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { Field } from '../kit/Field'
import { IconButton } from '../kit/IconButton'
import layoutStyles from '../kit/layout.module.css'
import { chooseFile } from '../kit/pickFile'
import text from '../kit/text.module.css'
import { ErrorText } from '../messages/ErrorText'
import styles from './deviceModels.module.css'

/** The user's models on this device: which one runs, and how to add and remove one. */
export function DeviceModels() {
  const app = useApp()
  const t = useT()
  const { adding, error } = useAppState((state) => state.deviceModels)
  useEffect(() => {
    void app.deviceModels.look()
  }, [app])
  const open = () => chooseFile('.onnx', (file) => void app.deviceModels.add(file))
  return (
    <div className={layoutStyles.stack}>
      <ModelList />
      <div className={styles.open}>
        <Button onClick={open} disabled={adding !== null}>
          <FolderOpen aria-hidden="true" />
          {t('device.open')}
        </Button>
        <span className={text.hint}>{t('device.drop')}</span>
      </div>
      {/* There before its content: what comes with its region is not read out. */}
      <div role="status" className={styles.status}>
        {adding && <Adding {...adding} />}
      </div>
      {error && (
        <div role="alert" className={styles.error}>
          <ErrorText error={error} />
        </div>
      )}
      <p className={text.hint}>{t('device.about')}</p>
      <AddressField disabled={adding !== null} />
    </div>
  )
}

function ModelList() {
  const app = useApp()
  const t = useT()
  const models = useAppState((state) => state.deviceModels.models)
  const chosen = useAppState(({ settings }) => settings.deviceModel)
  const name = useId()
  if (models === null) return null
  if (models.length === 0) return <p>{t('device.none')}</p>
  return (
    <fieldset className={styles.list}>
      <legend>{t('device.list')}</legend>
      {models.map((model) => (
        <div key={model.id} className={styles.model}>
          {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- its text comes from data */}
          <label htmlFor={name + model.id}>
            <input
              id={name + model.id}
              type="radio"
              name={name}
              checked={model.id === chosen}
              onChange={() => void app.deviceModels.choose(model.id)}
            />
            <span>
              <strong>{model.name}</strong>
              <span className={text.hint}>{factsOf(model, t)}</span>
              {!model.isKept && <span className={text.hint}>{t('device.notKept')}</span>}
            </span>
          </label>
          <IconButton
            icon={Trash2}
            label={t('device.remove', { name: model.name })}
            onClick={() => void app.deviceModels.remove(model.id)}
          />
        </div>
      ))}
    </fieldset>
  )
}

function AddressField({ disabled }: { readonly disabled: boolean }) {
  const app = useApp()
  const t = useT()
  const [address, setAddress] = useState('')
  const isEmpty = address.trim() === ''
  const download = () => {
    if (!isEmpty && !disabled) void app.deviceModels.add(address.trim())
  }
  return (
    <Field label={t('device.url')} hint={t('device.urlHint')}>
      <span className={styles.address}>
        <input
          type="text"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          aria-label={t('device.url')}
          placeholder="https://…/model.onnx"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          onKeyDown={(event) => {
            // Enter would close the dialog without a download.
            if (event.key !== 'Enter') return
            event.preventDefault()
            download()
          }}
        />
        <Button onClick={download} disabled={disabled || isEmpty}>
          {t('device.fetch')}
        </Button>
      </span>
    </Field>
  )
}

/** What is being done, for how long, and the way to end it. */
function Adding({ name, stage, since }: NonNullable<DeviceModelState['adding']>) {
  const app = useApp()
  const t = useT()
  const seconds = Math.floor((useNow() - since) / 1000)
  const doing = t(`device.${stage.kind}`)
  const amounts = [
    stage.kind === 'fetching' && amountOf(stage, t),
    seconds > 0 && t('device.elapsed', { seconds }),
  ]
  const total = stage.kind === 'fetching' ? stage.total : null
  const share = stage.kind === 'fetching' && total !== null ? { value: stage.bytes, max: total } : {}
  return (
    <div className={styles.adding}>
      <span>{name}</span>
      <span className={styles.stage}>
        {doing} {/* What changes all the time is not read out. */}
        <span aria-hidden="true">{amounts.filter(Boolean).join(' · ')}</span>
      </span>
      <progress aria-label={doing} {...share} />
      <Button small onClick={() => void app.deviceModels.cancel()}>
        {t('device.cancel')}
      </Button>
    </div>
  )
}

function amountOf(
  { bytes, total }: { readonly bytes: number; readonly total: number | null },
  t: Translate,
): string {
  const megabytes = megabytesOf(bytes)
  return total === null
    ? t('device.amount', { megabytes })
    : t('device.amountOf', { megabytes, total: megabytesOf(total) })
}

function factsOf({ bytes, size, provider }: DeviceModel, t: Translate): string {
  return t('device.facts', {
    megabytes: megabytesOf(bytes),
    size: size === null ? t('device.anySize') : t('device.fixed', { side: size }),
    place: t(provider === 'webgpu' ? 'device.gpu' : 'device.cpu'),
  })
}

/** Whole ones, but for the smallest. */
function megabytesOf(bytes: number): string {
  const megabytes = bytes / 1e6
  return megabytes < 1 ? megabytes.toPrecision(1) : String(Math.round(megabytes))
}
