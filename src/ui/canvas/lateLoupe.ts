import type { ScreenPoint } from '../../core/geometry'
import type { Loupe } from './loupe'

/** A loupe that comes with the first finger. @see Loupe */
export class LateLoupe {
  private loupe: Loupe | null = null
  private at: ScreenPoint
  private isRemoved = false

  /** @param at the finger's position, CSS px of the pane */
  constructor(pane: HTMLElement, at: ScreenPoint) {
    this.at = at
    // Painting goes on without one that could not be fetched.
    this.fetch(pane).catch(() => {})
  }

  move(at: ScreenPoint): void {
    this.at = at
    this.loupe?.move(at)
  }

  remove(): void {
    this.isRemoved = true
    this.loupe?.remove()
  }

  private async fetch(pane: HTMLElement): Promise<void> {
    const module = await import('./loupe')
    if (this.isRemoved) return
    this.loupe = new module.Loupe(pane)
    this.loupe.move(this.at)
  }
}
