import type { Prefill } from '../frame/prefillKinds'
import { rectOf, type Rect, type Size } from '../geometry'
import type { Quarters } from '../image/rotate'
import type { JsonValue } from '../json'
import type { MaskCommand } from '../mask/command/maskCommand'
import type { RoleChanges } from '../models/roleChanges'
import type { MaskPolarity } from '../prediction/polarity'
import { isEqual } from './equality'
import type { MaskRegion } from './regions'
import type { SentArea } from './sentArea'

/** How a link names a picture. A file is only named: the reader of the link has to bring it. */
export type LinkedSource =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'file'; readonly name: string; readonly sha256: string | null }

/** The address of stored pixels. */
export type PixelKey = string

/** A stored picture file; its size is known once it is decoded. */
export interface PictureFile {
  /** Of the stored file. */
  readonly key: string
  readonly name: string
  readonly link: LinkedSource
}

/** A stored picture file with the size of its upright pixels. */
export interface PictureRef extends PictureFile, Size {}

/** Everything that is asked of a model besides picture and mask. Never a key. */
export interface Setup {
  /** Base address without a trailing slash, or a path of this origin; null for a backend that has none. */
  readonly backend: { readonly id: string; readonly url: string | null }
  readonly model: string
  /** Asked for instead of the version of the model's schema; null is the schema's. */
  readonly version: string | null
  /** What the form shows for the model's fields, by schema name. A blank field has no key, an emptied prompt is ''. */
  readonly params: Readonly<Record<string, JsonValue>>
  /**
   * Names of params that hold the model's default because nobody has set them: they are not sent. In what was written
   * before there was such a list, all were sent.
   */
  readonly untouched?: readonly string[] | undefined
  /** The backend's own inputs by name. */
  readonly options: Readonly<Record<string, JsonValue>>
  /** What the user says that fields of this model mean. */
  readonly roles: RoleChanges
  /** The tone to repaint, by the user's word; null leaves it to the model's description. */
  readonly polarity: MaskPolarity | null
  /** What the model is shown where the picture has nothing; left out where that is its edge. */
  readonly prefill?: Prefill | undefined
}

/** How a patch joins the picture below it. */
export interface Blend {
  /** Width of the soft edge to each side, whole image px, 0..200. */
  readonly featherPx: number
  /** Grows the coverage, below 0 shrinks it; whole image px, -200..200. */
  readonly growPx: number
  /** Whole percents. */
  readonly opacity: number
  /** Shifts the patch's colours by how far it differs from the picture around its coverage. */
  readonly matchColor: boolean
  /** `gradient` keeps the patch's gradients and takes the picture's colours at the seam. */
  readonly seam: 'none' | 'gradient'
}

/** What the sliders of a blend reach, image px. */
export const MAX_SLIDER_FEATHER_PX = 128
export const MAX_SLIDER_GROW_PX = 64

/** A kept result. Its pixels stay as the model made them, so the blend can change at any time. */
export interface Patch {
  readonly id: string
  /** The output it came from; null where no run made it. */
  readonly from: {
    readonly runId: string
    readonly place: number
    /** The region that the run was of. */
    readonly regionId?: string | undefined
    /** What the region asked for then. @see regionDigest */
    readonly regionDigest?: string | undefined
  } | null
  /** The model's answer, brought to the size of `rect`. */
  readonly pixels: PixelKey
  /**
   * Quarter turns clockwise since it was made, with its picture. Stored pixels are as they were made; the base's own are
   * turned with it. Left out for none.
   */
  readonly quarters?: Quarters | undefined
  /** Image px; may reach beyond the base. */
  readonly rect: Rect
  /** Where it counts: the run's mask, or what a brush revealed. */
  readonly coverage: readonly MaskCommand[]
  /** What the coverage is replayed over, image px: the document's frame when the patch was made. */
  readonly coverageFrame: Rect
  readonly blend: Blend
  readonly visible: boolean
}

/** What the tools draw: what a run repaints, where a fill on this device may copy from, and lines that it continues. */
export type PaintArea = 'mask' | 'sampling' | 'guides'

/** What the user made: plain data, with pixels named by key. */
export interface PictureDocument {
  readonly base: PictureRef
  /** What is shown, sent and exported, px of the base: larger once extended, smaller once cropped. */
  readonly frame: Rect
  readonly mask: readonly MaskCommand[]
  /** The sampling area: a fill on this device copies from there only. Where it is empty everything is allowed. */
  readonly sampling: readonly MaskCommand[]
  /** Strokes along which a fill on this device goes on. @see guideLinesOf */
  readonly guides: readonly MaskCommand[]
  /** Which part of it a run sends. */
  readonly sent: SentArea
  /** Bottom first: the picture is the base with the visible patches over it. */
  readonly patches: readonly Patch[]
  /** Masks that are set aside, in the order in which they run. */
  readonly regions: readonly MaskRegion[]
  readonly setup: Setup
}

/** Max patches of a document. */
export const MAX_PATCHES = 2000

/** The blend that changes nothing: coverage as it is, full opacity. */
export const PLAIN_BLEND: Blend = {
  featherPx: 0,
  growPx: 0,
  opacity: 100,
  matchColor: false,
  seam: 'none',
}

/** The frame that a picture opens with: all of it. */
export function frameOf(base: Size): Rect {
  return rectOf(base)
}

const SETUP_PARTS: readonly (keyof Setup)[] = [
  'backend',
  'model',
  'version',
  'params',
  'untouched',
  'options',
  'roles',
  'polarity',
  'prefill',
]

/** True where two setups ask for the same, whatever the order of their values. */
export function isSameSetup(a: Setup, b: Setup): boolean {
  return SETUP_PARTS.every((part) => isEqual(a[part], b[part]))
}
