import { Document, isMap, isNode, isScalar, parseDocument } from 'yaml'
import type { SourceFile, Span } from '../../domain/source.js'
import type { Path } from './path.js'

/** Finds where values stand in a JSON text; of one that is not there, where the nearest value around it stands. */
export function createJsonPlaces(file: SourceFile): (path: Path) => Span {
  // JSON is YAML 1.2, and this parser knows places. Read late: most inputs are without fault.
  let tree: Document | undefined
  return path => {
    tree ??= treeOf(file.text)
    for (let length = path.length; length > 0; length -= 1) {
      const span = spanOf(tree, path.slice(0, length), file)
      if (span) return span
    }
    return { file, start: 0, end: Math.min(1, file.text.length) }
  }
}

function treeOf(text: string): Document {
  try {
    return parseDocument(text, { uniqueKeys: false, logLevel: 'silent' })
  } catch {
    // Nested deeper than the stack: what is wrong is told without its place.
    return new Document(null)
  }
}

function spanOf(tree: Document, path: Path, file: SourceFile): Span | undefined {
  const node = tree.getIn(path, true)
  if (!isNode(node) || !node.range) return undefined
  // Of a whole map or list, the name in front of it: its frame would be its first bracket.
  const parent = path.length > 1 ? tree.getIn(path.slice(0, -1), true) : tree.contents
  const pair = !isScalar(node) && isMap(parent) ? parent.items.find(({ value }) => value === node) : undefined
  const shown = isScalar(pair?.key) && pair.key.range ? pair.key.range : node.range
  return { file, start: shown[0], end: isScalar(node) || pair ? shown[1] : shown[0] + 1 }
}
