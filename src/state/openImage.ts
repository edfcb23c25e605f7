import { AppError, isAbort } from '../core/errors'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import { fieldByRole } from '../core/prediction/inputSchema'
import type { LinkedSource } from '../core/share/shareLink'
import { sha256 } from '../platform/digest'
import { decodeImage } from '../platform/imageDecode'
import { fetchImage, pictureOf, readClipboardImage } from '../platform/imageImport'
import { showEdit } from './compareStore'
import { fitBrush } from './editorStore'
import { activeModel, fitModelSize, setFields } from './formStore'
import { takeAwaitedMask } from './linkStore'
import { clearErrors, reportError } from './messageStore'
import { type Sample, sampleUrl } from './samples'
import { openSession, type SourceImage, useSession } from './sessionStore'
import { useViewport } from './viewportStore'

export interface OpenOptions {
  readonly commands?: readonly MaskCommand[]
  /** The form's size fields follow the picture's shape, unless they come from elsewhere. */
  readonly fitSize?: boolean
  /** The commands are where the work on this picture starts: undo goes back to the picture before. */
  readonly settled?: boolean
  /** The form was filled from elsewhere: a sample's prompt is not put into it. */
  readonly keepForm?: boolean
}

let current = new AbortController()

/** Reads and decodes; what is open stays open until the new picture is whole. Errors are shown here. */
async function open(
  label: string,
  load: (signal: AbortSignal) => Promise<{ blob: Blob; name: string; link: LinkedSource }>,
  options: OpenOptions,
): Promise<boolean> {
  current.abort()
  current = new AbortController()
  const { signal } = current
  useSession.setState({ opening: label })
  try {
    const { blob, name, link } = await load(signal)
    const [source, digest] = await Promise.all([decodeImage(blob, name), sha256(blob)])
    if (signal.aborted) return false
    const named = link.kind === 'file' ? { ...link, sha256: digest } : link
    clearErrors()
    const awaited = link.kind === 'file' && !options.commands ? takeAwaitedMask(source.pixels) : null
    show(
      {
        key: digest ?? crypto.randomUUID(),
        name,
        pixels: source.pixels,
        levels: source.levels,
        opaque: source.opaque,
        file: blob,
        link: named,
      },
      awaited ? { ...options, commands: awaited, fitSize: false } : options,
    )
    return true
  } catch (error) {
    if (!signal.aborted) useSession.setState({ opening: null })
    if (!isAbort(error)) reportError(error)
    return false
  }
}

/** Makes a decoded picture the open one. */
export function show(
  source: SourceImage,
  { commands = [], fitSize = true, settled = false }: OpenOptions = {},
): void {
  openSession(source, commands, settled)
  fitBrush(source.pixels)
  useViewport.getState().set(null)
  if (fitSize) fitModelSize(source.pixels)
  showEdit()
}

export function openFile(file: File, options: OpenOptions = {}): Promise<boolean> {
  const name = file.name || 'image'
  return open(
    name,
    () => Promise.resolve({ blob: file, name, link: { kind: 'file', name, sha256: null } }),
    options,
  )
}

export function openUrl(url: string, options: OpenOptions = {}): Promise<boolean> {
  return open(
    url,
    async (signal) => {
      const fetched = await fetchImage(url, signal)
      return { blob: fetched.blob, name: fetched.name, link: { kind: 'url', url: fetched.url } }
    },
    options,
  )
}

export function openClipboard(): Promise<boolean> {
  return open(
    '',
    async () => ({
      blob: await readClipboardImage(),
      name: 'pasted.png',
      link: { kind: 'file', name: 'pasted.png', sha256: null },
    }),
    {},
  )
}

/** The sample's picture; with its mask and prompt unless `options` bring others. */
export async function openSample(sample: Sample, options: OpenOptions = {}): Promise<boolean> {
  const opened = await open(
    sample.file,
    async (signal) => {
      const { blob } = await fetchImage(sampleUrl(sample), signal)
      return { blob, name: sample.file, link: { kind: 'sample', id: sample.id } }
    },
    { commands: sample.mask, ...options },
  )
  const prompt = fieldByRole(activeModel().fields, 'prompt')
  if (opened && !options.keepForm && prompt) setFields({ [prompt.name]: sample.prompt })
  return opened
}

/** A stored file, under its stored name. @throws AppError `image/...` */
export async function reopen(
  blob: Blob,
  key: string,
  name: string,
  link: LinkedSource,
): Promise<SourceImage> {
  return { key, name, ...(await decodeImage(blob, name)), file: blob, link }
}

/** What was dropped or pasted: the first picture in it, or a message about what it was. */
export function openDropped(data: DataTransfer | null): void {
  const file = pictureOf(data)
  const address = data?.getData('text/uri-list').split(/[\r\n]/, 1)[0] ?? ''
  if (file) void openFile(file)
  else if (/^https?:/i.test(address)) void openUrl(address)
  else reportError(new AppError('image/nothing-dropped'))
}
