import type { PartialDocument } from '../partialDocument'

/** Links of version 1 as base64url, packed by the page that wrote them, with what they say. */
export const VERSION_1_LINKS: readonly { readonly bytes: string; readonly says: PartialDocument }[] = [
  {
    bytes: 'MnsidiI6MSwicyI6bnVsbCwiZCI6bnVsbCwiYiI6bnVsbCwibSI6bnVsbCwicCI6W119',
    says: {
      base: null,
      size: null,
      frame: null,
      sent: null,
      complete: true,
      mask: [],
      sampling: [],
      guides: [],
      setup: { params: {} },
    },
  },
  {
    bytes:
      '_AF7InYiOjEsInMiOnsia2luZCI6InNhbXBsZSIsImlkIjoiY29mZmVlIn0sImQiOls2MDAsNDAwXSwiYiI6bnVsbCwibSI6Ijk1YjcyMjMxMDQxMzI0MDJhOWFlOTFjYzY3NzI4NWJjNWViOTk3ODM0YmQyMzQ5ZmE0ODZmNTM5MTBmZDY4YjMiLCJwIjpbWyJwcm9tcHQiLCJhIGN1cCBvZiB0ZWEiXSxbIm51bV9pbmZlcmVuY2Vfc3RlcHMiLDI1XSxbImd1aWRhbmNlX3NjYWxlIiw3LjVdLFsiZGlzYWJsZV9zYWZldHlfY2hlY2tlciIsZmFsc2VdXX0AKFBkAihS6AJOMAkAMgELHB4DCgxGUAcECQg',
    says: {
      base: { kind: 'sample', id: 'coffee' },
      size: { width: 600, height: 400 },
      frame: null,
      sent: null,
      complete: true,
      sampling: [],
      guides: [],
      mask: [
        {
          kind: 'stroke',
          mode: 'paint',
          size: 40,
          hardness: 80,
          opacity: 100,
          points: [
            { x: 10, y: 20.5, pressure: 255 },
            { x: 100, y: 40, pressure: 255 },
          ],
        },
        {
          kind: 'stroke',
          mode: 'erase',
          size: 9,
          hardness: 0,
          opacity: 50,
          points: [{ x: -3, y: 7, pressure: 30 }],
        },
        { kind: 'rectangle', mode: 'paint', rect: { x: 5, y: 6, width: 70, height: 80 } },
        { kind: 'grow', radius: 4 },
        { kind: 'feather', radius: 8 },
      ],
      setup: {
        version: '95b7223104132402a9ae91cc677285bc5eb997834bd2349fa486f53910fd68b3',
        params: {
          prompt: 'a cup of tea',
          num_inference_steps: 25,
          guidance_scale: 7.5,
          disable_safety_checker: false,
        },
      },
    },
  },
  {
    bytes:
      '4AF7InYiOjEsInMiOnsia2luZCI6InVybCIsInVybCI6Imh0dHBzOi8vcGljdHVyZXMuZXhhbXBsZS9hLmpwZyJ9LCJkIjpbNDAwMCwzMDAwXSwiYiI6eyJpZCI6InJlcGxpY2F0ZSIsInVybCI6Imh0dHBzOi8vcHJveHkuZXhhbXBsZS92MSJ9LCJtIjoiYWJjIiwicCI6W1sicHJvbXB0IiwiR3LDtsOfZSDnjKsgXCJxdW90ZWRcIiJdLFsiZW5naW5lIiwicGF0Y2hNYXRjaCJdLFsic2VlZCIsN11dfRQHAB4JBQMAACoAHTABCwxA',
    says: {
      base: { kind: 'url', url: 'https://pictures.example/a.jpg' },
      size: { width: 4000, height: 3000 },
      frame: null,
      sent: null,
      complete: true,
      sampling: [],
      guides: [],
      mask: [
        { kind: 'ellipse', mode: 'erase', rect: { x: -4, y: 0, width: 30, height: 9 } },
        {
          kind: 'polygon',
          mode: 'paint',
          points: [
            { x: 0, y: 0 },
            { x: 10.5, y: 0 },
            { x: 3, y: 12 },
          ],
        },
        { kind: 'invert' },
        { kind: 'fillHoles' },
        { kind: 'removeSpecks', size: 64 },
      ],
      setup: {
        backend: { id: 'replicate', url: 'https://proxy.example/v1' },
        version: 'abc',
        params: { prompt: 'Größe 猫 "quoted"', engine: 'patchMatch', seed: 7 },
      },
    },
  },
  {
    bytes:
      'tAF7InYiOjEsInMiOnsia2luZCI6ImZpbGUiLCJuYW1lIjoiaG9saWRheS5wbmciLCJzaGEyNTYiOiJlM2IwYzQ0Mjk4ZmMxYzE0OWFmYmY0Yzg5OTZmYjkyNDI3YWU0MWU0NjQ5YjkzNGNhNDk1OTkxYjc4NTJiODU1In0sImQiOlszMiwxNl0sImIiOnsiaWQiOiJjb2ciLCJ1cmwiOm51bGx9LCJtIjpudWxsLCJwIjpbXX1GAgQEAgoAAf8CBwEAAgkCCAEKAgI',
    says: {
      base: {
        kind: 'file',
        name: 'holiday.png',
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
      size: { width: 32, height: 16 },
      frame: null,
      sent: null,
      complete: true,
      sampling: [],
      guides: [],
      mask: [
        {
          kind: 'raster',
          mode: 'replace',
          rect: { x: 1, y: 2, width: 4, height: 2 },
          runs: Uint8Array.of(0, 1, 255, 2, 7, 1, 0, 2, 9, 2),
        },
        { kind: 'shrink', radius: 1 },
        { kind: 'smooth', radius: 2 },
        { kind: 'clear' },
      ],
      setup: { backend: { id: 'cog', url: null }, params: {} },
    },
  },
]
