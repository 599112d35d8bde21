import { readFileSync } from 'node:fs'
import { exit, type ExitCode } from './exit.js'

/** `callsheet schema`: prints one of the JSON Schemas, with everything it refers to. */
export function schema(name: string): ExitCode {
  const text = name === 'event' ? `${JSON.stringify(eventSchema(), null, 2)}\n` : read(name)
  process.stdout.write(text)
  return exit.passed
}

/** The events' schema refers to the report's, which is embedded as JSON Schema 2020-12 has it (section 9.3, bundling). */
function eventSchema(): object {
  const event = JSON.parse(read('event')) as { $defs: object }
  return { ...event, $defs: { ...event.$defs, 'report.schema.json': JSON.parse(read('report')) as object } }
}

function read(name: string): string {
  return readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8')
}
