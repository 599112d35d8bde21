// Hears with Debian's pocketsphinx and a grammar of what this clinic's callers say.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plantedBug } from './bugs.js'
import { has, inFolder, run } from './program.js'
import { spokenHours } from './spoken-hours.js'

const program = 'pocketsphinx_batch'
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']

export const canHear = has(program)

/** @returns The caller's words, '' if there are none that this agent knows. */
export function hear(samples) {
  if (!canHear) return ''
  const known = plantedBug === 'mishears_date' && isTelephone(samples) ? days.filter((day) => day !== 'tuesday') : days
  return inFolder(async (folder) => {
    const at = (name) => join(folder, name)
    await Promise.all([
      writeFile(at('sound'), Buffer.from(samples.buffer)),
      writeFile(at('list'), 'sound\n'),
      writeFile(at('grammar'), grammar(known)),
    ])
    const files = ['-ctl', at('list'), '-hyp', at('words'), '-logfn', at('log'), '-jsgf', at('grammar')]
    await run(program, ['-adcin', 'yes', '-cepdir', folder, '-cepext', '', ...files])
    return (await readFile(at('words'), 'utf8')).replace(/\s*\(sound [-\d]+\)\s*$/, '')
  })
}

function grammar(knownDays) {
  return `#JSGF V1.0;
grammar clinic;
public <words> = [please] book [me] an appointment on <day> at <hour> | what are your opening hours | no [thank you] that is all;
<day> = ${knownDays.join(' | ')};
<hour> = ${Object.keys(spokenHours).join(' | ')};
`
}

/** Whether the sound has next to nothing above 4 kHz. */
function isTelephone(samples) {
  let [all, high] = [0, 0]
  for (let i = 4; i < samples.length; i += 1) {
    // The fourth difference: a filter that lets only high frequencies pass.
    const difference = samples[i] - 4 * samples[i - 1] + 6 * samples[i - 2] - 4 * samples[i - 3] + samples[i - 4]
    all += samples[i] ** 2
    high += difference ** 2
  }
  return high < 0.5 * all
}
