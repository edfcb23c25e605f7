// @ts-check
// node scripts/together.mjs A B ...: runs scripts of package.json, as many at once as there are cores. Prints what each
// says when it is over; exits with 1 where one failed.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

const waiting = process.argv.slice(2)
const npm = process.env.npm_execpath ?? ''
if (npm === '') throw new Error('Run this through npm: npm run check')

/** @param {string} name of a script @returns {Promise<boolean>} whether it succeeded */
function run(name) {
  const start = performance.now()
  const child = spawn(process.execPath, [npm, 'run', '--silent', name])
  /** @type {Buffer[]} */
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes))
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
      if (said.length > 0) console.log(Buffer.concat(said).toString().trimEnd())
      resolve(code === 0)
    })
  })
}

/** @returns {Promise<boolean>} */
async function runNext() {
  let isGood = true
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    isGood = (await run(name)) && isGood
  }
  return isGood
}

const results = await Promise.all(Array.from({ length: availableParallelism() }, runNext))
if (results.includes(false)) process.exit(1)
