import type { CommandNames } from '../../../domain/repeat-command.js'
import { leftOutText } from '../../../view/model/left-out.js'
import type { ViewIndex } from '../../../view/model/view-index.js'

/**
 * What a page of a server shows to one who visits it.
 *
 * @param commands  Absent for whoever has only a link: the page is then without the results before and commands.
 */
export function indexFor({ history, again, leftOutNote, ...rest }: ViewIndex, commands: CommandNames | undefined): ViewIndex {
  return {
    ...rest,
    ...(leftOutNote !== undefined && { leftOutNote: leftOutText(rest.content, commands) }),
    ...(commands ? { ...(history && { history }), ...(again && { again }), commands } : { isShared: true }),
  }
}
