import type { Tool } from './tool'
import { handTool } from './tools/handTool'
import { brushTool, eraserTool } from './tools/strokeTool'

/** The tools, in toolbar order. */
export const TOOLS: readonly Tool[] = [brushTool, eraserTool, handTool]

export function toolById(id: string): Tool {
  return TOOLS.find((tool) => tool.id === id) ?? TOOLS[0]
}
