import { configureGlobal } from 'fast-check'

// In CI the same cases every time, so that a change is not held up by what it did not do; elsewhere new ones each time.
if (process.env['CI']) configureGlobal({ seed: 20261124 })
