import { addressIn, folderNames } from './dropped'
import { isProjectFile } from '../../core/document/codec/projectFile'
import { AppError } from '../../core/errors'
import type { LinkedSource } from '../../core/document/document'
import type { MaskRegion } from '../../core/document/regions'
import type { SentArea } from '../../core/document/sentArea'
import type { Rect, Size } from '../../core/geometry'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import type { Forms } from '../model/forms'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { ToolSettings } from '../shell/toolSettings'
import type { ViewRoom } from '../shell/view'
import type { ViewportRoom } from '../shell/viewport'
import { alteredBy, closeLevels, pictureSize, type SourceImage } from './source'
import { createPromptFiller } from './promptFiller'
import { type Sample, sampleUrl } from './samples'
import type { OpenedPicture } from './openPicture'
import { createReplacePicture, type ReplacePicture } from './replacePicture'
import type { Session } from './session'

export interface OpenOptions {
  readonly commands?: readonly MaskCommand[]
  readonly sampling?: readonly MaskCommand[]
  readonly guides?: readonly MaskCommand[]
  readonly frame?: Rect | null
  readonly sent?: SentArea | null
  readonly regions?: readonly MaskRegion[]
  /** The form's size fields follow the picture's shape, unless they come from elsewhere. */
  readonly fitSize?: boolean
  /** The form was filled from elsewhere: its prompt stays. */
  readonly keepForm?: boolean
}

/** What was waiting for a file. */
export interface AwaitedMask {
  readonly commands: readonly MaskCommand[]
  readonly sampling: readonly MaskCommand[]
  readonly guides: readonly MaskCommand[]
  /** px of the file's picture; null is all of it. */
  readonly frame: Rect | null
  readonly sent: SentArea | null
  readonly regions: readonly MaskRegion[]
}

/** @param sha256 of the file, hex; null where the browser refuses it @returns null for none */
type TakeAwaited = (size: Size, sha256: string | null) => AwaitedMask | null

export interface Opener {
  /** The only way to replace the open picture. */
  readonly replace: ReplacePicture
  /**
   * Makes a decoded picture the open one.
   * @param fitSize the form's size fields follow its shape
   * @param fillForm fills the form along with it: Undo takes both back
   */
  show(picture: OpenedPicture, fitSize: boolean, fillForm?: () => void): void
  /** A picture, or a project file. */
  openFile(file: File, options?: OpenOptions): Promise<boolean>
  /** A picture's file without its name. */
  openBlob(blob: Blob, name: string, options?: OpenOptions): Promise<boolean>
  openUrl(url: string, options?: OpenOptions): Promise<boolean>
  openClipboard(): Promise<boolean>
  /** The sample's picture; with its mask and prompt unless `options` bring others. */
  openSample(sample: Sample, options?: OpenOptions): Promise<boolean>
  /** Opens what was dropped or pasted: the first picture in it, or a message about what it was. */
  openDropped(data: DataTransfer | null): void
  /** Decodes a stored file. @throws AppError `image/...` */
  decodeStored(blob: Blob, key: string, name: string, link: LinkedSource): Promise<SourceImage>
  /** Asks for the mask and frame of an opened file. */
  onFile(take: TakeAwaited): void
  /** Hears of each file that the user has opened, once it is the open picture; not of one that something waited for. */
  onOpened(hear: (file: Blob) => void): void
}

interface OpenerRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly forms: Forms
  readonly tools: ToolSettings
  readonly view: ViewRoom
  readonly viewport: ViewportRoom
  readonly openProject: (file: File) => Promise<boolean>
}

interface Loaded {
  readonly blob: Blob
  readonly name: string
  readonly link: LinkedSource
}

export function createOpener(rooms: OpenerRooms): Opener {
  const { ports, messages, session, forms, tools, view, viewport } = rooms
  const replace = createReplacePicture(session, messages)
  let takeAwaited: TakeAwaited = () => null
  let hearOpened: (file: Blob) => void = () => {}

  const show = (picture: OpenedPicture, fitSize: boolean, fillForm?: () => void) => {
    session.open(picture, fillForm !== undefined)
    const size = picture.frame ?? pictureSize(picture.source)
    tools.fitBrush(size)
    viewport.set(null)
    if (fitSize) forms.fitSize(size)
    fillForm?.()
    view.showEdit()
  }

  const fillerFor = createPromptFiller(forms)

  const open = (
    name: string,
    load: (signal: AbortSignal) => Promise<Loaded>,
    options: OpenOptions,
    sample: Sample | null = null,
  ) =>
    replace(name, async (signal) => {
      const loaded = await load(signal)
      const isFile = loaded.link.kind === 'file'
      const [{ notices, ...decoded }, digest, file] = await Promise.all([
        ports.codec.decode(loaded.blob, loaded.name),
        // Decoding says what is wrong with a file that cannot be read.
        ports.codec.sha256(loaded.blob).catch(() => null),
        isFile ? ports.codec.hold(loaded.blob) : loaded.blob,
      ])
      const link = isFile ? { ...loaded.link, sha256: digest } : loaded.link
      const source = {
        key: digest ?? crypto.randomUUID(),
        name: loaded.name,
        ...decoded,
        ...alteredBy(notices),
        link,
        file,
      }
      return {
        commit() {
          const awaited = isFile && !options.commands ? takeAwaited(decoded.pixels, digest) : null
          const { commands = [], sampling = [], guides = [], frame, sent, regions = [] } = awaited ?? options
          const shown = { ...(frame ? { frame } : {}), ...(sent ? { sent } : {}) }
          const picture = { source, commands, sampling, guides, regions, ...shown }
          const keepsForm = options.keepForm || awaited !== null
          show(picture, (options.fitSize ?? true) && !awaited, keepsForm ? undefined : fillerFor(sample))
          for (const { code, params } of notices) messages.notify(code, params)
          if (!keepsForm && !sample) hearOpened(file)
        },
        discard: () => closeLevels(decoded.levels),
      }
    })

  const opener: Opener = {
    replace,
    show,
    openFile(file, options = {}) {
      return isProjectFile(file)
        ? rooms.openProject(file)
        : opener.openBlob(file, file.name || 'image', options)
    },
    openBlob(blob, name, options = {}) {
      const link = { kind: 'file' as const, name, sha256: null }
      return open(name, () => Promise.resolve({ blob, name, link }), options)
    },
    openUrl(url, options = {}) {
      return open(
        url,
        async (signal) => {
          const fetched = await ports.network.fetchImage(url, signal)
          return { blob: fetched.blob, name: fetched.name, link: { kind: 'url', url: fetched.url } }
        },
        options,
      )
    },
    openClipboard() {
      const name = 'pasted.png'
      const link = { kind: 'file' as const, name, sha256: null }
      return open('', async () => ({ blob: await ports.clipboard.readImage(), name, link }), {})
    },
    openSample(sample, options = {}) {
      return open(
        sample.file,
        async (signal) => {
          const url = sampleUrl(sample, ports.page.base, ports.page.files)
          const { blob } = await ports.network.fetchImage(url, signal)
          return { blob, name: sample.file, link: { kind: 'sample', id: sample.id } }
        },
        { commands: sample.mask, ...options },
        sample,
      )
    },
    openDropped(data) {
      const folders = folderNames(data)
      const files = [...(data?.files ?? [])].filter(({ name }) => !folders.includes(name))
      const file = files.find(({ type }) => type.startsWith('image/')) ?? files[0]
      const address = addressIn(data?.getData('text/uri-list') ?? '')
      if (file) void opener.openFile(file)
      else if (address !== null) void opener.openUrl(address)
      else if (folders[0] !== undefined)
        messages.report(new AppError('image/folder', { params: { name: folders[0] } }))
      else messages.report(new AppError('image/nothing-dropped'))
    },
    async decodeStored(blob, key, name, link) {
      const { notices, ...decoded } = await ports.codec.decode(blob, name)
      return { key, name, ...decoded, ...alteredBy(notices), file: blob, link }
    },
    onFile(take) {
      takeAwaited = take
    },
    onOpened(hear) {
      hearOpened = hear
    },
  }
  return opener
}
