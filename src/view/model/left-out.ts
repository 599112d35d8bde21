import { grouped } from '../../domain/count.js'
import { type CommandNames, shellWord } from '../../domain/repeat-command.js'
import { saveCommand } from './record-commands.js'
import type { ShownContent } from './view-index.js'

/** Which conversations are not on the page, and how to have them. @param commands  Absent for those who cannot have them. */
export function leftOutText({ leftOut, of, because }: ShownContent, commands?: CommandNames): string {
  const what = leftOut === 1 ? 'The conversation of 1 run is' : `The conversations of ${grouped(leftOut)} runs are`
  const limit = commands?.address === undefined && commands ? 'larger than --html-limit' : 'too large'
  const why = because === 'limit' ? `because the page would be ${limit}` : `as --html-content ${of} asks`
  return `${what} not on this page, ${why}.${commands ? ` ${howToHave(commands)}` : ''}`
}

function howToHave({ folder, address }: CommandNames): string {
  if (address !== undefined) return `The result itself has them: ${saveCommand({ folder, address })}`
  return `The result itself has them: callsheet report ${shellWord(folder)} --html all.html --html-content all`
}
