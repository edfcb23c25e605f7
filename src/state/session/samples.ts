import type { LocalizedText } from '../../core/localizedText'
import type { MaskCommand } from '../../core/mask/command/maskCommand'

export interface Sample {
  readonly id: string
  readonly file: string
  readonly name: LocalizedText
  readonly task: LocalizedText
  readonly prompt: LocalizedText
  readonly mask: readonly MaskCommand[]
}

/** @param size brush diameter, px @param hardness percent */
function stroke(
  size: number,
  hardness: number,
  ...points: readonly (readonly [number, number])[]
): MaskCommand {
  return {
    kind: 'stroke',
    mode: 'paint',
    size,
    hardness,
    opacity: 100,
    points: points.map(([x, y]) => ({ x, y, pressure: 255 })),
  }
}

/** One click loads picture, mask and prompt. Credits: public/samples/CREDITS.md. */
export const SAMPLES: readonly Sample[] = [
  {
    id: 'rocket',
    file: 'rocket.jpg',
    name: { en: 'Rocket', zh: '火箭' },
    task: { en: 'Empty the launch pad', zh: '清空发射台' },
    prompt: {
      en: 'An empty launch pad at dusk, clear blue sky, photograph',
      zh: '黄昏时空旷的发射台，晴朗的蓝天，照片',
    },
    mask: [stroke(64, 80, [322, 148], [322, 374]), stroke(70, 80, [310, 372], [334, 372])],
  },
  {
    id: 'coffee',
    file: 'coffee.jpg',
    name: { en: 'Coffee', zh: '咖啡' },
    task: { en: 'Extend the table into the dark corner', zh: '把桌面延伸到暗角' },
    prompt: { en: 'A worn wooden table top, warm light, photograph', zh: '磨旧的木桌面，暖光，照片' },
    mask: [stroke(56, 80, [0, 84], [120, 0], [58, 0], [0, 40], [0, 0])],
  },
  {
    id: 'chelsea',
    file: 'chelsea.jpg',
    name: { en: 'Cat', zh: '猫' },
    task: { en: 'Retouch the stripe on the cheek', zh: '修饰脸颊上的条纹' },
    prompt: {
      en: 'A tabby cat, close-up portrait, soft light, photograph',
      zh: '虎斑猫，特写肖像，柔和光线，照片',
    },
    mask: [stroke(44, 50, [44, 112], [104, 80])],
  },
]

export function sampleById(id: string): Sample | null {
  return SAMPLES.find((sample) => sample.id === id) ?? null
}

/**
 * The address of a sample's picture.
 * @param base the page's address
 * @param files where its own files are, as a path
 */
export function sampleUrl(sample: Sample, base: string, files: string): string {
  return new URL(`${files}samples/${sample.file}`, base).href
}

/** The address of its small picture, for the start page. Made by scripts/thumbnails.mjs. */
export function thumbnailUrl({ id }: Sample, base: string, files: string): string {
  return new URL(`${files}samples/small/${id}.webp`, base).href
}

/** True for the words of a sample, in any language: they are about its own picture. */
export function isSamplePrompt(text: unknown): boolean {
  return SAMPLES.some(({ prompt }) => Object.values(prompt).some((words) => words === text))
}
