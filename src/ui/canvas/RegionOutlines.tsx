import { useEffect, useState } from 'react'
import type { MaskRegion } from '../../core/document/regions'
import { cssScale, imageToScreen, type View } from '../../core/viewport'
import { useApp, useAppState } from '../hooks/useApp'
import { regionColor } from '../hooks/regionColors'
import styles from './RegionOutlines.module.css'

/** Where the masks that are set aside lie, each with its name. */
export function RegionOutlines({ view }: { readonly view: View }) {
  const regions = useAppState(({ session }) => session.regions)
  if (regions.length === 0) return null
  return (
    <svg className={styles.outlines} aria-hidden="true">
      {regions.map((region, place) => (
        <RegionOutline key={region.id} region={region} color={regionColor(place)} view={view} />
      ))}
    </svg>
  )
}

interface Outline {
  readonly path: string
  /** Its topmost point, image px. */
  readonly top: { readonly x: number; readonly y: number }
}

interface RegionOutlineProps {
  readonly region: MaskRegion
  readonly color: string
  readonly view: View
}

function RegionOutline({ region, color, view }: RegionOutlineProps) {
  const outline = useOutline(region)
  if (!outline) return null
  const corner = imageToScreen(view, { x: 0, y: 0 })
  const at = imageToScreen(view, outline.top)
  return (
    <>
      <g transform={`translate(${corner.x} ${corner.y}) scale(${cssScale(view)})`}>
        <path className={styles.halo} d={outline.path} />
        <path className={styles.line} d={outline.path} stroke={color} />
      </g>
      <text x={at.x} y={at.y - 6} fill={color}>
        {region.name}
      </text>
    </>
  )
}

/** Computed in a worker; what was drawn last stays until the new one is there. */
function useOutline(region: MaskRegion): Outline | null {
  const app = useApp()
  const [outline, setOutline] = useState<Outline | null>(null)
  const { mask } = region
  useEffect(() => {
    let isWanted = true
    const draw = async () => {
      try {
        const lines = await app.regions.outline(region)
        if (isWanted) setOutline(outlineOf(lines))
      } catch (error) {
        app.messages.report(error)
      }
    }
    void draw()
    return () => {
      isWanted = false
    }
    // A name or a prompt changes no outline.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [app, mask])
  return outline
}

function outlineOf(lines: Int32Array): Outline | null {
  if (lines.length === 0) return null
  const parts: string[] = []
  let top = { x: lines[0], y: lines[1] }
  for (let i = 0; i < lines.length; i += 4) {
    const [x, y] = [lines[i], lines[i + 1]]
    if (y < top.y || (y === top.y && x < top.x)) top = { x, y }
    parts.push(`M${x} ${y}L${lines[i + 2]} ${lines[i + 3]}`)
  }
  return { path: parts.join(''), top }
}
