// @ts-check
// Builds and serves the page on this machine only, and prints the address.
import { build, loadEnv, preview } from 'vite'

console.log('Building ...')
await build({ logLevel: 'warn' })
const server = await preview({ preview: { open: false } })
const [address] = server.resolvedUrls?.local ?? []
console.log(`\nPentimento is at ${address}\n`)
const env = loadEnv('production', process.cwd(), ['REPLICATE_', 'PENTIMENTO_', 'COG_URL'])
if (env.PENTIMENTO_CONNECT) console.log(`The page may also call ${env.PENTIMENTO_CONNECT}.`)
console.log(
  env.REPLICATE_API_TOKEN
    ? 'The page offers Replicate with the key in REPLICATE_API_TOKEN.'
    : 'Prompts need a model: set REPLICATE_API_TOKEN, or see "Connect a model" in README.md.',
)
if (env.COG_URL) console.log(`The page offers the Cog server at ${env.COG_URL}.`)
console.log('Press Ctrl+C to stop.')
