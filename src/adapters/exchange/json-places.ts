import { Document, isMap, isNode, isScalar, parseDocument } from 'yaml'
import type { SourceFile, Span } from '../../domain/source.js'
import type { Path } from './path.js'

/** Finds the place of a value in a JSON text. For a missing value, it is the place of the nearest enclosing value. */
export function createJsonPlaces(file: SourceFile): (path: Path) => Span {
  // JSON is YAML 1.2, and this parser keeps places. It parses only on demand, because most inputs have no error.
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
    // The JSON is nested too deeply for the stack, so errors are reported without a place.
    return new Document(null)
  }
}

function spanOf(tree: Document, path: Path, file: SourceFile): Span | undefined {
  const node = tree.getIn(path, true)
  if (!isNode(node) || !node.range) return undefined
  // For a whole map or list, point to its key: the value itself would be shown as its first bracket.
  const parent = path.length > 1 ? tree.getIn(path.slice(0, -1), true) : tree.contents
  const pair = !isScalar(node) && isMap(parent) ? parent.items.find(({ value }) => value === node) : undefined
  const shown = isScalar(pair?.key) && pair.key.range ? pair.key.range : node.range
  return { file, start: shown[0], end: isScalar(node) || pair ? shown[1] : shown[0] + 1 }
}
