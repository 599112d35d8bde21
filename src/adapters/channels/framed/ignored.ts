import { covers } from '../../../domain/json-equal.js'
import { isRecord, parseJson } from '../../../domain/json-value.js'

/**
 * Compiles a connection's `ignore`: whether a frame is passed over, as if it had not come. A pattern matches the frames that
 * contain all of it; `{ text }` alone also the frame that is this text.
 */
export function compileIgnored(patterns: readonly object[]): (frame: string) => boolean {
  const texts = new Set(patterns.flatMap(pattern => ('text' in pattern && Object.keys(pattern).length === 1 ? [pattern.text] : [])))
  return frame => {
    if (patterns.length === 0) return false
    if (texts.has(frame)) return true
    const json = parseJson(frame)
    return isRecord(json) && patterns.some(pattern => covers(json, pattern))
  }
}
