import type { Plugin } from 'vite'

interface SchemaDocument {
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

/** Names of the schemas that a value refers to, at any depth. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' ? (part.split('/').at(-1) ?? []) : namesIn(part),
  )
}

/**
 * The part of a bundled model's document that the page reads: its inputs and what they refer to.
 * @param document as the model's server gives it, without paths
 */
export function formSchema({ components: { schemas } }: SchemaDocument): SchemaDocument {
  const kept = new Set(['Input'])
  // A walk over a set goes on to what is added on the way.
  for (const name of kept) for (const other of namesIn(schemas[name])) if (schemas[other]) kept.add(other)
  const parts = Object.entries(schemas).filter(([name]) => kept.has(name))
  return { components: { schemas: Object.fromEntries(parts) } }
}

/** The files stay as servers give them; the start page does without what no form shows. */
export function formSchemaPlugin(): Plugin {
  return {
    name: 'form-schema',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\.openapi\.json$/ },
      handler: (code) => ({
        code: JSON.stringify(formSchema(JSON.parse(code) as SchemaDocument)),
        map: { mappings: '' },
      }),
    },
  }
}
