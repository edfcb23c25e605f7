import type { Tool } from './tool'
import { guideTool } from './tools/guideTool'
import { handTool } from './tools/handTool'
import { lassoTool, polygonTool } from './tools/lassoTool'
import { removeTool } from './tools/removeTool'
import { ellipseTool, rectangleTool } from './tools/shapeTool'
import { brushTool, eraserTool } from './tools/strokeTool'
import { smartSelectTool } from './tools/smartSelectTool'
import { wandTool } from './tools/wandTool'

/** The tools, in toolbar order. */
export const TOOLS: readonly Tool[] = [
  brushTool,
  eraserTool,
  rectangleTool,
  ellipseTool,
  lassoTool,
  polygonTool,
  wandTool,
  smartSelectTool,
  removeTool,
  guideTool,
  handTool,
]

/** The first tool where the id is unknown. */
export function toolById(id: string): Tool {
  return TOOLS.find((tool) => tool.id === id) ?? TOOLS[0]
}
