import fc from 'fast-check'
import './equalBytes.ts'

// The same cases in each run: what fails was broken by a change. `npm run laws` searches for new ones.
fc.configureGlobal({ seed: 20_261_127 })
