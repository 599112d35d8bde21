// Launches an agent and waits; for the test that kills it. Arguments: the agent's start, as JSON.
import { systemClock } from '../../src/adapters/clocks/system.js'
import { createLauncher } from '../../src/adapters/processes/launcher.js'
import type { AgentStart } from '../../src/domain/document.js'
import { agent } from '../support/build.js'

const start = JSON.parse(process.argv[2] ?? '') as AgentStart
await createLauncher({ clock: systemClock }).launch(agent({ start }), { signal: new AbortController().signal })
console.log('launched')
setInterval(() => {}, 1_000)
