import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Real models that speak and hear, as examples/speech-server/setup.sh lays them out; `undefined` where that was not run. SPEECH_RIG names
 * another folder.
 */
export const speechRig: { readonly folder: string; readonly python: string; model(name: string): string } | undefined = find(
  process.env['SPEECH_RIG'] ?? new URL('../../examples/speech-server/.speech', import.meta.url).pathname,
)

function find(folder: string) {
  const [python, models] = [join(folder, 'venv/bin/python'), join(folder, 'models')]
  return existsSync(python) && existsSync(models) ? { folder, python, model: (name: string) => join(models, name) } : undefined
}
