import type { PictureDocument } from '../document'
import type { PartialDocument } from '../partialDocument'
import { DEFAULT_SENT } from '../sentArea'

/** What drafts, records and links said when drafts were at version 1, records and links at 2; as each wrote it, below. */
const FIRST_DOCUMENT: PictureDocument = {
  base: {
    key: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    name: 'holiday.png',
    width: 600,
    height: 400,
    link: { kind: 'url', url: 'https://pictures.example/a.jpg' },
  },
  frame: { x: -20, y: 0, width: 640, height: 400 },
  mask: [
    {
      kind: 'stroke',
      mode: 'paint',
      size: 40,
      hardness: 100,
      opacity: 100,
      crisp: true,
      points: [
        { x: 10, y: 20.5, pressure: 255 },
        { x: 100, y: 40, pressure: 255 },
      ],
    },
    { kind: 'grow', radius: 3, crisp: true },
    { kind: 'rectangle', mode: 'erase', rect: { x: 5, y: 6, width: 70, height: 80 } },
  ],
  sampling: [],
  guides: [],
  sent: DEFAULT_SENT,
  patches: [],
  regions: [],
  setup: {
    backend: { id: 'replicate', url: 'https://proxy.example/v1' },
    model: 'black-forest-labs/flux-fill-dev',
    version: null,
    params: { prompt: 'Größe 猫', num_inference_steps: 25, guidance: 30, megapixels: '1' },
    untouched: ['megapixels'],
    options: { quality: 3 },
    roles: { guidance: null },
    polarity: 'black',
  },
}

/** A draft of version 1. */
export const DRAFT_VERSION_1 = {
  version: 1,
  tabId: 'tab',
  generation: 3,
  updatedAt: '2026-11-20T10:00:00.000Z',
  base: {
    key: FIRST_DOCUMENT.base.key,
    name: 'holiday.png',
    link: { kind: 'url', url: 'https://pictures.example/a.jpg' },
  },
  size: { width: 600, height: 400 },
  frame: { x: -20, y: 0, width: 640, height: 400 },
  setup: FIRST_DOCUMENT.setup,
} as const

/** What a document with a kept result said before there was a sampling area. */
const SECOND_DOCUMENT: PictureDocument = {
  ...FIRST_DOCUMENT,
  patches: [
    {
      id: 'patch',
      from: { runId: '5a1b0d1e-9f57-4a57-9a3e-000000000002', place: 0 },
      pixels: 'raw',
      rect: { x: 0, y: 0, width: 512, height: 400 },
      coverage: [{ kind: 'rectangle', mode: 'paint', rect: { x: 5, y: 6, width: 70, height: 80 } }],
      coverageFrame: FIRST_DOCUMENT.frame,
      blend: { featherPx: 3, growPx: -2, opacity: 80, matchColor: true, seam: 'none' },
      visible: false,
    },
  ],
}

const STORED_PATCHES = [{ ...SECOND_DOCUMENT.patches[0], coverage: Uint8Array.of(3, 10, 12, 70, 80) }]

/** A draft of version 2, with the patches that it holds. */
export const DRAFT_VERSION_2 = {
  says: SECOND_DOCUMENT.patches,
  draft: { ...DRAFT_VERSION_1, version: 2, patches: STORED_PATCHES },
} as const

/** A run's record of version 2, with the document that it holds. */
export const RECORD_VERSION_2 = {
  says: FIRST_DOCUMENT,
  record: {
    version: 2,
    id: '5a1b0d1e-9f57-4a57-9a3e-000000000002',
    createdAt: '2026-11-20T10:00:00.000Z',
    sentAt: '2026-11-20T10:00:01.000Z',
    cancelAskedAt: '2026-11-20T10:00:09.000Z',
    backend: { id: 'replicate', url: 'https://proxy.example/v1', version: '95b7' },
    phase: 'done',
    predictionId: 'p1',
    status: 'succeeded',
    document: {
      base: FIRST_DOCUMENT.base,
      frame: FIRST_DOCUMENT.frame,
      commands: Uint8Array.of(128, 40, 100, 100, 2, 40, 82, 232, 2, 78, 135, 3, 19, 10, 12, 70, 80),
      setup: FIRST_DOCUMENT.setup,
    },
    region: { x: -10, y: 0, width: 512, height: 400 },
    masked: true,
    seeds: [7],
    durationMs: 1234.5,
    outputCount: 2,
    logs: 'Using seed: 7',
    blank: [1],
    rawOutputs: [{ key: 'raw', rect: { x: 0, y: 0, width: 512, height: 400 }, whole: false }, null],
    error: null,
  },
} as const

/** A run's record of version 3, likewise. */
export const RECORD_VERSION_3 = {
  says: SECOND_DOCUMENT,
  record: {
    ...RECORD_VERSION_2.record,
    version: 3,
    document: { ...RECORD_VERSION_2.record.document, patches: STORED_PATCHES },
  },
} as const

/** Links of version 3 as base64url, with what they say. */
export const VERSION_3_LINKS: readonly { readonly bytes: string; readonly says: PartialDocument }[] = [
  {
    bytes:
      'bXsidiI6MywicyI6eyJraW5kIjoidXJsIiwidXJsIjoiaHR0cHM6Ly9waWN0dXJlcy5leGFtcGxlL2EuanBnIn0sImQiOls2MDAsNDAwXSwicCI6W1sicHJvbXB0Iiwib25seSB3b3JkcyJdXX0FBAoMRlADyAEMWlAB',
    says: {
      base: FIRST_DOCUMENT.base.link,
      size: { width: 600, height: 400 },
      frame: null,
      sent: null,
      complete: true,
      mask: [{ kind: 'ellipse', mode: 'paint', rect: { x: 5, y: 6, width: 70, height: 80 } }],
      sampling: [
        { kind: 'rectangle', mode: 'paint', rect: { x: 100, y: 6, width: 90, height: 80 } },
        { kind: 'invert' },
      ],
      guides: [],
      setup: { params: { prompt: 'only words' } },
    },
  },
]

/** Links of version 2 as base64url, with what they say. */
export const VERSION_2_LINKS: readonly { readonly bytes: string; readonly says: PartialDocument }[] = [
  {
    bytes: 'QnsidiI6MiwicyI6bnVsbCwiZCI6bnVsbCwibiI6Ijk1YjciLCJwIjpbWyJwcm9tcHQiLCJvbmx5IHdvcmRzIl1dfQ',
    says: {
      base: null,
      size: null,
      frame: null,
      sent: null,
      complete: true,
      mask: [],
      sampling: [],
      guides: [],
      setup: { version: '95b7', params: { prompt: 'only words' } },
    },
  },
  {
    bytes:
      '9AJ7InYiOjIsInMiOnsia2luZCI6InVybCIsInVybCI6Imh0dHBzOi8vcGljdHVyZXMuZXhhbXBsZS9hLmpwZyJ9LCJkIjpbNjAwLDQwMF0sImYiOlstMjAsMCw2NDAsNDAwXSwiYiI6eyJpZCI6InJlcGxpY2F0ZSIsInVybCI6Imh0dHBzOi8vcHJveHkuZXhhbXBsZS92MSJ9LCJtIjoiYmxhY2stZm9yZXN0LWxhYnMvZmx1eC1maWxsLWRldiIsIm4iOiI5NWI3IiwicCI6W1sicHJvbXB0IiwiR3LDtsOfZSDnjKsiXSxbIm51bV9pbmZlcmVuY2Vfc3RlcHMiLDI1XSxbImd1aWRhbmNlIiwzMF0sWyJtZWdhcGl4ZWxzIiwiMSJdXSwidSI6WyJtZWdhcGl4ZWxzIl0sIm8iOltbInF1YWxpdHkiLDNdXSwiciI6W1siZ3VpZGFuY2UiLG51bGxdXSwieSI6ImJsYWNrIn2AKGRkAihS6AJOhwMTCgxGUA',
    says: {
      base: FIRST_DOCUMENT.base.link,
      size: { width: 600, height: 400 },
      frame: FIRST_DOCUMENT.frame,
      sent: null,
      complete: true,
      mask: FIRST_DOCUMENT.mask,
      sampling: [],
      guides: [],
      setup: { ...FIRST_DOCUMENT.setup, version: '95b7' },
    },
  },
]
